import { decodeBase64Url } from './base64url.ts'
import type { Bytes } from './bytes.ts'
import { derTag } from './der.ts'
import {
  encodeBitString,
  encodeDer,
  encodeObjectIdentifier,
  encodeSequence,
  encodeTime,
  encodeUnsignedInteger,
  encodeUtf8String,
} from './der-writer.ts'
import { randomId } from './random.ts'

/** What a certificate of ours is to say. */
export interface CertificateRequest {
  /** The common name of its subject: a host. Names of more than 64 characters are none, and are cut. */
  readonly subject: string
  /** When its validity begins, in milliseconds since the epoch. */
  readonly notBefore: number
  /** The last moment of its validity, in milliseconds since the epoch. */
  readonly notAfter: number
}

/**
 * Makes a self-signed X.509 certificate of version 3 for an RSA key
 * ([RFC 5280, section 4.1](https://www.rfc-editor.org/rfc/rfc5280#section-4.1)). It carries a public key to somebody who
 * wants it in this form, and proves nothing: whoever takes it into use vouches for it.
 *
 * @param keys for RSASSA-PKCS1-v1_5 with SHA-256; the public one can be exported
 * @returns DER
 */
export async function writeCertificate(
  { subject, notBefore, notAfter }: CertificateRequest,
  { publicKey, privateKey }: CryptoKeyPair,
): Promise<Bytes> {
  const name = encodeSequence(
    encodeDer(
      derTag.set,
      encodeSequence(encodeObjectIdentifier('2.5.4.3'), encodeUtf8String(subject.slice(0, MAX_COMMON_NAME))),
    ),
  )
  const tbsCertificate = encodeSequence(
    encodeDer(VERSION_TAG, encodeUnsignedInteger(Uint8Array.of(2))),
    encodeUnsignedInteger(randomSerialNumber()),
    sha256WithRsa,
    name,
    encodeSequence(encodeTime(notBefore), encodeTime(notAfter)),
    name,
    // In this format it is bytes, whatever a host's types say.
    new Uint8Array((await crypto.subtle.exportKey('spki', publicKey)) as ArrayBuffer),
    encodeDer(EXTENSIONS_TAG, encodeSequence(noAuthority, keyUsage)),
  )
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, tbsCertificate)
  return encodeSequence(tbsCertificate, sha256WithRsa, encodeBitString(new Uint8Array(signature)))
}

/** RFC 5280, appendix A.1: `ub-common-name`. */
const MAX_COMMON_NAME = 64

const VERSION_TAG = 0xa0
const EXTENSIONS_TAG = 0xa3

/** [RFC 8017, section A.2.4](https://www.rfc-editor.org/rfc/rfc8017#appendix-A.2.4). */
const sha256WithRsa = encodeSequence(encodeObjectIdentifier('1.2.840.113549.1.1.11'), encodeDer(derTag.null))

const TRUE = Uint8Array.of(0x01, 0x01, 0xff)

function criticalExtension(oid: string, value: Uint8Array): Bytes {
  return encodeSequence(encodeObjectIdentifier(oid), TRUE, encodeDer(derTag.octetString, value))
}

/** RFC 5280, section 4.2.1.9: it certifies nobody else. */
const noAuthority = criticalExtension('2.5.29.19', encodeSequence())

/** RFC 5280, section 4.2.1.3: `digitalSignature` and `keyEncipherment`, the first bit and the third. */
const keyUsage = criticalExtension('2.5.29.15', encodeDer(derTag.bitString, Uint8Array.of(5, 0b1010_0000)))

/** Of 126 random bits: positive, and always as long. */
function randomSerialNumber(): Bytes {
  const bytes = decodeBase64Url(randomId(16)) ?? new Uint8Array()
  return Uint8Array.from(bytes, (byte, position) => (position === 0 ? 0x40 | (byte & 0x3f) : byte))
}
