import type { Clock } from '../ports/clock.ts'

/** A clock that stands until it is moved. */
export interface FixedClock {
  readonly now: Clock
  /** @param milliseconds how far to move it */
  advance(milliseconds: number): void
}

/** @param start where it stands at first, in milliseconds since the epoch */
export function createFixedClock(start: number): FixedClock {
  let time = start
  return {
    now: () => time,
    advance(milliseconds) {
      time += milliseconds
    },
  }
}
