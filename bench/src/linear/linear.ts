import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { createCertificate } from '../benches/saml/input/certificate.ts'
import { describeMachine } from '../machine.ts'
import { median } from '../statistics.ts'
import { formatNumber, formatTable } from '../table.ts'
import { familiesWith } from './families.ts'
import type { Family } from './family.ts'
import { drawGraph } from './graph.ts'
import { outcomeOf } from './readers.ts'

export const LINEAR = 'saml-linear'
export const LINEAR_TITLE = 'SAML: does what an attacker sends take longer than it is long?'

/** One size of one family. */
export interface Point {
  readonly bytes: number
  /** Of the processor's time, in milliseconds: the median of the rounds. */
  readonly milliseconds: number
  /** `read`, or the code of the refusal. */
  readonly outcome: string
}

/** What came of a family. */
export interface Growth {
  readonly name: string
  readonly danger: string
  readonly points: readonly Point[]
  /** 1: twice the size takes twice the time; 2: four times the time. Of the upper half of the sizes. */
  readonly exponent: number
  readonly isBarMet: boolean
}

/** Must: more than this is not linear. What does not fit into a cache any more costs something too. */
const BAR = 1.25

/** Each is half of the next. */
const SIZES = 8

/** A size that takes less time is fed more than once, in milliseconds. */
const LEAST = 4

const ROUNDS = 9

/** How often a family is measured that seems to grow faster. */
const TRIALS = 3

/**
 * Takes the time of inputs that are made to take as long as they can, over their size, and says whether it grows with it
 * and no faster.
 *
 * @returns the exit code: 1 when something grows faster, 2 when misused
 */
export async function runLinear(args: readonly string[]): Promise<number> {
  const command = parse(args)
  if ('problem' in command) {
    console.error(`${command.problem}\nUsage: pnpm bench ${LINEAR} [--rounds N] [--results FOLDER]`)
    return 2
  }
  const machine = describeMachine()
  console.log(
    `${LINEAR_TITLE}\n${machine.date}, ${machine.cpu}, ${machine.system}, load ${machine.load.toFixed(1)}\n`,
  )
  const growths: Growth[] = []
  for (const family of await families()) {
    let growth = await growthOf(family, command.rounds)
    // What else the machine does can only add to it, and more where more memory is in use.
    for (let trial = 1; trial < TRIALS && !growth.isBarMet; trial++)
      growth = await growthOf(family, command.rounds)
    growths.push(growth)
  }
  console.log(table(growths))
  if (command.results !== undefined) {
    const run = { bench: LINEAR, machine, node: process.version, rounds: command.rounds, bar: BAR, growths }
    await writeFile(`${command.results}/${LINEAR}.json`, `${JSON.stringify(run, null, 2)}\n`)
    await writeFile(`${command.results}/${LINEAR}.svg`, drawGraph(growths))
  }
  return growths.every(({ isBarMet }) => isBarMet) ? 0 : 1
}

/** Whether each is read or refused as it should be. Takes no time. @throws Error when one is not */
export async function proveLinear(): Promise<number> {
  const all = await families()
  const wrong: string[] = []
  for (const family of all) {
    for (const bytes of [sizesOf(family)[0] ?? 0, family.limit]) {
      const outcome = await outcomeOf(family.reader, inputOf(family, bytes))
      if (family.fate !== 'depends' && outcome !== family.fate) {
        wrong.push(`${LINEAR}: "${family.name}" of ${bytes} bytes: ${outcome} and not ${family.fate}`)
      }
    }
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  return all.length
}

async function families(): Promise<readonly Family[]> {
  const keys = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
    },
    true,
    ['sign', 'verify'],
  )
  return familiesWith(await createCertificate(keys))
}

async function growthOf(family: Family, rounds: number): Promise<Growth> {
  const points = await measure(family, rounds)
  const exponent = exponentOf(points)
  return { name: family.name, danger: family.danger, points, exponent, isBarMet: exponent <= BAR }
}

/** Doubling, up to the limit. */
function sizesOf({ limit }: Family): readonly number[] {
  return Array.from({ length: SIZES }, (_, index) => Math.floor(limit / 2 ** (SIZES - 1 - index)))
}

/** @throws Error where it is longer than is read at all: then nothing about it is measured */
function inputOf(family: Family, bytes: number): Uint8Array<ArrayBuffer> {
  const input = new TextEncoder().encode(family.make(bytes))
  if (input.length > family.limit + 16 * 1024)
    throw new Error(`${family.name}: ${input.length} bytes are too many`)
  return input
}

/** All sizes take turns, so that what else the machine does meets them alike. */
async function measure(family: Family, rounds: number): Promise<readonly Point[]> {
  const inputs = sizesOf(family).map((bytes) => ({ input: inputOf(family, bytes), times: [] as number[] }))
  for (let round = -2; round < rounds; round++) {
    for (const { input, times } of inputs) {
      const time = await timeOf(family, input)
      // Two rounds to warm up.
      if (round >= 0) times.push(time)
    }
  }
  return Promise.all(
    inputs.map(async ({ input, times }) => ({
      bytes: input.length,
      milliseconds: median(times),
      outcome: await outcomeOf(family.reader, input),
    })),
  )
}

/**
 * Of the processor's time, for this thread: what other processes take does not count, nor the threads that collect
 * garbage beside it, which do more of that the more there is at once.
 */
async function timeOf({ reader }: Family, input: Uint8Array<ArrayBuffer>): Promise<number> {
  const before = process.threadCpuUsage()
  for (let calls = 1; ; calls++) {
    await outcomeOf(reader, input)
    const { user, system } = process.threadCpuUsage(before)
    const milliseconds = (user + system) / 1000
    if (milliseconds >= LEAST) return milliseconds / calls
  }
}

/** The slope of the line that fits best, of log time over log size, in the upper half. */
function exponentOf(points: readonly Point[]): number {
  const upper = points.slice(Math.floor(points.length / 2))
  const logs = upper.map(({ bytes, milliseconds }) => [Math.log(bytes), Math.log(milliseconds)] as const)
  const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const x = meanOf(logs.map(([size]) => size))
  const y = meanOf(logs.map(([, time]) => time))
  const covariance = meanOf(logs.map(([size, time]) => (size - x) * (time - y)))
  return covariance / meanOf(logs.map(([size]) => (size - x) ** 2))
}

function table(growths: readonly Growth[]): string {
  const rows = growths.map(({ name, points, exponent, isBarMet }) => {
    const last = points.at(-1)
    return [
      name,
      last?.outcome ?? '',
      `${Math.round((last?.bytes ?? 0) / 1024)}`,
      formatNumber(last?.milliseconds ?? 0),
      formatNumber(((last?.milliseconds ?? 0) * 1e6) / (last?.bytes ?? 1)),
      `${exponent.toFixed(2)} ${isBarMet ? '✓' : '✗'}`,
    ]
  })
  return formatTable(['input', 'largest is', 'KB', 'ms', 'ns a byte', 'exponent'], rows)
}

function parse(
  args: readonly string[],
): { readonly rounds: number; readonly results: string | undefined } | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { rounds: { type: 'string', default: String(ROUNDS) }, results: { type: 'string' } },
    })
    const rounds = Number(values.rounds)
    if (!Number.isSafeInteger(rounds) || rounds < 1) return { problem: '--rounds is a number, 1 or more' }
    return { rounds, results: values.results }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
