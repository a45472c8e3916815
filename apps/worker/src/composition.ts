import {
  type CompiledConfiguration,
  createSealer,
  loadConfiguration,
  MAX_SEALED_CONFIGURATION_LENGTH,
  PUSHED_CONFIGURATION_KEY,
  parseSigningKeys,
  SECRET_MIN_LENGTH,
  Secret,
  SsoError,
  systemClock,
} from '@doorward/core'
import { createServiceProvider, parseServiceProviderKeys } from '@doorward/core/saml'
import { doorward } from '@doorward/hono'
import deployed from '#configuration'
import { clientAddress } from './adapters/client-address.ts'
import { consoleEvents } from './adapters/console-events.ts'
import { createKvDocumentCache } from './adapters/kv-document-cache.ts'
import { createRateLimiter } from './adapters/rate-limit.ts'
import { CurrentApp } from './configuration/current-app.ts'
import { installationEvent } from './installation-event.ts'
import { type ConfigurationObject, createDurableKeptConfigurations } from './objects/configuration.ts'
import { createDurableLedger, type LedgerObject } from './objects/ledger.ts'
import { createDurableSessionStore, type SessionStoreObject } from './objects/session-store.ts'

/** What wrangler.jsonc binds. */
export interface Env {
  readonly STATE: KVNamespace
  readonly LEDGER: DurableObjectNamespace<LedgerObject>
  readonly SESSIONS: DurableObjectNamespace<SessionStoreObject>
  readonly CONFIGURATION: DurableObjectNamespace<ConfigurationObject>
  readonly LIMITER: RateLimit
  /** One secret, or several with white space between them: the first seals, all of them open. */
  readonly DOORWARD_SECRET: string
  /** What `doorward keygen signing-keys` prints; only needed for what others verify. */
  readonly DOORWARD_SIGNING_KEYS?: string
  /** What `doorward keygen saml-keys` prints; only needed to sign requests, to read what is encrypted, and for sign-out. */
  readonly DOORWARD_SAML_KEYS?: string
  /** The rest of it, where it was cut by `doorward keygen saml-keys --split`. */
  readonly DOORWARD_SAML_KEYS_2?: string
  readonly DOORWARD_SAML_KEYS_3?: string
  readonly DOORWARD_SAML_KEYS_4?: string
  /** What operators must bring, or several with white space between them; without it there are no calls for them. */
  readonly DOORWARD_OPERATOR_TOKEN?: string
}

/** Doorward's HTTP contract under one configuration. */
export type App = ReturnType<typeof doorward>

/**
 * The only reader of `env`, with `compose`: what this isolate answers with, as configurations come and go.
 *
 * @throws SsoError `installation_invalid` when the secret is missing
 */
export function currentApp(env: Env): CurrentApp<App> {
  const secrets = readSecrets('DOORWARD_SECRET', env.DOORWARD_SECRET)
  return new CurrentApp({
    deployed,
    make: (configuration) => compose(env, configuration),
    readPushed: () => readPushed(env.STATE),
    kept: createDurableKeptConfigurations(env.CONFIGURATION),
    sealer: createSealer(secrets),
    newestSealer: secrets.length > 1 ? createSealer(secrets.slice(0, 1)) : undefined,
    events: consoleEvents,
    clock: systemClock,
  })
}

/**
 * Makes ports of the bindings and an app of the ports.
 *
 * @throws SsoError `installation_invalid` when a secret is missing or the configuration does not fit this version
 */
export function compose(env: Env, configuration: CompiledConfiguration): App {
  const loaded = loadConfiguration(configuration, (name) => secretNamed(name, env))
  const { baseUrl, serviceProvider: description } = loaded
  const keys = ifUsable(samlKeysOf(env), (text) => parseServiceProviderKeys(new Secret(text)))
  return doorward({
    configuration: loaded,
    saml: (services) => createServiceProvider({ ...services, baseUrl, description, keys }),
    secrets: readSecrets('DOORWARD_SECRET', env.DOORWARD_SECRET),
    signingKeys: ifUsable(env.DOORWARD_SIGNING_KEYS, (text) => parseSigningKeys(new Secret(text))),
    operatorTokens: ifUsable(env.DOORWARD_OPERATOR_TOKEN, (text) =>
      readSecrets('DOORWARD_OPERATOR_TOKEN', text),
    ),
    ledger: createDurableLedger(env.LEDGER, systemClock),
    sessions: createDurableSessionStore(env.SESSIONS, systemClock),
    documents: createKvDocumentCache(env.STATE),
    limiter: createRateLimiter(env.LIMITER),
    events: consoleEvents,
    fetch: (url, init) => fetch(url, init),
    clock: systemClock,
    clientAddress,
  })
}

/** Bytes first: what is too large to be one of ours shall not become a text of twice its size. */
async function readPushed(state: KVNamespace): Promise<string | undefined> {
  const bytes = await state.get(PUSHED_CONFIGURATION_KEY, 'arrayBuffer')
  if (bytes === null) return undefined
  return bytes.byteLength > MAX_SEALED_CONFIGURATION_LENGTH ? TOO_LARGE : new TextDecoder().decode(bytes)
}

/** Stands for what is never opened. */
const TOO_LARGE = '(too large)'

/** What `${NAME}` in the configuration stands for: a secret of this Worker, and none of Doorward's own. */
function secretNamed(name: string, env: Env): string | undefined {
  const value: unknown = name.startsWith('DOORWARD_')
    ? undefined
    : (env as unknown as Record<string, unknown>)[name]
  return typeof value === 'string' ? value : undefined
}

/**
 * Whole, or in four parts: a secret of a Worker takes
 * [5 KB](https://developers.cloudflare.com/workers/platform/limits/#environment-variables), which is one key and no
 * more. Parts that are left from before do not count beside the whole.
 */
function samlKeysOf(env: Env): string {
  const { DOORWARD_SAML_KEYS: first = '' } = env
  if (first.trimEnd().endsWith(']}')) return first
  return [first, env.DOORWARD_SAML_KEYS_2, env.DOORWARD_SAML_KEYS_3, env.DOORWARD_SAML_KEYS_4].join('')
}

/**
 * What an installation can do without is off while its secret is unusable, and the log says so: a slip with one of them
 * must not stop every login.
 */
function ifUsable<T>(text: string | undefined, read: (text: string) => T): T | undefined {
  try {
    return text ? read(text) : undefined
  } catch (error) {
    consoleEvents.emit(installationEvent(error))
    return undefined
  }
}

/** One secret, or several with white space between them. */
function readSecrets(name: string, text: string | undefined): Secret[] {
  const secrets = (text ?? '').split(/\s+/).filter((secret) => secret !== '')
  if (secrets.length === 0 || secrets.some((secret) => secret.length < SECRET_MIN_LENGTH)) {
    throw new SsoError(
      'installation_invalid',
      `${name} is missing or shorter than ${SECRET_MIN_LENGTH} characters: "doorward keygen secret" makes one`,
    )
  }
  return secrets.map((secret) => new Secret(secret))
}
