import { exportJWK } from 'jose'
import { type Bytes, concat, fromBase64 } from '../encoding.ts'
import { der } from './der.ts'
import { importPrivate, rsaPublicNumbers, type SamlKey } from './keys.ts'

/*
 * RSA by hand, for what WebCrypto rightly refuses. It leaks its key through time and must never be used but for tests.
 */

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`)
}

function toBytes(number: bigint, length: number): Bytes {
  const digits = number.toString(16).padStart(length * 2, '0')
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** RSASSA-PKCS1-v1_5 over a digest of any kind. RFC 8017 section 8.2.1. */
export async function signDigest(key: SamlKey, algorithm: Uint8Array, digest: Uint8Array): Promise<Bytes> {
  const privateKey = await importPrivate(key, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' })
  const { n = '', d = '' } = await exportJWK(privateKey)
  const [modulus, exponent] = [fromBase64Url(n), fromBase64Url(d)]
  const info = der(0x30, algorithm, der(0x04, digest))
  const padding = new Uint8Array(modulus.length - info.length - 3).fill(0xff)
  const block = concat(Uint8Array.of(0, 1), padding, Uint8Array.of(0), info)
  return toBytes(power(toNumber(block), toNumber(exponent), toNumber(modulus)), modulus.length)
}

/** RSAES-PKCS1-v1_5. RFC 8017 section 7.2.1. */
export function encryptPkcs1(certificate: string, message: Uint8Array): Bytes {
  const { modulus, exponent } = rsaPublicNumbers(certificate)
  const padding = crypto.getRandomValues(new Uint8Array(modulus.length - message.length - 3))
  const block = concat(
    Uint8Array.of(0, 2),
    padding.map((byte) => byte || 1),
    Uint8Array.of(0),
    message,
  )
  return toBytes(power(toNumber(block), toNumber(exponent), toNumber(modulus)), modulus.length)
}

function fromBase64Url(text: string): Bytes {
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))
}
