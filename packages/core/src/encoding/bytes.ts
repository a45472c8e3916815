const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes that own their memory, as WebCrypto wants them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** UTF-8 encodes `text`. */
export function encodeUtf8(text: string): Bytes {
  // Hosts disagree about the type, not about the memory.
  return encoder.encode(text) as Bytes
}

/**
 * Decodes UTF-8 strictly.
 *
 * @throws TypeError on a malformed sequence: nothing is ever replaced
 */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}
