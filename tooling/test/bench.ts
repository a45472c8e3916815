import { join } from 'node:path'
import { bin, root, run } from './process.ts'

/**
 * Whether the benches work, apart from what they measure: how long things take says nothing on a machine that does other
 * things too.
 *
 * @returns what is wrong, or undefined
 */
export async function benchProblem(): Promise<string | undefined> {
  // First this: it installs the peers where they are missing.
  const proof = await run(process.execPath, [join(root, 'bench/run.mjs'), '--prove'])
  if (proof.code !== 0) return proof.output
  const types = await run(bin('tsc'), ['-p', join(root, 'bench')])
  return types.code === 0 ? undefined : types.output
}
