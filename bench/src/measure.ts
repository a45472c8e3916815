import type { Batches } from './batches.ts'
import type { RuntimeName } from './bench.ts'
import { median, quantile } from './statistics.ts'

/** What a contestant took. */
export interface Measurement {
  readonly name: string
  /** One call, in microseconds: the median of the rounds. */
  readonly microseconds: number
  /** Multiples of what the floor took in the same round: the middle one, and where eight of ten lie. */
  readonly ratio: { readonly median: number; readonly low: number; readonly high: number }
}

/** What was measured in one runtime. */
export interface Measured {
  readonly runtime: RuntimeName
  readonly version: string
  readonly timing: string
  readonly rounds: number
  readonly measurements: readonly Measurement[]
}

/** How long a batch is, in milliseconds: ten of the clock's steps, and short enough for many to be left undisturbed. */
const DURATION = 10

/** How often the clock is looked at, in microseconds. */
const LOOK_INTERVAL = 100

/** How many batches come before those that count. */
const WARM_UP = 10

/**
 * Measures every contestant against the first. In each round they take turns in another random order, so that what else
 * the machine does meets all of them alike, and a ratio is taken within one round.
 */
export async function measure(batches: Batches, rounds: number): Promise<readonly Measurement[]> {
  const { names } = batches
  const strides: number[] = []
  for (const index of names.keys()) strides.push(await strideOf(batches, index))

  /** Microseconds for one call: by contestant, then by round. */
  const times = names.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const index of shuffled([...names.keys()])) {
      const stride = strides[index] as number
      times[index]?.push(await batches.time(index, { duration: DURATION, stride }))
    }
  }

  const floor = times[0] as number[]
  return names.map((name, index) => {
    const own = times[index] as number[]
    const ratios = own.map((time, round) => time / (floor[round] as number))
    return {
      name,
      microseconds: median(own),
      ratio: { median: median(ratios), low: quantile(ratios, 0.1), high: quantile(ratios, 0.9) },
    }
  })
}

/** Warms a contestant up, and finds out how many calls fit between two looks at the clock. */
async function strideOf(batches: Batches, index: number): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < WARM_UP; i++) times.push(await batches.time(index, { duration: DURATION, stride: 1 }))
  return Math.max(1, Math.round(LOOK_INTERVAL / median(times)))
}

function shuffled(items: number[]): number[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    const moved = items[i] as number
    items[i] = items[j] as number
    items[j] = moved
  }
  return items
}
