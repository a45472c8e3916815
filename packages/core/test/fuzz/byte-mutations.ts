import type { Random } from '../random-configurations.ts'
import { words } from './dictionary.ts'
import { bytesOf } from './input.ts'

/** Alters bytes that may be anything. */
export type ByteMutation = (bytes: Uint8Array, random: Random) => Uint8Array

function splice(bytes: Uint8Array, start: number, wanted: number, inserted: Uint8Array): Uint8Array {
  const deleted = Math.min(wanted, bytes.length - start)
  const result = new Uint8Array(bytes.length - deleted + inserted.length)
  result.set(bytes.subarray(0, start))
  result.set(inserted, start)
  result.set(bytes.subarray(start + deleted), start + inserted.length)
  return result
}

/** A piece of it: short ones more often than long ones. */
function somewhere(bytes: Uint8Array, random: Random): { readonly start: number; readonly length: number } {
  const start = random.below(bytes.length + 1)
  const longest = Math.min(bytes.length - start, 2 ** random.below(10))
  return { start, length: random.below(longest + 1) }
}

/** Bytes that UTF-8, XML or base64 treat in their own ways. */
const odd = [
  0x00, 0x09, 0x0a, 0x0d, 0x1f, 0x20, 0x22, 0x26, 0x27, 0x2f, 0x3c, 0x3d, 0x3e, 0x7f, 0x80,
] as const
const oddSequences: readonly [readonly number[], ...(readonly number[])[]] = [
  [0xc0, 0x80],
  [0xc0, 0xbc],
  [0xe0, 0x80, 0xbc],
  [0xed, 0xa0, 0x80],
  [0xef, 0xbb, 0xbf],
  [0xef, 0xbf, 0xbe],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf0, 0x9f, 0x98],
  [0xff, 0xfe],
]

/** By what is done to the bytes. */
export const byteMutations: Readonly<Record<string, ByteMutation>> = {
  'flip a bit': (bytes, random) => {
    const at = random.below(bytes.length)
    return splice(bytes, at, 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << random.below(8))))
  },
  'put another byte': (bytes, random) =>
    splice(bytes, random.below(bytes.length), 1, Uint8Array.of(random.below(256))),
  'put in an odd byte': (bytes, random) =>
    splice(bytes, random.below(bytes.length + 1), 0, Uint8Array.of(random.pick(odd))),
  'put in an odd sequence': (bytes, random) =>
    splice(bytes, random.below(bytes.length + 1), 0, Uint8Array.from(random.pick(oddSequences))),
  'put in a word': (bytes, random) =>
    splice(bytes, random.below(bytes.length + 1), 0, bytesOf(random.pick(words))),
  'take bytes away': (bytes, random) => {
    const { start, length } = somewhere(bytes, random)
    return splice(bytes, start, length, new Uint8Array())
  },
  'repeat bytes': (bytes, random) => {
    const { start, length } = somewhere(bytes, random)
    return splice(bytes, start, 0, bytes.slice(start, start + length))
  },
  'move bytes': (bytes, random) => {
    const { start, length } = somewhere(bytes, random)
    const moved = bytes.slice(start, start + length)
    return splice(
      splice(bytes, start, length, new Uint8Array()),
      random.below(bytes.length - length + 1),
      0,
      moved,
    )
  },
  'cut it off': (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
}
