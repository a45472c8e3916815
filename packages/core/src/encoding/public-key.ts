import type { Bytes } from './bytes.ts'
import { bitLengthOfInteger, type DerElement, parseDer, parseSequence, readBitString } from './der.ts'

/** The kinds of public keys that verify signatures here. */
export type KeyKind =
  | { readonly type: 'RSA'; readonly bits: number }
  | { readonly type: 'EC'; readonly curve: 'P-256' | 'P-384' | 'P-521' }
  | { readonly type: 'Ed25519' }

/** One that verifies nothing: it is of an algorithm that is not known here, or anybody could sign with it. */
interface OtherKind {
  readonly type: 'other'
}

type Algorithm =
  | { readonly type: 'RSA' | 'Ed25519' }
  /** @property size of a coordinate, in bytes */
  | { readonly type: 'EC'; readonly curve: 'P-256' | 'P-384' | 'P-521'; readonly size: number }

/** By the AlgorithmIdentifier in hexadecimal: DER has one form of it, so all of it is compared. */
const algorithms: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  // rsaEncryption with NULL (RFC 3279, section 2.3.1).
  ['300d06092a864886f70d0101010500', { type: 'RSA' }],
  // id-ecPublicKey with the name of a curve (RFC 5480, section 2).
  ['301306072a8648ce3d020106082a8648ce3d030107', { type: 'EC', curve: 'P-256', size: 32 }],
  ['301006072a8648ce3d020106052b81040022', { type: 'EC', curve: 'P-384', size: 48 }],
  ['301006072a8648ce3d020106052b81040023', { type: 'EC', curve: 'P-521', size: 66 }],
  // id-Ed25519 without parameters (RFC 8410, section 3).
  ['300506032b6570', { type: 'Ed25519' }],
])

/**
 * Says what kind of key a SubjectPublicKeyInfo is
 * ([RFC 5280, section 4.1.2.7](https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.7)). Whether a point is on its curve
 * is for `importKey` to say.
 *
 * @returns undefined when it is malformed
 */
export function kindOfKey(spki: DerElement | undefined): KeyKind | OtherKind | undefined {
  const parts = parseSequence(spki) ?? []
  const [identifier, bitString] = parts
  const key = readBitString(bitString)
  if (!identifier || !key || parts.length !== 2) return undefined
  const algorithm = algorithms.get(hexOf(identifier.encoding))
  switch (algorithm?.type) {
    case 'RSA':
      return kindOfRsaKey(key)
    case 'EC': {
      const { type, curve, size } = algorithm
      const coordinates = key[0] === 4 ? 2 : key[0] === 2 || key[0] === 3 ? 1 : 0
      return coordinates > 0 && key.length === 1 + coordinates * size ? { type, curve } : undefined
    }
    case 'Ed25519':
      return key.length === 32 ? { type: 'Ed25519' } : undefined
    default:
      return { type: 'other' }
  }
}

/** Nobody uses a longer exponent: nearly all have 17 bits. */
const MAX_EXPONENT_BITS = 32

/** [RFC 8017, section A.1.1](https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.1). */
function kindOfRsaKey(key: Bytes): KeyKind | OtherKind | undefined {
  const parts = parseSequence(parseDer(key)) ?? []
  const [bits, exponentBits] = parts.map(bitLengthOfInteger)
  if (parts.length !== 2 || !bits || !exponentBits) return undefined
  // With an exponent of 1 anybody can sign, and WebCrypto takes it. Honest moduli and exponents are odd.
  const isHonest = parts.every(isOdd) && exponentBits > 1 && exponentBits <= MAX_EXPONENT_BITS
  return isHonest ? { type: 'RSA', bits } : { type: 'other' }
}

function isOdd({ content }: DerElement): boolean {
  return ((content.at(-1) ?? 0) & 1) === 1
}

function hexOf(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
