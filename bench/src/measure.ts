import type { Batches } from './batches.ts'
import type { Entry, RuntimeName } from './bench.ts'
import { median, quantile } from './statistics.ts'

/** What a contestant took. */
export interface Measurement extends Entry {
  /** One call, in microseconds: the median of the rounds. */
  readonly microseconds: number
  /** Multiples of what the floor took in the same round: the middle one, and where eight of ten lie. */
  readonly ratio: { readonly median: number; readonly low: number; readonly high: number }
  /** In how many rounds it took part: what is slow does not take part in all. */
  readonly turns: number
  /** One call in microseconds, by round, where it took part: for those who compare two contestants. */
  readonly times: Times
  /** Bytes that a call allocated, where that was measured. */
  readonly heap?: number
}

/** By round; empty where a contestant did not take part. */
export type Times = readonly (number | undefined)[]

/** What was measured in one runtime. */
export interface Measured {
  readonly runtime: RuntimeName
  readonly version: string
  readonly timing: string
  readonly rounds: number
  readonly measurements: readonly Measurement[]
  /** Who should have taken part and could not, each with its reason. */
  readonly missing: readonly Entry[]
}

/** How long a batch is, in milliseconds: ten of the clock's steps, and short enough for many to be left undisturbed. */
const DURATION = 10

/** How often the clock is looked at, in microseconds. */
const LOOK_INTERVAL = 100

/** How many batches come before those that count. */
const WARM_UP = 10

/** A contestant whose calls are so slow is warmed up with fewer, down to three, in microseconds for all of them. */
const WARM_UP_LIMIT = 1_000_000

/** What a contestant may take of a round on average, in microseconds: one that takes more does not take part in each. */
const SHARE = 50_000

/**
 * Measures every contestant against the floor of its input. In each round the inputs take turns in another random order,
 * and with each the contestants do, so that what else the machine does meets all of them alike; a ratio is taken within
 * one round.
 */
export async function measure(
  batches: Batches,
  rounds: number,
): Promise<Pick<Measured, 'measurements' | 'missing'>> {
  const { entries } = batches
  const running = [...entries.keys()].filter((index) => entries[index]?.notRun === undefined)
  const paces = new Map<number, Pace>()
  for (const index of running) paces.set(index, await paceOf(batches, index))

  /** Microseconds for one call: by contestant, then by round. */
  const times = entries.map((): (number | undefined)[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const index of inTurn(running, entries)) {
      const { stride, every } = paces.get(index) as Pace
      if (round % every > 0) continue
      const own = times[index] as (number | undefined)[]
      own[round] = await batches.time(index, { duration: DURATION, stride })
    }
  }

  return {
    measurements: running.map((index) => {
      const entry = entries[index] as Entry
      const floor = entries.findIndex(({ input }) => input === entry.input)
      return measurementOf(entry, times[index] as Times, times[floor] as Times)
    }),
    missing: entries.filter(({ notRun }) => notRun !== undefined),
  }
}

/** How often a contestant takes part and looks at the clock. */
interface Pace {
  /** How many calls fit between two looks at the clock. */
  readonly stride: number
  /** It takes part in every so manieth round. */
  readonly every: number
}

/** Warms a contestant up, and finds out how fast it is. */
async function paceOf(batches: Batches, index: number): Promise<Pace> {
  const times: number[] = []
  let spent = 0
  while (times.length < WARM_UP && (times.length < 3 || spent < WARM_UP_LIMIT)) {
    const time = await batches.time(index, { duration: DURATION, stride: 1 })
    times.push(time)
    spent += Math.max(time, DURATION * 1000)
  }
  const time = median(times)
  return {
    stride: Math.max(1, Math.round(LOOK_INTERVAL / time)),
    every: Math.max(1, Math.round(time / SHARE)),
  }
}

function measurementOf(entry: Entry, times: Times, floor: Times): Measurement {
  const own = times.filter((time) => time !== undefined)
  const ratios = ratiosOf(times, floor)
  return {
    ...entry,
    microseconds: median(own),
    ratio: { median: median(ratios), low: quantile(ratios, 0.1), high: quantile(ratios, 0.9) },
    turns: own.length,
    times,
  }
}

/** @returns what one took in multiples of the other, for each round in which both took part */
export function ratiosOf(times: Times, others: Times): number[] {
  return times.flatMap((time, round) => {
    const other = others[round]
    return time === undefined || other === undefined ? [] : [time / other]
  })
}

/** Each input's contestants together, in random order. */
function inTurn(running: readonly number[], entries: readonly Entry[]): number[] {
  const inputs = new Set(running.map((index) => entries[index]?.input))
  return shuffled([...inputs]).flatMap((input) =>
    shuffled(running.filter((index) => entries[index]?.input === input)),
  )
}

function shuffled<T>(items: T[]): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    const moved = items[i] as T
    items[i] = items[j] as T
    items[j] = moved
  }
  return items
}
