import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Bench } from './bench.ts'
import { benches } from './benches/index.ts'
import { judge } from './goals.ts'
import { withHeap } from './heap/heap.ts'
import { LINEAR, LINEAR_TITLE, proveLinear, runLinear } from './linear/linear.ts'
import { describeMachine } from './machine.ts'
import { type Measured, measure } from './measure.ts'
import { formatHeading, formatMeasured, formatVerdict } from './report.ts'
import { startNode } from './runtimes/node.ts'
import type { Runtime } from './runtimes/runtime.ts'
import { startWorkerd } from './runtimes/workerd.ts'

const USAGE = `Usage: pnpm bench NAME [--rounds N] [--json FILE]
       pnpm bench --prove     every contestant does its work; nothing is timed`

const ROUNDS = 101

const runtimes = [startNode, startWorkerd]

/** What was asked for. */
interface Command {
  readonly bench: Bench
  readonly rounds: number
  readonly json: string | undefined
}

/**
 * Runs a bench in Node and in workerd, and says whether its goals are met.
 *
 * @returns the exit code: 1 when a goal's bar is missed or a contestant fails, 2 when misused
 */
export async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0) {
    const listed = [...benches, { name: LINEAR, title: LINEAR_TITLE }]
    console.log([USAGE, '', ...listed.map(({ name, title }) => `  ${name}  ${title}`)].join('\n'))
    return 0
  }
  if (args[0] === LINEAR) return runLinear(args.slice(1))
  const command = parse(args)
  if ('problem' in command) {
    console.error(`${command.problem}\n${USAGE}`)
    return 2
  }
  try {
    return 'prove' in command ? await prove() : await run(command)
  } catch (error) {
    console.error(error)
    return 1
  }
}

/** For a machine on which time says nothing. */
async function prove(): Promise<number> {
  for (const bench of benches) {
    for (const start of runtimes) {
      const runtime = await start(bench)
      await runtime.close()
      const running = runtime.entries.filter(({ notRun }) => notRun === undefined)
      const missing = runtime.entries.filter(({ notRun }) => notRun !== undefined)
      console.log(`${bench.name}: ${running.length} contestants do their work in ${runtime.name}`)
      for (const line of new Set(missing.map(({ name, notRun }) => `  not run: ${name}, ${notRun}`))) {
        console.log(line)
      }
    }
  }
  console.log(`${LINEAR}: ${await proveLinear()} kinds of input are read or refused as they should be`)
  return 0
}

async function run({ bench, rounds, json }: Command): Promise<number> {
  const machine = describeMachine()
  console.log(formatHeading(bench, machine))
  const measured: Measured[] = []
  // One after the other: two at once would take time from each other.
  for (const start of runtimes) {
    const result = await measureIn(await start(bench), bench, rounds)
    console.log(`\n${formatMeasured(result)}`)
    measured.push(result)
  }
  const verdicts = bench.goals.map((goal) => judge(goal, measured))
  console.log(['', ...verdicts.map(formatVerdict)].join('\n'))
  if (json !== undefined) {
    await writeFile(json, formatJson({ bench: bench.name, machine, measured, verdicts }))
  }
  return verdicts.every(({ barMet }) => barMet) ? 0 : 1
}

async function measureIn(runtime: Runtime, bench: Bench, rounds: number): Promise<Measured> {
  const { name, version, timing } = runtime
  try {
    const result = { runtime: name, version, timing, rounds, ...(await measure(runtime, rounds)) }
    return name === 'node' && bench.measuresHeap ? await withHeap(result, bench) : result
  } finally {
    await runtime.close()
  }
}

/** The rounds one by one are left out: only the ratios within them count, and those are there. */
function formatJson(run: object): string {
  return `${JSON.stringify(run, (key, value) => (key === 'times' ? undefined : value), 2)}\n`
}

function parse(args: readonly string[]): Command | { readonly prove: true } | { readonly problem: string } {
  if (args.length === 1 && args[0] === '--prove') return { prove: true }
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { rounds: { type: 'string', default: String(ROUNDS) }, json: { type: 'string' } },
    })
    const [name, ...more] = positionals
    const bench = benches.find((one) => one.name === name)
    const rounds = Number(values.rounds)
    if (name === undefined || more.length > 0) return { problem: 'one bench at a time' }
    if (!bench) {
      const known = [...benches.map((one) => one.name), LINEAR].join(', ')
      return { problem: `there is no bench ${JSON.stringify(name)}; there is: ${known}` }
    }
    if (!Number.isSafeInteger(rounds) || rounds < 1) return { problem: '--rounds is a number, 1 or more' }
    return { bench, rounds, json: values.json }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
