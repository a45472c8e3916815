import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { Miniflare } from 'miniflare'
import type { HostSettings, Ports } from './host-settings.ts'
import { NAMES, type Name } from './names.ts'

/**
 * A program that runs one workerd with the same worker several times, as if its isolates were in several places: they
 * share Durable Objects and KV, which are kept in a folder, and nothing else. Tells its parent where they listen, and
 * is gone with all its group when its parent is.
 */
const { script, folder, compatibilityDate, variables } = JSON.parse(
  process.env['DOORWARD_SETTINGS'] ?? '{}',
) as HostSettings

process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'))

const durableObject = (exportName: string) =>
  ({ type: 'durable-object', worker: NAMES[0], exportName }) as const

const names = Object.keys(variables) as Name[]
const contents = readFileSync(script, 'utf8')

const miniflare = new Miniflare({
  host: '127.0.0.1',
  port: 0,
  cf: false,
  telemetry: { enabled: false },
  enableDevRegistry: false,
  resourcePersistencePath: join(folder, 'state'),
  // What the worker refuses it says in its answers; what it did not expect is worth a line.
  handleStructuredLogs: ({ level, message }) => {
    if (level === 'error') console.error(message)
  },
  workers: names.map((name, index) => ({
    config: {
      name,
      compatibilityDate,
      manifest: { mainModule: 'worker.js', modules: { 'worker.js': { type: 'esm', contents } } },
      env: {
        STATE: { type: 'kv', id: 'state' },
        LEDGER: durableObject('LedgerObject'),
        SESSIONS: durableObject('SessionStoreObject'),
        CONFIGURATION: durableObject('ConfigurationObject'),
        ...Object.fromEntries(
          Object.entries(variables[name] ?? {}).map(([variable, value]) => [
            variable,
            { type: 'text', value },
          ]),
        ),
      },
      exports:
        index === 0
          ? {
              LedgerObject: { type: 'durable-object', storage: 'sqlite' },
              SessionStoreObject: { type: 'durable-object', storage: 'sqlite' },
              ConfigurationObject: { type: 'durable-object', storage: 'sqlite' },
            }
          : {},
    },
    dev: {
      unsafeDirectSockets: [
        { host: '127.0.0.1', port: 0 },
        { host: '127.0.0.1', port: 0, entrypoint: 'Probe' },
      ],
    },
  })),
})

const portOf = async (name: Name, entrypoint?: string): Promise<number> =>
  Number((await miniflare.unsafeGetDirectURL(name, entrypoint)).port)

const ports: [Name, Ports][] = []
for (const name of names) ports.push([name, { site: await portOf(name), probe: await portOf(name, 'Probe') }])
process.send?.(Object.fromEntries(ports))
