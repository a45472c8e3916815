import { decodeBase64Url, encodeBase64Url } from './base64url.ts'
import type { Bytes } from './bytes.ts'

/** Encodes as base64 with padding, in one line ([RFC 4648, section 4](https://www.rfc-editor.org/rfc/rfc4648#section-4)). */
export function encodeBase64(bytes: Uint8Array): string {
  return withPadding(encodeBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/'))
}

/** What some platforms have of their own ([TC39](https://tc39.es/proposal-arraybuffer-base64/)), and others will. */
interface NativeBase64 {
  readonly fromBase64?: (text: string, options: { readonly lastChunkHandling: 'strict' }) => Bytes
}

/**
 * Decodes base64 as it is found in XML, forms and PEM: white space may stand anywhere
 * ([XML Schema, section 3.2.16](https://www.w3.org/TR/xmlschema-2/#base64Binary)), and padding may be missing, because
 * a double click does not select it. Nothing else is forgiven.
 *
 * @returns the bytes, or undefined when `text` is not base64
 */
export function decodeBase64(text: string): Bytes | undefined {
  const native = Uint8Array as Uint8ArrayConstructor & NativeBase64
  try {
    // A large message takes a tenth of the time.
    if (native.fromBase64) return native.fromBase64(text, { lastChunkHandling: 'strict' })
  } catch {
    // It may lack its padding, which the strict way does not forgive.
  }
  const base64 = text.replace(/[\t\n\f\r ]+/g, '')
  const padding = base64.length % 4 > 0 ? 0 : base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  const unpadded = base64.slice(0, base64.length - padding)
  return /[-_]/.test(unpadded)
    ? undefined
    : decodeBase64Url(unpadded.replaceAll('+', '-').replaceAll('/', '_'))
}

/** The same text with as many `=` at its end as base64 has. */
export function withPadding(base64: string): string {
  return base64.padEnd(Math.ceil(base64.length / 4) * 4, '=')
}
