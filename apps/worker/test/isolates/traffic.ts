import type { Isolates } from './isolates.ts'
import { NAMES, type Name } from './names.ts'
import { createPerson } from './person.ts'

/** A login that was made while the traffic moved from one isolate to the next. */
interface TrafficLogin {
  readonly begun: Name
  readonly completed: Name
  readonly outcome: string
  /** What `/api/auth/session` said after it. */
  readonly session: number
}

/** People who log in again and again, all of them at the isolate where the traffic goes at that moment. */
export interface Traffic {
  /** The logins that were completed so far. */
  readonly logins: readonly TrafficLogin[]
  /** How many logins that were begun there are not completed yet. */
  underWay(begun: Name): number
  moveTo(name: Name): void
  /**
   * Logs in until the traffic stops.
   *
   * @param pace `slow` for somebody who stays at the identity provider until the traffic has moved on
   */
  visit(pace: 'quick' | 'slow'): Promise<void>
  stop(): void
}

/** More than anybody needs who does not fail. */
const MOST_LOGINS = 1000

/** The traffic begins at the first isolate. */
export function createTraffic(isolates: Isolates): Traffic {
  const logins: TrafficLogin[] = []
  const underWay = new Map<Name, number>()
  const count = (name: Name, difference: number) => underWay.set(name, (underWay.get(name) ?? 0) + difference)
  let at: Name = NAMES[0]
  let moved = Promise.withResolvers<void>()
  let stopped = false

  async function logIn(pace: 'quick' | 'slow'): Promise<void> {
    const begun = at
    const movedOn = moved.promise
    const person = createPerson()
    count(begun, 1)
    const callback = await person.begin(isolates.of(begun), { sub: 'ann', sid: 'session-1' })
    if (pace === 'slow') await movedOn
    const completed = at
    const outcome = await person.complete(isolates.of(completed), callback)
    logins.push({ begun, completed, outcome, session: await person.session(isolates.of(at)) })
    count(begun, -1)
  }

  function leave(): void {
    moved.resolve()
    moved = Promise.withResolvers()
  }

  return {
    logins,
    underWay: (begun) => underWay.get(begun) ?? 0,
    moveTo(name) {
      at = name
      leave()
    },
    async visit(pace) {
      for (let login = 0; login < MOST_LOGINS && !stopped; login++) await logIn(pace)
    },
    stop() {
      stopped = true
      leave()
    },
  }
}
