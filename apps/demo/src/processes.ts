import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** How long a process may take to end before it is killed, in milliseconds. */
const STOP_LIMIT = 5000

/** How long a process may take until it is ready, in milliseconds: slow machines exist. */
const READY_LIMIT = 60_000

/** How many of its last lines are kept of what a process printed. */
const KEPT_LINES = 20

/** What to start. */
interface ProcessDescription {
  /** What a person calls it. */
  readonly name: string
  /** One of our modules. */
  readonly module: string
  /** What it is told, in DOORWARD_SETTINGS. */
  readonly settings: object
  /** Takes every line that it prints. */
  readonly onLine?: (line: string) => void
}

/** A process of ours that said it is ready. */
interface StartedProcess {
  /** What it said: the address at which it answers. */
  readonly ready: string
  /** Its name and the last that it printed, to explain a failure. */
  lastWords(): string
}

/** The processes of one launch: started together, ended together. */
export interface Processes {
  /**
   * Starts one of our modules as a process and waits until it is ready. It stays in this process's group, so that a
   * signal to the group reaches all.
   *
   * @throws Error when it ends or takes too long instead
   */
  start(description: ProcessDescription): Promise<StartedProcess>
  /** Resolves with the last words of the first process that ends by itself. */
  readonly ended: Promise<string>
  /** Ends all; resolves when none is left. */
  stop(): Promise<void>
}

/** @param env what the processes see of the environment */
export function createProcesses(env: NodeJS.ProcessEnv): Processes {
  const running = new Set<ChildProcess>()
  const ended = Promise.withResolvers<string>()
  let stopping = false

  return {
    ended: ended.promise,

    async start({ name, module, settings, onLine }) {
      if (stopping) throw new Error('everything is being stopped')
      const child = spawn(process.execPath, [module], {
        // Not as an argument, which every user of the machine can read.
        env: { ...env, DOORWARD_SETTINGS: JSON.stringify(settings) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      running.add(child)
      const lines: string[] = []
      const lastWords = (): string => [`${name} said at last:`, ...lines].join('\n  ')
      for (const stream of [child.stdout, child.stderr]) {
        if (!stream) continue
        createInterface({ input: stream }).on('line', (line) => {
          lines.push(line)
          if (lines.length > KEPT_LINES) lines.shift()
          onLine?.(line)
        })
      }
      child.once('exit', () => {
        running.delete(child)
        if (!stopping) ended.resolve(`${name} ended by itself. ${lastWords()}`)
      })
      try {
        return { ready: await untilReady(child), lastWords }
      } catch (error) {
        throw new Error(`${name} could not be started: ${(error as Error).message}. ${lastWords()}`)
      }
    },

    async stop() {
      stopping = true
      await Promise.all(Array.from(running, stopOne))
    },
  }
}

function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('it took too long to start')), READY_LIMIT)
    child.once('message', (message) => {
      clearTimeout(limit)
      resolve((message as { readonly ready: string }).ready)
    })
    child.once('exit', (code) => {
      clearTimeout(limit)
      reject(new Error(`it ended with exit code ${code}`))
    })
  })
}

/** Asks a process to end by hanging up on it; what does not listen is killed. */
function stopOne(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT)
    child.once('exit', () => {
      clearTimeout(limit)
      resolve()
    })
    if (child.connected) child.disconnect()
  })
}
