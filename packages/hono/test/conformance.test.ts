import type { SsoEvent } from '@doorward/core'
import {
  createMemoryDocumentCache,
  createMemoryLedger,
  createMemoryLimiter,
  createMemorySessionStore,
  Secret,
  systemClock,
} from '@doorward/core'
import { parseBaseUrl } from '@doorward/core/config'
import type { Listener } from '@doorward/testkit/node'
import { afterAll, beforeAll, describe } from 'vitest'
import { doorward } from '../src/index.ts'
import { configurationOf } from './configured.ts'
import { ORIGIN } from './conformance/registration.ts'
import { openStage } from './conformance/stage/stage.ts'
import { type ConformanceHost, conformanceSuite } from './conformance/suite.ts'

let stage: Listener

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

describe('conformance, on Node', () => {
  conformanceSuite(() => ({ stage: stage.url, install }))
})

const install: ConformanceHost['install'] = (configuration) => {
  const parsed = parseBaseUrl(ORIGIN)
  if ('problem' in parsed) throw new Error(parsed.problem)
  const events: SsoEvent[] = []
  const app = doorward({
    configuration: configurationOf(configuration, parsed.baseUrl),
    secrets: [new Secret('a secret for tests, not for anything else')],
    ledger: createMemoryLedger(systemClock),
    sessions: createMemorySessionStore(systemClock),
    documents: createMemoryDocumentCache(systemClock),
    limiter: createMemoryLimiter(0, systemClock),
    events: { emit: (event) => events.push(event) },
    fetch: (url, init) => fetch(url, init),
    clock: systemClock,
    clientAddress: () => '',
  })
  return { send: async (request) => app.fetch(request), events }
}
