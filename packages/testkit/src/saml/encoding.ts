/** Bytes as WebCrypto takes and gives them. */
export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()

/** UTF-8 bytes of a text. */
export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes
}

/** Text of UTF-8 bytes, however broken. */
export function fromUtf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

export function base64(bytes: Uint8Array): string {
  // In pieces, for an argument list has a limit.
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 8192) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  }
  return btoa(pieces.join(''))
}

/** @throws when the text is no base64; white space in it does not matter. */
export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0))
}

/** In lines of 76 characters, as many signers write it. RFC 2045 section 6.8. */
export function base64Lines(text: string): string {
  return (text.match(/.{1,76}/g) ?? []).join('\n')
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** An identifier that fits xs:ID: an underscore and 128 random bits. saml-core section 1.3.4. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `_${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** A time as SAML writes it, in UTC and whole seconds. saml-core section 1.3.3. */
export function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
}
