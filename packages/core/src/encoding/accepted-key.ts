import { decodeBase64 } from './base64.ts'
import type { Bytes } from './bytes.ts'
import { type DerElement, parseDer, parseSequence } from './der.ts'
import { type KeyKind, kindOfKey } from './public-key.ts'

/** Below this no RSA key is accepted, in bits. */
export const MIN_RSA_BITS = 2048

/** A public key by whose signatures somebody may be let in. */
export interface AcceptedKey {
  readonly key: KeyKind
  /** The SubjectPublicKeyInfo, as `crypto.subtle.importKey('spki')` takes it. */
  readonly spki: Bytes
}

/**
 * Takes the key out of a certificate. Nothing else of the certificate is looked at: whoever configured or published it
 * vouches for the key. What is wrong with one, `readCertificates` says.
 *
 * @param certificate DER as base64
 * @returns undefined for what is no certificate, or one of a key that is not accepted
 */
export function acceptedKeyOf(certificate: string): AcceptedKey | undefined {
  const der = decodeBase64(certificate)
  const spki = der && publicKeyIn(der)
  const key = kindOfKey(spki)
  if (!spki || !key || key.type === 'other' || !isLongEnough(key)) return undefined
  return { key, spki: spki.encoding.slice() }
}

/** Whether it is not one of the keys that can be guessed by now. */
export function isLongEnough(key: KeyKind): boolean {
  return key.type !== 'RSA' || key.bits >= MIN_RSA_BITS
}

const VERSION_TAG = 0xa0

/** The subjectPublicKeyInfo, by its place ([RFC 5280, section 4.1](https://www.rfc-editor.org/rfc/rfc5280#section-4.1)). */
function publicKeyIn(certificate: Bytes): DerElement | undefined {
  const parts = parseSequence(parseDer(certificate)) ?? []
  const fields = parseSequence(parts[0]) ?? []
  return parts.length === 3 ? fields[fields[0]?.tag === VERSION_TAG ? 6 : 5] : undefined
}
