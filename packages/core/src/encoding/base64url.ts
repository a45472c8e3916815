import type { Bytes } from './bytes.ts'

const CHUNK = 4096

/** Encodes as base64url without padding ([RFC 4648, section 5](https://www.rfc-editor.org/rfc/rfc4648#section-5)). */
export function encodeBase64Url(bytes: Uint8Array & WritesBase64): string {
  if (bytes.toBase64) return bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
  let binary = ''
  // In pieces: one call for each byte is slow, one call for all of them overflows the stack. Not spread: that asks an
  // iterator for each byte, which takes four times as long.
  for (let i = 0; i < bytes.length; i += CHUNK) {
    binary += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(i, i + CHUNK))
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** How a text may end, by its length modulo 4: bits of the last character that no byte takes up are zero. */
const canonicalEnds = [undefined, '', 'AQgw', 'AEIMQUYcgkosw048']

/**
 * Decodes base64url without padding, strictly: what `encodeBase64Url` would not have written is not accepted, so two
 * different texts never mean the same bytes.
 *
 * @returns the bytes, or undefined when `text` is not canonical base64url
 */
export function decodeBase64Url(text: string): Bytes | undefined {
  const ends = canonicalEnds[text.length % 4]
  const endsWell = ends === undefined || ends.includes(text.charAt(text.length - 1))
  return endsWell ? toBytes(text) : undefined
}

/** As {@link NativeBase64}. */
interface WritesBase64 {
  readonly toBase64?: (options: { readonly alphabet: 'base64url'; readonly omitPadding: true }) => string
}

/** What some platforms have of their own ([TC39](https://tc39.es/proposal-arraybuffer-base64/)), and others will. */
interface NativeBase64 {
  readonly fromBase64?: (text: string, options: { readonly alphabet: 'base64url' }) => Bytes
}

/** @returns undefined when there is anything in it but the alphabet */
function toBytes(text: string): Bytes | undefined {
  const native = Uint8Array as Uint8ArrayConstructor & NativeBase64
  // Twice to ten times as fast, and on the way of every session's token and of every login.
  if (native.fromBase64) {
    try {
      const bytes = native.fromBase64(text, { alphabet: 'base64url' })
      // It passes over white space and padding: there are fewer bytes then than the length of the text says.
      return bytes.length === Math.floor((text.length * 3) / 4) ? bytes : undefined
    } catch {
      return undefined
    }
  }
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}
