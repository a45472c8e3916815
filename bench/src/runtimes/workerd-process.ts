import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(import.meta.url)

/** What the package `workerd` exports: it has no types of its own. */
const { default: program, version } = require('workerd') as {
  readonly default: string
  readonly version: string
}

/** Which workerd this is: its number ends with the date it was built on. */
export const workerdVersion = version

/** As the Worker in apps/worker has it. */
const COMPATIBILITY_DATE = '2026-08-01'

function configurationOf(flags: readonly string[]): string {
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "bench", worker = .bench)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "bench")],
);
const bench :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "${COMPATIBILITY_DATE}",
  compatibilityFlags = ${JSON.stringify(flags)},
);
`
}

/** Longer than workerd ever takes to start, in milliseconds. */
const START_LIMIT = 30_000

/**
 * Starts workerd with the Worker `worker.js` of a folder.
 *
 * @param flags workerd's compatibility flags
 * @returns where it listens, and how to end it
 */
export async function startProcess(
  folder: string,
  flags: readonly string[],
): Promise<{ url: string; stop(): Promise<void> }> {
  const configuration = join(folder, 'workerd.capnp')
  await writeFile(configuration, configurationOf(flags))
  const child = spawn(program, ['serve', configuration, '--control-fd=3'], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  })
  const end = (): boolean => child.kill()
  process.once('exit', end)
  const stop = async (): Promise<void> => {
    process.removeListener('exit', end)
    if (child.exitCode !== null || child.signalCode !== null) return
    end()
    await once(child, 'exit')
  }
  try {
    return { url: `http://127.0.0.1:${await portOf(child)}/`, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Waits until it says which port it was given. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('workerd does not start')), START_LIMIT)
    const fail = (reason: Error): void => {
      clearTimeout(timer)
      reject(reason)
    }
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`workerd ended with code ${code}`)))
    child.stdio[3]?.once('data', (line: Buffer) => {
      clearTimeout(timer)
      const { port } = JSON.parse(line.toString()) as { port: number }
      resolve(port)
    })
  })
}
