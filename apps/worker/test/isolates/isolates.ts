import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Send } from '@doorward/hono/testing'
import { inject } from 'vitest'
import type { AllVariables, HostSettings, Ports, Variables } from './host-settings.ts'
import { type Name, ORIGIN } from './names.ts'
import type { ProbeAnswer, ProbeCalls } from './probe-calls.ts'
import { sendTo } from './sockets.ts'

/** One of the isolates, as it is reached over sockets. */
export interface Isolate {
  /** Asks the worker. */
  readonly send: Send
  /** Asks one of the isolate's parts; see entry.ts. Rejects when that fails. */
  probe<Call extends keyof ProbeCalls>(
    call: Call,
    input: ProbeCalls[Call]['input'],
  ): Promise<ProbeCalls[Call]['output'] | undefined>
}

/** Workers that share one set of Durable Objects and one KV namespace, in one workerd, over one folder. */
export interface Isolates {
  /** Starts them, again as well: over what is stored. */
  start(): Promise<void>
  /** An isolate that runs. */
  of(name: Name): Isolate
  /** Kills workerd and all that belongs to it, in the middle of whatever it does. */
  kill(): Promise<void>
  /** Kills what runs, if anything does, and removes the folder. */
  end(): Promise<void>
}

/** How long workerd may take to start or to be gone, in milliseconds. */
const PATIENCE = 20_000

/** What a Worker has where a test does not care. */
export const ordinary: Variables = { DOORWARD_SECRET: 'a-secret-for-tests-and-for-nothing-else' }

/** Nothing runs before `start`; whoever calls this sees to it that `end` is called. */
export function createIsolates(variables: AllVariables): Isolates {
  let folder: string | undefined
  let host: ChildProcess | undefined
  let ports: Readonly<Record<Name, Ports>> | undefined
  let running: ReadonlyMap<string, Isolate> = new Map()

  async function kill(): Promise<void> {
    if (host?.pid === undefined) return
    killGroup(host.pid)
    for (const { site } of Object.values(ports ?? {})) await untilNobodyListens(site)
    host = ports = undefined
  }

  return {
    async start() {
      folder ??= await mkdtemp(join(tmpdir(), 'doorward-isolates-'))
      host = spawnHost({
        script: inject('workerScript'),
        compatibilityDate: inject('workerCompatibilityDate'),
        folder,
        variables,
      })
      ports = await readyOf(host)
      running = new Map(Object.entries(ports).map(([name, listening]) => [name, isolateAt(listening)]))
    },

    of(name) {
      const isolate = running.get(name)
      if (!isolate) throw new Error('the isolates do not run')
      return isolate
    },

    kill,

    async end() {
      await kill()
      if (folder !== undefined) await rm(folder, { recursive: true, maxRetries: 5 })
    },
  }
}

/** In a process group of its own: workerd is a child of the program and must not survive it. */
function spawnHost(settings: HostSettings): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, 'host.ts')], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Killed as it is, it removes nothing itself: whatever it makes is to be in the folder.
    env: { ...process.env, TMPDIR: settings.folder, DOORWARD_SETTINGS: JSON.stringify(settings) },
  })
}

async function readyOf(host: ChildProcess): Promise<Readonly<Record<Name, Ports>>> {
  const ready = once(host, 'message', { signal: AbortSignal.timeout(PATIENCE) })
  const gone = once(host, 'exit').then(([code]) => {
    throw new Error(`the isolates' program ended with ${code}`)
  })
  // Of these two, the later one is of no interest.
  for (const outcome of [ready, gone]) outcome.catch(() => undefined)
  const [ports] = await Promise.race([ready, gone])
  return ports as Readonly<Record<Name, Ports>>
}

function isolateAt({ site, probe }: Ports): Isolate {
  const sendToProbe = sendTo(probe)
  return {
    send: sendTo(site),
    async probe<Call extends keyof ProbeCalls>(call: Call, input: ProbeCalls[Call]['input']) {
      const body = JSON.stringify({ call, input })
      const response = await sendToProbe(new Request(ORIGIN, { method: 'POST', body }))
      if (!response.ok) throw new Error(`"${call}" failed: ${await response.text()}`)
      return ((await response.json()) as ProbeAnswer<Call>).result
    },
  }
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch (error) {
    // Gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** A signal is on its way for a moment, and two workerds must never have the same folder open. */
async function untilNobodyListens(port: number): Promise<void> {
  const limit = Date.now() + PATIENCE
  while (await isListening(port)) {
    if (Date.now() > limit) throw new Error('workerd survived')
    await sleep(10)
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const answer = (listening: boolean) => {
      socket.destroy()
      resolve(listening)
    }
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
  })
}
