import type { Bytes } from '../encoding/bytes.ts'

/** Compresses as [RFC 1951](https://www.rfc-editor.org/rfc/rfc1951) says, without the header and checksum of zlib. */
export async function deflate(bytes: Bytes): Promise<Bytes> {
  return (await readAll(
    through(bytes, new CompressionStream('deflate-raw')),
    Number.MAX_SAFE_INTEGER,
  )) as Bytes
}

/**
 * Undoes {@link deflate} for bytes that anybody may have sent. A thousandth of it may be what it grows to, so it stops
 * as soon as there is more than `limit`.
 *
 * @param limit in bytes
 * @returns undefined when it is larger, or not compressed so
 */
export async function inflate(unverifiedBytes: Bytes, limit: number): Promise<Bytes | undefined> {
  try {
    return await readAll(through(unverifiedBytes, new DecompressionStream('deflate-raw')), limit)
  } catch {
    return undefined
  }
}

function through(
  bytes: Bytes,
  transform: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(transform)
}

/** @returns undefined when there is more than `limit` */
async function readAll(stream: ReadableStream<Uint8Array>, limit: number): Promise<Bytes | undefined> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer())
    size += value.length
    if (size > limit) {
      // Not awaited: there is nothing more to be had from it.
      reader.cancel().catch(() => undefined)
      return undefined
    }
    chunks.push(value as Bytes)
  }
}
