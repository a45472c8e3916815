import { describe, expect, it } from 'vitest'
import { type Bytes, decodeUtf8, encodeUtf8 } from '../encoding/bytes.ts'
import { deflate, inflate } from './deflate.ts'

const noise = crypto.getRandomValues(new Uint8Array(50_000))

describe('what was deflated', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['a text', encodeUtf8('one, two, two, two')],
    ['what can not be made smaller', noise],
    ['what can be made much smaller', new Uint8Array(1_000_000)],
  ])('is inflated to what it was: %s', async (_, bytes) => {
    expect(await inflate(await deflate(bytes), bytes.length)).toEqual(bytes)
  })

  it('is smaller, and has no header of zlib', async () => {
    const deflated = await deflate(encodeUtf8('a'.repeat(1000)))
    expect(deflated.length).toBeLessThan(20)
    expect(deflated[0]).not.toBe(0x78)
  })

  it('is not inflated beyond the limit', async () => {
    const deflated = await deflate(new Uint8Array(1_000_000))
    expect(await inflate(deflated, 999_999)).toBeUndefined()
    expect(await inflate(deflated, 0)).toBeUndefined()
    expect(await inflate(deflated, 1_000_000)).toHaveLength(1_000_000)
  })

  it('is not read where its end is missing', async () => {
    const deflated = await deflate(noise)
    expect(await inflate(deflated.subarray(0, -1), 100_000)).toBeUndefined()
    expect(await inflate(deflated.subarray(0, 20_000), 100_000)).toBeUndefined()
    expect(await inflate(new Uint8Array(), 100_000)).toBeUndefined()
  })
})

describe('inflate', () => {
  it('reads what others have compressed', async () => {
    // Python: zlib.compressobj(wbits=-15).compress(b'<a></a>') and flush.
    const inflated = await inflate(fromHex('b349b4b3d14fb40300'), 100)
    expect(decodeUtf8(inflated ?? new Uint8Array())).toBe('<a></a>')
  })

  it('refuses what is compressed with the header of zlib or gzip', async () => {
    for (const format of ['deflate', 'gzip'] as const) {
      const stream = new Blob(['<a></a>']).stream().pipeThrough(new CompressionStream(format))
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
      expect(await inflate(bytes, 100)).toBeUndefined()
    }
  })

  it('refuses what is not compressed', async () => {
    expect(await inflate(encodeUtf8('<samlp:LogoutRequest></samlp:LogoutRequest>'), 1000)).toBeUndefined()
  })
})

function fromHex(hex: string): Bytes {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}
