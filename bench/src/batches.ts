import type { AnyContestant, Contestant, Entry } from './bench.ts'

/** How a batch is to be run. */
export interface BatchOptions {
  /** For how long, in milliseconds. */
  readonly duration: number
  /** How many calls between two looks at the clock, which cost something themselves. */
  readonly stride: number
}

/** The contestants of a bench, where they run. */
export interface Batches {
  /** In the bench's order: the floor of an input is the first with it. */
  readonly entries: readonly Entry[]
  /**
   * Calls one contestant for a while, one call awaited after another as requests do it.
   *
   * @param index which contestant
   * @returns how long a call took, in microseconds
   */
  time(index: number, options: BatchOptions): Promise<number>
}

/** @throws Error when a contestant does not accept what is good, or accepts what is not */
export async function createBatches(contestants: readonly AnyContestant[]): Promise<Batches> {
  for (const contestant of contestants) if ('prove' in contestant) await contestant.prove()
  return {
    entries: contestants.map(entryOf),

    async time(index, options) {
      const contestant = contestants[index]
      if (!contestant) throw new RangeError(`there is no contestant ${index}`)
      if ('run' in contestant) return timeBatch(contestant, options)
      if ('time' in contestant) return contestant.time(options.duration)
      throw new Error(`${contestant.name}: ${contestant.notRun}`)
    },
  }
}

/** What can be sent to another process. */
function entryOf({ name, input, bytes, notRun }: AnyContestant): Entry {
  return {
    name,
    ...(input === undefined ? {} : { input }),
    ...(bytes === undefined ? {} : { bytes }),
    ...(notRun === undefined ? {} : { notRun }),
  }
}

async function timeBatch(contestant: Contestant, { duration, stride }: BatchOptions): Promise<number> {
  const { name, maxCalls = Number.POSITIVE_INFINITY } = contestant
  contestant.prepare?.()
  const startedAt = nextStep()
  let now = startedAt
  let calls = 0
  while (now - startedAt < duration && calls + stride <= maxCalls) {
    for (const end = calls + stride; calls < end; calls++) {
      if (!(await contestant.run(calls))) throw new Error(`${name}: refused what is good`)
    }
    now = performance.now()
  }
  return ((now - startedAt) * 1000) / calls
}

/** More looks at a clock than fit between two of its steps. */
const MAX_LOOKS = 2 ** 22

/**
 * Waits for the clock's next step. In workerd a step is a millisecond; a batch that starts at one and ends at one is
 * timed more finely than that.
 *
 * @throws Error when the clock stands still, as it may inside a request
 */
function nextStep(): number {
  const before = performance.now()
  for (let i = 0; i < MAX_LOOKS; i++) {
    const now = performance.now()
    if (now !== before) return now
  }
  throw new Error('the clock stands still')
}
