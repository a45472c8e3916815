import { MIN_RSA_BITS } from '../encoding/accepted-key.ts'
import type { Bytes } from '../encoding/bytes.ts'
import { type Certificate, readCertificates } from '../encoding/certificate.ts'
import {
  type DerElement,
  derTag,
  isInteger,
  parseDer,
  parseSequence,
  readBitString,
  readObjectIdentifier,
} from '../encoding/der.ts'
import type { Secret } from '../encoding/secret.ts'
import { createKeyPair, type KeyPair, parsePairs, unusable, type WrittenPair } from './sp-keys.ts'

/** A key that fits its certificate, as far as that is written in them. */
export interface InspectedPair extends KeyPair {
  /** The public key of the certificate, as `crypto.subtle.importKey('spki')` takes it. */
  readonly spki: Bytes
}

/**
 * Looks into our SAML keys, as `parseServiceProviderKeys` does not where a login waits: whether they are RSA keys that are
 * long enough, and belong to their certificates. Does no cryptography.
 *
 * @param secret what `doorward keygen saml-keys` printed
 * @returns 1 to 3 of them
 * @throws SsoError `installation_invalid`, saying what is wrong and nothing of what was read
 */
export function inspectServiceProviderKeys(secret: Secret): readonly [InspectedPair, ...InspectedPair[]] {
  return parsePairs(secret).map(inspectPair) as [InspectedPair, ...InspectedPair[]]
}

function inspectPair(written: WrittenPair): InspectedPair {
  const { pkcs8, certificate: text, which } = written
  const read = readCertificates(text)
  const [certificate] = 'certificates' in read ? read.certificates : []
  if (certificate?.key.type !== 'RSA' || certificate.key.bits < MIN_RSA_BITS) {
    throw unusable(
      `"certificate" of ${which} is not one certificate of an RSA key of ${MIN_RSA_BITS} bits or more`,
    )
  }
  const publicPart = publicPartOf(pkcs8)
  if (!publicPart) throw unusable(`"key" of ${which} is not an RSA key as PKCS#8 in base64`)
  if (publicPart !== publicKeyOf(certificate)) {
    throw unusable(`"key" and "certificate" of ${which} do not belong together`)
  }
  return { ...createKeyPair(written), spki: certificate.spki }
}

/**
 * What a private key says that its public key is
 * ([RFC 5958, section 2](https://www.rfc-editor.org/rfc/rfc5958#section-2), with
 * [RFC 8017, section A.1.2](https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2) inside).
 */
function publicPartOf(pkcs8: Bytes): string | undefined {
  const [, algorithm, privateKey] = parseSequence(parseDer(pkcs8)) ?? []
  const [oid] = parseSequence(algorithm) ?? []
  if (readObjectIdentifier(oid) !== RSA_ENCRYPTION || privateKey?.tag !== derTag.octetString) return undefined
  const [, modulus, exponent] = parseSequence(parseDer(privateKey.content)) ?? []
  return numbersOf(modulus, exponent)
}

/** The same of a certificate's key ([RFC 8017, section A.1.1](https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.1)). */
function publicKeyOf({ spki }: Certificate): string | undefined {
  const [, bits] = parseSequence(parseDer(spki)) ?? []
  const publicKey = readBitString(bits)
  const [modulus, exponent] = parseSequence(publicKey && parseDer(publicKey)) ?? []
  return numbersOf(modulus, exponent)
}

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'

function numbersOf(modulus: DerElement | undefined, exponent: DerElement | undefined): string | undefined {
  return isInteger(modulus) && isInteger(exponent) ? `${modulus.content}/${exponent.content}` : undefined
}
