import { GCProfiler } from 'node:v8'
import type { Contestant, ContestantsModule } from '../bench.ts'
import { median } from '../statistics.ts'

/** What a contestant's call allocated: JavaScript objects and the bytes of array buffers. */
export interface Allocated {
  readonly name: string
  readonly input?: string | undefined
  /** Missing when something was collected meanwhile. */
  readonly bytes?: number | undefined
}

/** How long a contestant is warmed up, in milliseconds: compiled code allocates less. */
const WARM_UP = 1000

/** How many measurements there are, of which the middle one counts. */
const MEASUREMENTS = 5

/** How much may be allocated for one measurement, in bytes, as long as it is for one call at least. */
const ENOUGH = 64e6

const [contestants = ''] = process.argv.slice(2)
const { createContestants }: ContestantsModule = await import(contestants)
const found: Allocated[] = []
for (const contestant of await createContestants()) {
  if ('run' in contestant) found.push(await allocatedBy(contestant))
}
process.stdout.write(JSON.stringify(found))

async function allocatedBy(contestant: Contestant): Promise<Allocated> {
  const { name, input } = contestant
  contestant.prepare?.()
  const startedAt = performance.now()
  for (let i = 0; i < 2 || performance.now() - startedAt < WARM_UP; i++) await contestant.run(0)
  const { bytes: first = ENOUGH } = await measureOnce(contestant, 1)
  const calls = Math.min(100, Math.max(1, Math.floor(ENOUGH / first)))
  const measured: number[] = []
  for (let i = 0; i < MEASUREMENTS; i++) {
    const { bytes } = await measureOnce(contestant, calls)
    if (bytes !== undefined) measured.push(bytes)
  }
  return { name, input, bytes: measured.length === 0 ? undefined : median(measured) }
}

async function measureOnce({ run }: Contestant, calls: number): Promise<{ readonly bytes?: number }> {
  globalThis.gc?.()
  const profiler = new GCProfiler()
  profiler.start()
  const before = inUse()
  for (let i = 0; i < calls; i++) await run(i)
  const after = inUse()
  return profiler.stop().statistics.length > 0 ? {} : { bytes: (after - before) / calls }
}

/** @returns bytes */
function inUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
