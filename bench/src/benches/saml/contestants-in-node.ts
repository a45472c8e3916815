import type { AnyContestant } from '../../bench.ts'
import { contestantsFor } from './contestants.ts'
import { createInputs } from './input/input.ts'
import { createLibxmlsec1 } from './native/libxmlsec1.ts'
import { createSyncFloor } from './native/sync-floor.ts'
import { contestantOf } from './validator.ts'

/** All that run in workerd as well, and what only a machine of one's own can run. */
export async function createContestants(): Promise<readonly AnyContestant[]> {
  const inputs = await createInputs()
  return [
    ...(await contestantsFor(inputs)),
    ...inputs.map((input) => contestantOf(createSyncFloor(input), input)),
    ...(await createLibxmlsec1(inputs)),
  ]
}
