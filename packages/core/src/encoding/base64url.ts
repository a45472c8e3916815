import type { Bytes } from './bytes.ts'

const CHUNK = 4096

/** Encodes as base64url without padding ([RFC 4648, section 5](https://www.rfc-editor.org/rfc/rfc4648#section-5)). */
export function encodeBase64Url(bytes: Uint8Array): string {
  let binary = ''
  // In pieces: one call for each byte is slow, one call for all of them overflows the stack. Not spread: that asks an
  // iterator for each byte, which takes four times as long.
  for (let i = 0; i < bytes.length; i += CHUNK) {
    binary += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(i, i + CHUNK))
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** How a text must end, by its length modulo 4: bits of the last character that no byte takes up are zero. */
const canonicalEnds = [/$/, undefined, /[AQgw]$/, /[AEIMQUYcgkosw048]$/]

/**
 * Decodes base64url without padding, strictly: what `encodeBase64Url` would not have written is not accepted, so two
 * different texts never mean the same bytes.
 *
 * @returns the bytes, or undefined when `text` is not canonical base64url
 */
export function decodeBase64Url(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || !canonicalEnds[text.length % 4]?.test(text)) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
