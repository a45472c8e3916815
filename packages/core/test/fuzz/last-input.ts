import type { Input } from './input.ts'

/** More than the longest input. */
const CAPACITY = 16 * 1024 * 1024

const HEADER = 12

/** The input that is being read, where somebody else can see it who sees that it takes for ever. */
export interface LastInput {
  write(input: Input): void
  read(): Input
  /** How many were written. */
  count(): number
}

export function createMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER + CAPACITY)
}

/** @param memory of {@link createMemory}, the same on both sides */
export function createLastInput(memory: SharedArrayBuffer): LastInput {
  const numbers = new Int32Array(memory, 0, HEADER / 4)
  const content = new Uint8Array(memory, HEADER)
  const targets = ['response', 'xml', 'metadata', 'redirect', 'post'] as const
  return {
    write({ target, bytes }) {
      const kept = bytes.subarray(0, CAPACITY)
      content.set(kept)
      Atomics.store(numbers, 0, kept.length)
      Atomics.store(numbers, 1, targets.indexOf(target))
      Atomics.add(numbers, 2, 1)
    },
    read: () => ({
      target: targets[Atomics.load(numbers, 1)] ?? 'response',
      bytes: content.slice(0, Atomics.load(numbers, 0)),
      history: [],
    }),
    count: () => Atomics.load(numbers, 2),
  }
}
