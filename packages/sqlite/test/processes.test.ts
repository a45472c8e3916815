import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSqliteState } from '../src/node.ts'
import { hosts, program } from './hosts.ts'

const KEYS = 400
let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorward-sqlite-'))
  file = join(folder, 'state.db')
})
afterEach(() => rm(folder, { recursive: true }))

interface Contender {
  readonly process: ChildProcess
  /** The keys it won, in the end. */
  readonly won: Promise<string[]>
  /** Null when it was killed. */
  readonly exitCode: Promise<number | null>
}

/** Starts a contender in a process group of its own: some hosts are started by a script that would survive. */
function start([command, ...args]: readonly [string, ...string[]]): Contender {
  const child = spawn(command, [...args, program('contender.ts'), file, String(KEYS)], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const won = new Promise<string[]>((resolve) => {
    // A line without its end was cut off by a kill.
    child.once('close', () => resolve(output.split('\n').slice(0, -1)))
  })
  const exitCode = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { process: child, won, exitCode }
}

async function expectAllUsed(): Promise<void> {
  const { ledger, close } = openSqliteState(file)
  const again = await Promise.all(
    Array.from({ length: KEYS }, (_, key) =>
      ledger.claim('contest', [`also ${key}`, 'x'], Date.now() + 60_000),
    ),
  )
  close()
  expect(again).not.toContain(true)
}

it('lets each key be won once by processes of all hosts that share a file', async () => {
  const contenders = [...Object.values(hosts), hosts.Node].map(start)
  const won = (await Promise.all(contenders.map((contender) => contender.won))).flat()
  const exitCodes = await Promise.all(contenders.map(({ exitCode }) => exitCode))
  expect(exitCodes).toEqual(contenders.map(() => 0))
  expect(won.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: KEYS }, (_, key) => key))
  await expectAllUsed()
}, 60_000)

it('keeps what was won when a process is killed in the middle, and another takes over', async () => {
  const first = start(hosts.Node)
  await new Promise((resolve) => first.process.stdout?.once('data', resolve))
  process.kill(-(first.process.pid ?? 0), 'SIGKILL')
  const before = await first.won
  const after = await start(hosts.Node).won
  expect(before.length).toBeGreaterThan(0)
  expect(before.length).toBeLessThan(KEYS)
  expect(after.filter((key) => before.includes(key))).toEqual([])
  // The one that was claimed as the process died may have had no time to be printed.
  expect(before.length + after.length).toBeGreaterThanOrEqual(KEYS - 1)
  await expectAllUsed()
}, 60_000)
