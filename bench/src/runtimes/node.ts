import { createBatches } from '../batches.ts'
import type { Bench, ContestantsModule } from '../bench.ts'
import type { Runtime } from './runtime.ts'

/** Runs a bench in this process. */
export async function startNode({ contestants, contestantsInNode }: Bench): Promise<Runtime> {
  const { createContestants }: ContestantsModule = await import(contestantsInNode ?? contestants)
  const all = await createContestants()
  const close = async (): Promise<void> => {
    for (const contestant of all) if ('close' in contestant) await contestant.close()
  }
  try {
    return {
      ...(await createBatches(all)),
      name: 'node',
      version: process.versions.node,
      timing: 'performance.now() in this process',
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
