import { spawn } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A program that serves until it is ended. */
interface ServerDescription {
  /** What a person calls it. */
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The file that takes all that it prints. */
  readonly logPath: string
  /** Answers with 2xx once it is ready. */
  readonly probe: string
  /** How long that may take, in milliseconds. */
  readonly limit: number
}

/** A server in a process group of its own. */
export interface Server {
  /** Ends the whole group; resolves when none of it is left. */
  stop(): Promise<void>
}

/** How long a group may take to end before it is killed, in milliseconds. */
const STOP_LIMIT = 10_000

/**
 * Starts a server and waits until it answers.
 *
 * @throws Error with the last that it printed, when it ends or takes too long instead
 */
export async function startServer(description: ServerDescription): Promise<Server> {
  const { name, program, args, env, logPath, probe, limit } = description
  const log = createWriteStream(logPath)
  await new Promise((resolve) => log.once('open', resolve))
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    detached: true,
    stdio: ['ignore', log, log],
  })
  let problem: string | undefined
  child.once('error', (error) => (problem = error.message))
  child.once('exit', (code, signal) => (problem ??= `it ended with ${code ?? signal}`))
  // Whatever ends this process, its servers end with it.
  const killGroup = (): void => void signalGroup(child.pid, 'SIGKILL')
  process.once('exit', killGroup)

  const server: Server = {
    async stop() {
      signalGroup(child.pid, 'SIGTERM')
      const deadline = Date.now() + STOP_LIMIT
      while (groupLives(child.pid)) {
        const late = Date.now() - deadline
        if (late > 0) killGroup()
        // What nobody reaps looks alive for ever.
        if (late > STOP_LIMIT) break
        await sleep(25)
      }
      process.removeListener('exit', killGroup)
      log.end()
    },
  }
  const deadline = Date.now() + limit
  while (!(await answers(probe))) {
    if (Date.now() > deadline) problem ??= `it does not answer at ${probe} within ${limit / 1000} s`
    if (problem !== undefined) {
      await server.stop()
      throw new Error(`${name}: ${problem}\n${lastLines(logPath)}`)
    }
    await sleep(100)
  }
  return server
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals | 0): boolean {
  try {
    return leader !== undefined && process.kill(-leader, signal)
  } catch {
    return false
  }
}

function groupLives(leader: number | undefined): boolean {
  return signalGroup(leader, 0)
}

function lastLines(path: string): string {
  return readFileSync(path, 'utf8').split('\n').slice(-30).join('\n')
}
