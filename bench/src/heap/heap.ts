import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Bench } from '../bench.ts'
import type { Measured } from '../measure.ts'
import type { Allocated } from './process.ts'

/**
 * So large that nothing is collected while it is measured, in MiB: then what is in use after a call and was not before is
 * what the call allocated.
 */
const YOUNG_GENERATION = 512

const FLAGS = [
  '--expose-gc',
  `--min-semi-space-size=${YOUNG_GENERATION}`,
  `--max-semi-space-size=${YOUNG_GENERATION}`,
]

/** Adds what a call allocates, measured in a Node process of its own. */
export async function withHeap(measured: Measured, { contestants }: Bench): Promise<Measured> {
  const script = fileURLToPath(import.meta.resolve('./process.ts'))
  const { stdout } = await promisify(execFile)(process.execPath, [...FLAGS, script, contestants])
  const allocated = JSON.parse(stdout) as Allocated[]
  return {
    ...measured,
    measurements: measured.measurements.map((one) => {
      const { bytes } = allocated.find(({ name, input }) => name === one.name && input === one.input) ?? {}
      return bytes === undefined ? one : { ...one, heap: bytes }
    }),
  }
}
