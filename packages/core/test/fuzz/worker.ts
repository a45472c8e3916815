import { parentPort, workerData } from 'node:worker_threads'
import { createFuzzer, type Progress } from './fuzzer.ts'
import type { Finding } from './input.ts'
import { createLastInput } from './last-input.ts'
import { createSeeds } from './seeds.ts'

/** What the worker is given. */
export interface WorkerTask {
  readonly seed: number
  /** In milliseconds. */
  readonly duration: number
  /** For {@link createLastInput}. */
  readonly memory: SharedArrayBuffer
}

/** What it tells. */
export interface WorkerReport {
  readonly progress: Progress
  /** Those that were not told yet. */
  readonly findings: readonly Finding[]
  readonly isDone: boolean
}

/** How often it tells, in milliseconds. */
const INTERVAL = 1000

/** More say the same. */
const MAX_FINDINGS = 20

const { seed, duration, memory } = workerData as WorkerTask
const last = createLastInput(memory)
const fuzzer = createFuzzer({ seeds: await createSeeds(), seed, before: last.write })

let told = 0
let toldAt = 0
function tell(isDone: boolean): void {
  const report: WorkerReport = { progress: fuzzer.progress(), findings: fuzzer.findings.slice(told), isDone }
  told = fuzzer.findings.length
  toldAt = performance.now()
  parentPort?.postMessage(report)
}

await fuzzer.begin()
const end = performance.now() + duration
while (performance.now() < end && fuzzer.findings.length < MAX_FINDINGS) {
  await fuzzer.step()
  if (performance.now() - toldAt > INTERVAL) tell(false)
}
fuzzer.end()
tell(true)
