import { atMost, sleep } from './patience.ts'

/**
 * How long a request that waits for another one sleeps before it looks again, in milliseconds: longer each time, for a
 * hundred of them that wake keep an isolate busy.
 */
const PAUSE = { first: 20, growth: 1.5, longest: 100 }

/** How long requests wait. */
interface Patience {
  /** In all, in milliseconds. */
  readonly patience: number
  /** Until whoever began seems gone, and one of them does the work itself, in milliseconds. */
  readonly goneAfter: number
}

/** One time that the work is done, as others see it. */
interface Attempt {
  isOver: boolean
  failure?: { readonly error: unknown }
  /** What took its place before it was over. */
  successor?: Attempt
}

/** Has work go on after the answer was given. */
export type Defer = (work: Promise<void>) => void

/**
 * Work that many requests need at the same time, and one of them does.
 *
 * No request awaits a promise of another: I/O belongs to the request that began it, and may end with it without a word
 * ([Workers, errors](https://developers.cloudflare.com/workers/observability/errors/#cannot-perform-io-on-behalf-of-a-different-request)).
 * So the others sleep, each by timers of its own, until they see that it is over.
 */
export class SharedWork {
  readonly #work: () => Promise<void>
  readonly #patience: Patience
  /** The last that was begun and is not over. */
  #attempt: Attempt | undefined

  constructor(work: () => Promise<void>, patience: Patience) {
    this.#work = work
    this.#patience = patience
  }

  /** Does it, whoever else may be doing it. Never rejects. */
  async begin(): Promise<void> {
    await this.#try(this.#begun())
  }

  /**
   * Does it, unless somebody else does, and waits until it is over, or patience is. It goes on in either case.
   *
   * @throws what it failed with, where it was done or waited for here
   */
  async join(defer: Defer): Promise<void> {
    const { goneAfter, patience } = this.#patience
    let attempt = this.#attempt
    // By the pauses that went by, not by the time: what keeps the isolate busy is not gone.
    let waited = 0
    let watched = 0
    let pause = PAUSE.first
    while (attempt && watched < goneAfter) {
      if (waited >= patience) return
      await sleep(pause)
      waited += pause
      watched += pause
      pause = Math.min(pause * PAUSE.growth, PAUSE.longest)
      if (attempt.isOver) return passOn(attempt)
      if (attempt.successor) {
        attempt = attempt.successor
        watched = 0
      }
    }
    const own = this.#begun()
    const working = this.#try(own)
    defer(working)
    await atMost(patience, working)
    passOn(own)
  }

  /** Others see at once that it is under way. */
  #begun(): Attempt {
    const attempt = { isOver: false }
    if (this.#attempt) this.#attempt.successor = attempt
    this.#attempt = attempt
    return attempt
  }

  async #try(attempt: Attempt): Promise<void> {
    try {
      await this.#work()
    } catch (error) {
      attempt.failure = { error }
    }
    attempt.isOver = true
    if (this.#attempt === attempt) this.#attempt = undefined
  }
}

function passOn({ failure }: Attempt): void {
  if (failure) throw failure.error
}
