import { encodeBase64Url } from './base64url.ts'

/**
 * A random identifier of `byteLength` bytes from the platform's secure generator, as base64url. The only place that
 * asks for random values, so that their size and source can be judged by reading one file.
 *
 * @param byteLength 16 bytes (128 bits) are enough for what is used once, 32 for what lives long
 */
export function randomId(byteLength: 16 | 32): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(byteLength)))
}

/** Alphabet of {@link randomReference}: no letter that is mistaken for a digit when it is read out. */
const READABLE = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A random reference of 60 bits that a person can read out on the telephone, such as `K7Q2-9XFM-4TRA`. */
export function randomReference(): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => READABLE[byte % 32])
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].map((part) => part.join('')).join('-')
}

/** A random initialisation vector for AES-GCM. */
export function randomIv(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(12))
}
