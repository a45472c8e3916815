import { acceptedKeyOf } from '../../encoding/accepted-key.ts'
import { withPadding } from '../../encoding/base64.ts'
import { NS } from '../urns.ts'
import { attributeOf, childrenOf, textOf, type XmlElement } from '../xml/tree.ts'
import { refusedMetadata } from './refused-metadata.ts'

/** What should be a certificate, and is not one whose key verifies anything. */
export interface RefusedCertificate {
  readonly kind: 'certificate'
  /** As it is written: `readCertificates` says what is wrong with it. */
  readonly text: string
}

/** More keys than any honest provider signs with: each is tried on a signature that does not fit. */
const MAX_CERTIFICATES = 20

/**
 * Reads the certificates of the keys that a role signs with
 * ([SAML Metadata, section 2.4.1.1](https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf)): those that
 * are for signing, or for anything. A key that comes without a certificate is not looked at. Neither validity nor issuer of
 * a certificate matters: whoever published it vouches for its key
 * ([SAML Metadata Interoperability Profile](https://docs.oasis-open.org/security/saml/Post2.0/sstc-metadata-iop-os.pdf)).
 *
 * @returns DER as base64, each once; perhaps none
 * @throws SsoError `saml_metadata_invalid` when there are far too many
 */
export function readSigningCertificates(
  role: XmlElement,
  onSkipped: ((skipped: RefusedCertificate) => void) | undefined,
): readonly string[] {
  const elements = childrenOf(role, NS.md, 'KeyDescriptor').filter(isForSigning).flatMap(certificatesIn)
  if (elements.length > MAX_CERTIFICATES) {
    const message = 'the metadata has more certificates than anybody signs with'
    throw refusedMetadata('too_many_keys', message, { certificates: elements.length })
  }
  const certificates = new Set<string>()
  for (const element of elements) {
    const text = textOf(element) ?? ''
    // Armour is not meant to be here, and some paste the file as it is.
    const base64 = text.replace(/-----(?:BEGIN|END) CERTIFICATE-----|\s+/g, '')
    if (acceptedKeyOf(base64)) certificates.add(withPadding(base64))
    else onSkipped?.({ kind: 'certificate', text })
  }
  return [...certificates]
}

function isForSigning(keyDescriptor: XmlElement): boolean {
  return (attributeOf(keyDescriptor, 'use') ?? 'signing') === 'signing'
}

function certificatesIn(keyDescriptor: XmlElement): readonly XmlElement[] {
  return childrenOf(keyDescriptor, NS.ds, 'KeyInfo')
    .flatMap((keyInfo) => childrenOf(keyInfo, NS.ds, 'X509Data'))
    .flatMap((data) => childrenOf(data, NS.ds, 'X509Certificate'))
}
