import { loadConfiguration, SECRET_MIN_LENGTH, Secret, SsoError, systemClock } from '@doorward/core'
import { doorward } from '@doorward/hono'
import compiled from '#configuration'
import { clientAddress } from './adapters/client-address.ts'
import { consoleEvents } from './adapters/console-events.ts'
import { createKvDocumentCache } from './adapters/kv-document-cache.ts'
import { createRateLimiter } from './adapters/rate-limit.ts'
import { createDurableLedger, type LedgerObject } from './objects/ledger.ts'
import { createDurableSessionStore, type SessionStoreObject } from './objects/session-store.ts'

/** What wrangler.jsonc binds. */
export interface Env {
  readonly STATE: KVNamespace
  readonly LEDGER: DurableObjectNamespace<LedgerObject>
  readonly SESSIONS: DurableObjectNamespace<SessionStoreObject>
  readonly LIMITER: RateLimit
  /** One secret, or several with white space between them, newest first. */
  readonly DOORWARD_SECRET: string
}

/**
 * The only reader of `env`: makes ports of the bindings and an app of the ports.
 *
 * @throws SsoError `installation_invalid` when a secret is missing or the configuration does not fit this version
 */
export function compose(env: Env): ReturnType<typeof doorward> {
  return doorward({
    configuration: loadConfiguration(compiled),
    secrets: readSecrets(env.DOORWARD_SECRET),
    ledger: createDurableLedger(env.LEDGER),
    sessions: createDurableSessionStore(env.SESSIONS),
    documents: createKvDocumentCache(env.STATE),
    limiter: createRateLimiter(env.LIMITER),
    events: consoleEvents,
    fetch: (url, init) => fetch(url, init),
    clock: systemClock,
    clientAddress,
  })
}

function readSecrets(text: string | undefined): Secret[] {
  const secrets = (text ?? '').split(/\s+/).filter((secret) => secret !== '')
  if (secrets.length === 0 || secrets.some((secret) => secret.length < SECRET_MIN_LENGTH)) {
    throw new SsoError(
      'installation_invalid',
      `DOORWARD_SECRET is missing or shorter than ${SECRET_MIN_LENGTH} characters: set it with "wrangler secret put DOORWARD_SECRET"`,
    )
  }
  return secrets.map((secret) => new Secret(secret))
}
