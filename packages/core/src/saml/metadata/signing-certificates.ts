import { keyProblem } from '../../encoding/accepted-key.ts'
import { type CertificateProblemKind, readCertificates } from '../../encoding/certificate.ts'
import { NS } from '../urns.ts'
import { attributeOf, childrenOf, textOf, type XmlElement } from '../xml/tree.ts'
import { refusedMetadata } from './refused-metadata.ts'

/** A certificate whose key verifies nothing, and why. */
export interface RefusedCertificate {
  readonly kind: 'certificate'
  readonly problem: CertificateProblemKind | 'too_short' | 'unknown_kind'
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
    const read = readCertificates(textOf(element) ?? '')
    if ('problem' in read) onSkipped?.({ kind: 'certificate', problem: read.problem.kind })
    else {
      for (const { der, key } of read.certificates) {
        const problem = keyProblem(key)
        if (problem) onSkipped?.({ kind: 'certificate', problem })
        else certificates.add(der)
      }
    }
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
