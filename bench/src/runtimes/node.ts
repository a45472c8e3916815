import { createBatches } from '../batches.ts'
import type { Bench, ContestantsModule } from '../bench.ts'
import type { Runtime } from './runtime.ts'

/** Runs a bench in this process. */
export async function startNode({ contestants }: Bench): Promise<Runtime> {
  const { createContestants }: ContestantsModule = await import(contestants)
  return {
    ...(await createBatches(await createContestants())),
    name: 'node',
    version: process.versions.node,
    timing: 'performance.now() in this process',
    async close() {},
  }
}
