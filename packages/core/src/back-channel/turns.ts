import type { Clock } from '../ports/clock.ts'

/** How long a request sleeps before it looks again, in milliseconds: longer each time, for a crowd that wakes is busy. */
const PAUSE = { first: 20, growth: 1.5, longest: 100 }

/** For how long others wait for somebody, in milliseconds, until that somebody seems gone. */
const GONE_AFTER = 3000

/** How long a turn may take in all, in milliseconds: as long as a call to a provider. */
const PATIENCE = 10_000

/** Work of which many requests need the outcome at the same moment, and one of them does it. By key. */
export interface Turns {
  /** Whether somebody is at it. */
  isTaken(key: string): boolean
  /**
   * Does the work, unless somebody else is at it: then waits for what comes of it.
   *
   * @param look finds in what others leave behind what this one needs
   * @throws what the work fails with, here or where it was waited for
   */
  take<T>(key: string, work: () => Promise<T>, look: () => T | undefined): Promise<T>
}

/** One time that the work is done, as others see it. */
interface Turn {
  /** Milliseconds since the epoch. */
  readonly begunAt: number
  failure?: { readonly error: unknown }
}

/**
 * No request awaits a promise of another one: I/O belongs to the request that began it, and may end with it without a
 * word ([Workers, errors](https://developers.cloudflare.com/workers/observability/errors/#cannot-perform-io-on-behalf-of-a-different-request)).
 * So the others sleep, each by timers of its own, and look.
 */
export function createTurns(clock: Clock): Turns {
  const turns = new Map<string, Turn>()

  const current = (key: string): Turn | undefined => {
    const turn = turns.get(key)
    return turn && clock() - turn.begunAt < PATIENCE ? turn : undefined
  }

  /** Waits while somebody else is at it, and does not seem gone. @returns what `look` found, or a turn of one's own */
  async function wait<T>(key: string, look: () => T | undefined): Promise<{ found: T } | { turn: Turn }> {
    let others = current(key)
    // By the pauses that went by, not by the time: what keeps the process busy is not gone.
    let waited = 0
    let watched = 0
    let pause = PAUSE.first
    while (others && watched < GONE_AFTER && waited < PATIENCE) {
      await sleep(pause)
      waited += pause
      watched += pause
      pause = Math.min(pause * PAUSE.growth, PAUSE.longest)
      const found = look()
      if (found !== undefined) return { found }
      if (others.failure) throw others.failure.error
      const next = current(key)
      // Somebody took over from one who seemed gone.
      if (next !== others) watched = 0
      others = next
    }
    // Taken before anybody else can see that it is free.
    const turn: Turn = { begunAt: clock() }
    turns.set(key, turn)
    return { turn }
  }

  return {
    isTaken: (key) => current(key) !== undefined,
    async take<T>(key: string, work: () => Promise<T>, look: () => T | undefined): Promise<T> {
      const waited = await wait(key, look)
      if ('found' in waited) return waited.found
      const { turn } = waited
      try {
        return await work()
      } catch (error) {
        turn.failure = { error }
        throw error
      } finally {
        if (turns.get(key) === turn) turns.delete(key)
      }
    },
  }
}

function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, duration))
}
