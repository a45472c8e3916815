import { join } from 'node:path'
import { unstable_startWorker as startWorker } from 'wrangler'
import { followParent } from '../child.ts'

/** What the launcher says to this process. */
export interface WorkerSettings {
  readonly port: number
  /** The compiled configuration; the worker is bundled anew whenever it changes. */
  readonly compiledPath: string
  /** Where KV and Durable Objects keep their data. */
  readonly statePath: string
}

// Wrangler is a process of its own, so that the launcher decides what of its output a person sees.
const { port, compiledPath, statePath } = JSON.parse(
  process.env['DOORWARD_SETTINGS'] ?? '{}',
) as WorkerSettings
/** Secrets that an installation can do without: those that the environment has. */
const bindings = Object.fromEntries(
  ['DOORWARD_SIGNING_KEYS', 'DOORWARD_SAML_KEYS', 'DOORWARD_OPERATOR_TOKEN'].flatMap((name) => {
    const value = process.env[name]
    return value ? [[name, { type: 'secret_text' as const, value }]] : []
  }),
)
const worker = await startWorker({
  config: join(import.meta.dirname, '../../../worker/wrangler.jsonc'),
  bindings,
  build: {
    // The launcher compiles, after it has checked; the command is for deploying.
    custom: { command: '' },
    alias: { '#configuration': compiledPath },
  },
  dev: {
    server: { hostname: '127.0.0.1', port },
    persist: statePath,
    inspector: false,
    watch: true,
    logLevel: 'log',
  },
})
followParent(() => worker.dispose())
await worker.ready
process.send?.({ ready: `http://127.0.0.1:${port}` })
