import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const entry = join(import.meta.dirname, '../dev.mjs')

/** `pnpm dev` as a person would start it, in a process group of its own. */
export interface Launch {
  readonly url: string
  /** Everything that it printed so far. */
  readonly output: () => string
  /** Resolves once it printed `text`; fails loudly when it does not, or ends before. */
  sees(text: string): Promise<void>
  /** Sends a signal to the launcher alone, or to its whole group as Ctrl-C does. */
  signal(signal: NodeJS.Signals, to: 'launcher' | 'group'): void
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>
  /** The processes of its group that are alive now. */
  processes(): string[]
  /** Ends it if it still runs. */
  close(): Promise<void>
}

/**
 * @param env PORT is chosen unless it is given here
 * @param logPath a file that takes all that is printed, for tests in other processes
 */
export async function launch(env: Record<string, string> = {}, logPath?: string): Promise<Launch> {
  const port = env['PORT'] ?? String(await freePort())
  const child = spawn(process.execPath, [entry], {
    env: { ...process.env, PORT: port, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const group = child.pid ?? 0
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk)
      if (logPath !== undefined) appendFileSync(logPath, String(chunk))
    })
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))

  return {
    url: `http://localhost:${port}`,
    output: () => output,
    ended,
    sees: (text) =>
      until(
        () => output.includes(text),
        () => describe(child, text, output),
      ),
    signal: (signal, to) => process.kill(to === 'group' ? -group : group, signal),
    processes: () => processesOf(group),
    async close() {
      if (processesOf(group).length > 0) process.kill(-group, 'SIGINT')
      await until(
        () => processesOf(group).length === 0,
        () => `still running: ${processesOf(group)}`,
      )
    },
  }
}

/** Waits until `condition` holds, at most a minute. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  complaint: () => string,
): Promise<void> {
  const limit = Date.now() + 60_000
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(complaint())
    await sleep(25)
  }
}

/** A folder that is removed when the test's process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

function describe(child: ChildProcess, text: string, output: string): string {
  const state = child.exitCode === null ? 'it still runs' : `it ended with ${child.exitCode}`
  return `"${text}" was not printed; ${state}:\n${output}`
}

/** From /proc, so that grandchildren count that nobody told us about. */
function processesOf(group: number): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      // pid (name) state parent group …: the name may hold anything, so the fields are counted from its end.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [state, , groupId] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(groupId) === group && state !== 'Z'
    } catch {
      return false
    }
  })
}
