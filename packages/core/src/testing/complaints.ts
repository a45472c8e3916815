import type { Clock } from '../ports/clock.ts'
import type { Purgeable } from '../ports/purgeable.ts'
import type { Harness, PortCase } from './port-case.ts'

/** For the tests of the suites themselves: what a suite has against an adapter, a text for each case that fails. */
export async function complaintsOf<Subject>(
  suite: readonly PortCase<Subject>[],
  create: (clock: Clock) => Subject,
): Promise<string[]> {
  const outcomes = await Promise.allSettled(suite.map(({ run }) => run(create)))
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
}

/** The complaints that are the suite's own, without those of an adapter that fell over. */
export async function brokenPromisesOf<Subject>(
  suite: readonly PortCase<Subject>[],
  create: (clock: Clock) => Subject,
): Promise<string[]> {
  const complaints = await complaintsOf(suite, create)
  return complaints.filter((complaint) => complaint.includes('the adapter breaks its promise'))
}

/** What is in memory lives as long as the process, and the adapter with it. */
export function inMemory<Port>(adapter: Port & Purgeable): Harness<Port> {
  return { open: async () => adapter, purge: adapter.purge }
}

/** An adapter that is good but for what its name says: made from a good one, and the clock. */
export type Spoiled<Port> = [
  name: string,
  spoil: (good: Port & Purgeable, clock: Clock) => Partial<Port & Purgeable>,
]
