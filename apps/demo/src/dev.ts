import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { BaseUrl, CompiledConfiguration } from '@doorward/core'
import { generateServiceProviderKeys } from '@doorward/core/saml'
import { type Settings, writeCompiled } from 'doorward'
import { banner } from './banner.ts'
import { loadConfiguration, watchFile } from './configuration-file.ts'
import { demoClient, demoServiceProvider, writeDemoConfiguration } from './demo-configuration.ts'
import { eventLine } from './event-line.ts'
import { buildLoginPage } from './login-page.ts'
import { type DevOptions, readOptions } from './options.ts'
import { createProcesses, type Processes } from './processes.ts'
import { samlKeysHint } from './saml-keys-hint.ts'

/** How long the worker may take for its first answer, in milliseconds. */
const HEALTH_LIMIT = 15_000

const say = (text: string): void => console.log(text)

/**
 * `pnpm dev`: everything that a first login needs, until somebody stops it.
 *
 * @returns the exit code: 0 after Ctrl-C or a signal, 1 when something could not be started or ended by itself
 */
export async function dev(env: NodeJS.ProcessEnv): Promise<number> {
  const startedAt = performance.now()
  const options = readOptions(env)
  if ('problem' in options) return refuse(options.problem)
  if (!(await isFree(options.port))) {
    return refuse(
      `port ${options.port} is in use. Stop what uses it, or choose another: PORT=${options.port + 1}`,
    )
  }
  const stopped = stopSignal()
  const processes = createProcesses(await childEnvironment(options, env))
  const watching = new AbortController()
  try {
    const started = await Promise.race([start(options, processes, env), stopped])
    if (started === 0) return 0
    if (!started) return refuse('nothing was started: the configuration has errors')
    const { source } = settingsOf(options)
    if (source.kind === 'file') watchFile(source.path, watching.signal, () => void reload(options))
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    say(banner(options, started, { source, seconds }))
    const ended = await Promise.race([processes.ended, stopped])
    return ended === 0 ? 0 : refuse(ended)
  } catch (error) {
    return refuse((error as Error).message)
  } finally {
    watching.abort()
    await processes.stop()
  }
}

/** @returns the configuration that is in use, or undefined when its errors were said and nothing runs */
async function start(
  options: DevOptions,
  processes: Processes,
  env: NodeJS.ProcessEnv,
): Promise<CompiledConfiguration | undefined> {
  const { port, workFolder } = options
  if (options.source === undefined) await startDemoProviders(options, processes)
  const configuration = await load(options)
  if (!configuration) return undefined
  await writeCompiled(configuration, compiledPathOf(options))

  say('Building the login page …')
  await buildLoginPage(env)
  say('Starting the worker …')
  const worker = await processes.start({
    name: 'the worker',
    module: ownModule('worker/process.ts'),
    settings: { port, compiledPath: compiledPathOf(options), statePath: join(workFolder, 'state') },
    onLine(line) {
      const text = eventLine(line)
      if (text !== undefined) say(text)
    },
  })
  if (!(await isHealthy(worker.ready))) throw new Error(`the worker does not answer. ${worker.lastWords()}`)
  return configuration
}

async function startDemoProviders(options: DevOptions, processes: Processes): Promise<void> {
  const client = demoClient(options.baseUrl)
  const [openId, saml] = await Promise.all([
    processes.start({
      name: 'the demo identity provider',
      module: ownModule('idp/process.ts'),
      settings: client,
    }),
    processes.start({
      name: 'the demo SAML identity provider',
      module: ownModule('saml-idp/process.ts'),
      settings: demoServiceProvider(options.baseUrl),
    }),
  ])
  const providers = { issuer: openId.ready, client, entityId: saml.ready }
  await writeDemoConfiguration(demoPathOf(options), providers)
}

/** The build tool calls a worker ready whose code it could not build. */
async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(HEALTH_LIMIT) })).ok
  } catch {
    return false
  }
}

/** Takes a saved change into use, or says why not and leaves things as they are. */
async function reload(options: DevOptions): Promise<void> {
  const configuration = await load(options)
  if (!configuration) return say('The last good configuration stays in use.')
  await writeCompiled(configuration, compiledPathOf(options))
  say('The configuration was changed: in use within a second.')
}

/** @returns the configuration, or undefined when it can not be used; says what a person should know of it */
async function load(options: DevOptions): Promise<CompiledConfiguration | undefined> {
  const configuration = await loadConfiguration(settingsOf(options), say)
  // The demo has keys of its own.
  if (configuration && options.source !== undefined) {
    for (const line of samlKeysHint(configuration, options.env, options.baseUrl)) say(line)
  }
  return configuration
}

function settingsOf(options: DevOptions): Settings {
  const { source = { kind: 'file', path: demoPathOf(options) }, baseUrl, env } = options
  return { source, baseUrl, env }
}

function demoPathOf({ workFolder }: DevOptions): string {
  return join(workFolder, 'auth_config.yml')
}

function compiledPathOf({ workFolder }: DevOptions): string {
  return join(workFolder, 'configuration.json')
}

function ownModule(path: string): string {
  return join(import.meta.dirname, path)
}

/** Secrets of this start's own, and no calls home. */
async function childEnvironment(
  { source, baseUrl }: DevOptions,
  env: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
  return {
    ...env,
    DOORWARD_SECRET: env['DOORWARD_SECRET'] || randomBytes(32).toString('base64url'),
    // Somebody's own identity provider knows one certificate, and a new one at every start would be of no use there.
    ...(source === undefined && { DOORWARD_SAML_KEYS: await makeSamlKeys(baseUrl) }),
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  }
}

async function makeSamlKeys(baseUrl: BaseUrl): Promise<string> {
  const keys = await generateServiceProviderKeys({ host: new URL(baseUrl).hostname, now: Date.now() })
  return keys.reveal()
}

/** Resolves with the exit code at the first request to stop. */
function stopSignal(): Promise<0> {
  return new Promise((resolve) => {
    let asked = false
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        // npx and pnpm may pass a signal on that the group has already received.
        if (asked) return
        asked = true
        resolve(0)
      })
    }
  })
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

function refuse(problem: string): number {
  console.error(`\nDoorward: ${problem}\n`)
  return 1
}
