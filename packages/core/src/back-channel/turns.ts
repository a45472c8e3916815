import { SsoError } from '../errors/index.ts'
import type { Clock } from '../ports/clock.ts'

/** How long a request sleeps before it looks again, in milliseconds: longer each time, for a crowd that wakes is busy. */
const PAUSE = { first: 20, growth: 1.5, longest: 100 }

/** How often whoever is at it shows that, in milliseconds. A request that ended has no timers any more. */
const BEAT = 500

/** How long others wait for the next beat, in milliseconds, until whoever is at it seems gone. */
const GONE_AFTER = 2000

/** How long anybody waits for others, in milliseconds: as long as a call to a provider. */
const PATIENCE = 10_000

/** How long a turn may take, in milliseconds: more than its call to a provider, for there is work before and after it. */
const TURN = PATIENCE + GONE_AFTER

/** Work of which many requests need the outcome at the same moment, and one of them does it. By key. */
export interface Turns {
  /** Whether somebody is at it. */
  isTaken(key: string): boolean
  /**
   * Does the work, unless somebody else is at it: then waits for what comes of it.
   *
   * @throws what the work fails with, here or where it was waited for; SsoError `provider_timeout` where nobody was done
   *   with it in ten seconds
   */
  take<T>(key: string, work: Work<T>): Promise<T>
}

/** What many requests need the outcome of. */
interface Work<T> {
  perform(): Promise<T>
  /** Finds in what others leave behind what this one needs. */
  find(): T | undefined
  /** Whether a failure is the outcome for all; of any other only for who met with it, and the next one sets to work. */
  isForAll(error: unknown): boolean
}

/** One time that the work is done, as others see it. */
interface Turn {
  /** Milliseconds since the epoch. */
  readonly begunAt: number
  beats: number
  failure?: { readonly error: unknown }
}

/** A turn as whoever is at it has it. */
interface OwnTurn {
  readonly turn: Turn
  readonly endBeat: () => void
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
    return turn && clock() - turn.begunAt < TURN ? turn : undefined
  }

  /** Waits while somebody else is at it, and is not gone. @returns what was found, or a turn of one's own */
  async function wait<T>(key: string, work: Work<T>): Promise<{ found: T } | OwnTurn> {
    let others = current(key)
    let beats = others?.beats
    // By the pauses that went by, not by the time: what keeps the process busy is not gone.
    let waited = 0
    let quiet = 0
    let pause = PAUSE.first
    while (others && quiet < GONE_AFTER) {
      if (waited >= PATIENCE) {
        throw new SsoError(
          'provider_timeout',
          'another login asked the identity provider, and got no answer in time',
        )
      }
      await sleep(pause)
      waited += pause
      quiet += pause
      pause = Math.min(pause * PAUSE.growth, PAUSE.longest)
      const found = outcome(others, work)
      if (found !== undefined) return { found }
      const next = current(key)
      if (next !== others || next.beats !== beats) quiet = 0
      others = next
      beats = next?.beats
    }
    // Taken before anybody else can see that it is free.
    const turn: Turn = { begunAt: clock(), beats: 0 }
    const endBeat = beginBeat(turn)
    turns.set(key, turn)
    return { turn, endBeat }
  }

  return {
    isTaken: (key) => current(key) !== undefined,
    async take<T>(key: string, work: Work<T>): Promise<T> {
      const waited = await wait(key, work)
      if ('found' in waited) return waited.found
      const { turn, endBeat } = waited
      try {
        return await work.perform()
      } catch (error) {
        if (work.isForAll(error)) turn.failure = { error }
        throw error
      } finally {
        endBeat()
        if (turns.get(key) === turn) turns.delete(key)
      }
    },
  }
}

function beginBeat(turn: Turn): OwnTurn['endBeat'] {
  const heart = setInterval(() => {
    turn.beats += 1
    // What never ends is as good as gone.
    if (turn.beats * BEAT >= TURN) clearInterval(heart)
  }, BEAT)
  return () => clearInterval(heart)
}

/** @throws what the work of others failed with */
function outcome<T>(others: Turn, { find }: Work<T>): T | undefined {
  const found = find()
  if (found === undefined && others.failure) throw others.failure.error
  return found
}

function sleep(duration: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, duration))
}
