import type { Bytes } from '../encoding.ts'

/*
 * MD5, which WebCrypto rightly lacks, to make digests that nobody should accept. RFC 1321 section 3.
 */

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const sines = Array.from({ length: 64 }, (_, round) => Math.floor(Math.abs(Math.sin(round + 1)) * 2 ** 32))

export function md5(message: Uint8Array): Bytes {
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  const blocks = padded(message)
  for (let at = 0; at < blocks.byteLength; at += 64) {
    const before = [...state]
    for (let round = 0; round < 64; round += 1) step(state, round, blocks, at)
    for (const [index, word] of before.entries()) state[index] = (word + (state[index] ?? 0)) >>> 0
  }
  const result = new DataView(new ArrayBuffer(16))
  for (const [index, word] of state.entries()) result.setUint32(index * 4, word, true)
  return new Uint8Array(result.buffer)
}

function padded(message: Uint8Array): DataView {
  const length = (Math.floor((message.length + 8) / 64) + 1) * 64
  const bytes = new Uint8Array(length)
  bytes.set(message)
  bytes[message.length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setUint32(length - 8, message.length * 8, true)
  return view
}

function step(state: number[], round: number, blocks: DataView, at: number): void {
  const [a = 0, b = 0, c = 0, d = 0] = state
  const [mixed, word] = mix(round, b, c, d)
  const sum = (a + mixed + (sines[round] ?? 0) + blocks.getUint32(at + word * 4, true)) >>> 0
  const shift = shifts[(round >> 4) * 4 + (round % 4)] ?? 0
  const turned = ((sum << shift) | (sum >>> (32 - shift))) >>> 0
  state.splice(0, 4, d, (b + turned) >>> 0, b, c)
}

/** The function of a round, and which word of the block it takes. */
function mix(round: number, b: number, c: number, d: number): [number, number] {
  if (round < 16) return [(b & c) | (~b & d), round]
  if (round < 32) return [(d & b) | (~d & c), (5 * round + 1) % 16]
  if (round < 48) return [b ^ c ^ d, (3 * round + 5) % 16]
  return [c ^ (b | ~d), (7 * round) % 16]
}
