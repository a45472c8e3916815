import { randomId } from '../encoding/random.ts'
import { systemClock } from '../ports/clock.ts'
import { createFixedClock, type FixedClock } from './fixed-clock.ts'

/**
 * What every adapter of a port must do. A case needs no test framework: it throws when the adapter fails, so it runs
 * under any of them, and on any host.
 *
 * @example
 * ```ts
 * for (const { name, run } of ledgerSuite) {
 *   it(name, () => run((clock) => ({ open: async () => createMyLedger(file, clock), purge: … })))
 * }
 * ```
 */
export interface PortCase<Subject> {
  readonly name: string
  /** @param create makes what the case tests: an adapter, or a {@link Harness} over storage that is empty at first */
  run(create: (clock: FixedClock['now']) => Subject | Promise<Subject>): Promise<void>
}

/** Some storage that outlives its adapters, and what a case does with it. */
export interface Harness<Port> {
  /** Makes an adapter over the storage; the second one finds what the first one left, as after a restart. */
  open(): Promise<Port>
  /** Removes what has expired. @returns how many entries are left in the storage */
  purge(): Promise<number>
}

/** What a case over a harness is given, ready to use. */
export interface Fixture<Port> extends Harness<Port> {
  readonly clock: FixedClock
  /** The first adapter. */
  readonly port: Port
}

export const MINUTE = 60_000

/** @returns a case for the adapters of a port that keeps something */
export function storageCase<Port>(
  name: string,
  test: (fixture: Fixture<Port>) => Promise<void>,
): PortCase<Harness<Port>> {
  return {
    name,
    async run(create) {
      // Real adapters may have clocks of their own, so the suites start at the host's time.
      const clock = createFixedClock(systemClock())
      const harness = await create(clock.now)
      await test({ ...harness, clock, port: await harness.open() })
    },
  }
}

/** A key that nothing else uses. */
export const unique = (name: string): string => `${name}-${randomId(16)}`

/** @throws Error unless `condition` */
export function check(condition: boolean, promise: string): void {
  if (!condition) throw new Error(`the adapter breaks its promise: ${promise}`)
}
