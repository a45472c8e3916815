import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { Progress } from './fuzzer.ts'
import type { Finding } from './input.ts'
import { createLastInput, createMemory } from './last-input.ts'
import type { WorkerReport, WorkerTask } from './worker.ts'

const USAGE = `Usage: pnpm fuzz [--minutes 30] [--seed N]

Feeds altered and made-up answers, XML, metadata and logout messages to what reads them, and writes what must not be to
test-results/fuzz.`

const root = join(import.meta.dirname, '../../../..')

/** How often it is said how far it is, in milliseconds. */
const INTERVAL = 10_000

/** Nothing takes so long on any machine, in milliseconds: the worker hangs. */
const HANGS = 60_000

/**
 * Fuzzes for a while.
 *
 * @returns the exit code: 1 when something was found, 2 when misused
 */
export async function main(args: readonly string[]): Promise<number> {
  const task = parse(args)
  if ('problem' in task) {
    console.error(`${task.problem}\n${USAGE}`)
    return 2
  }
  const { minutes, seed } = task
  console.log(`Fuzzing for ${minutes} minutes with seed ${seed} …`)
  const { progress, findings } = await watch({ seed, duration: minutes * 60_000, memory: createMemory() })
  if (progress) console.log(`\n${summary(progress)}`)
  console.log(findings.length === 0 ? 'Nothing was found.' : `${findings.length} findings.`)
  return findings.length === 0 ? 0 : 1
}

function parse(
  args: readonly string[],
): { readonly minutes: number; readonly seed: number } | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '30' },
        seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
      },
    })
    const minutes = Number(values.minutes)
    const seed = Number(values.seed)
    if (!(minutes > 0)) return { problem: '--minutes is a number above 0' }
    return Number.isSafeInteger(seed) ? { minutes, seed } : { problem: '--seed is a whole number' }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** Runs a worker, for who hangs cannot say so. */
function watch(task: WorkerTask): Promise<{ progress: Progress | undefined; findings: readonly Finding[] }> {
  const last = createLastInput(task.memory)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task })
  const findings: Finding[] = []
  let progress: Progress | undefined
  let count = 0
  let countedAt = performance.now()
  const found = (finding: Finding) => {
    findings.push(finding)
    console.error(`\n${finding.kind}: ${save(finding)}\n${finding.what}\n`)
  }
  return new Promise((resolve) => {
    const finish = () => {
      clearInterval(timer)
      void worker.terminate().then(() => resolve({ progress, findings }))
    }
    const timer = setInterval(() => {
      if (progress) console.log(summary(progress))
      if (last.count() !== count) {
        count = last.count()
        countedAt = performance.now()
      } else if (count > 0 && performance.now() - countedAt > HANGS) {
        found({ kind: 'hang', what: 'it did not end', input: last.read() })
        finish()
      }
    }, INTERVAL)
    worker.on('message', (report: WorkerReport) => {
      progress = report.progress
      for (const finding of report.findings) found(finding)
      if (report.isDone) finish()
    })
    worker.once('error', (error) => {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
      found({ kind: 'crash', what, input: last.read() })
      finish()
    })
  })
}

function summary(progress: Progress): string {
  const { executions, accepted, logins, corpus, reasons, compared, slowest, findings, byTarget } = progress
  const each = Object.entries(byTarget).map(([target, times]) => `${times} ${target}`)
  return [
    `${executions} executions (${each.join(', ')})`,
    `${accepted} accepted, ${logins} of them logins; ${reasons} outcomes, corpus of ${corpus}`,
    `${compared.documents} documents and ${compared.signatures} signatures compared with libxml2`,
    `slowest ${slowest.toFixed(2)} ms/KB`,
    `${findings} findings`,
  ].join('; ')
}

let saved = 0

/** @returns where, from the repository */
function save({ kind, what, input }: Finding): string {
  const folder = join(root, 'test-results/fuzz')
  mkdirSync(folder, { recursive: true })
  const name = `${kind}-${input.target}-${++saved}`
  writeFileSync(join(folder, `${name}.bin`), input.bytes)
  writeFileSync(join(folder, `${name}.txt`), `${what}\n\n${input.history.join('\n')}\n`)
  return relative(root, join(folder, `${name}.bin`))
}
