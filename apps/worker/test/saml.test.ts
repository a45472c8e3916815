import { env } from 'cloudflare:test'
import { systemClock } from '@doorward/core'
import { createSamlHost, samlSuite } from '@doorward/hono/testing'
import { describe } from 'vitest'
import type { Env } from '../src/composition.ts'
import { createDurableLedger } from '../src/objects/ledger.ts'
import { createDurableSessionStore } from '../src/objects/session-store.ts'

const bindings = env as unknown as Env

describe('around a login by SAML, in workerd with Durable Objects', () => {
  samlSuite((options) =>
    createSamlHost({
      ledger: createDurableLedger(bindings.LEDGER, systemClock),
      sessions: createDurableSessionStore(bindings.SESSIONS, systemClock),
      ...options,
    }),
  )
})
