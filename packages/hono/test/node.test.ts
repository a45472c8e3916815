import {
  createMemoryDocumentCache,
  createMemoryLedger,
  createMemoryLimiter,
  createMemorySessionStore,
  Secret,
  type SsoEvent,
  systemClock,
} from '@doorward/core'
import { parseBaseUrl, parseConfiguration } from '@doorward/core/config'
import { type Listener, listen } from '@doorward/testkit/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doorward } from '../src/index.ts'
import { loginSuite } from './login-suite.ts'
import { createProviders, type Providers, suiteConfiguration } from './providers.ts'

const origin = 'http://localhost:8787'
const events: SsoEvent[] = []
let providers: Providers
let listener: Listener
let app: ReturnType<typeof doorward>

function createApp(rateLimits: boolean, limit: number): ReturnType<typeof doorward> {
  const parsed = parseBaseUrl(origin)
  if ('problem' in parsed) throw new Error(parsed.problem)
  // The discard port: nobody listens there.
  const input = suiteConfiguration(listener.url, 'http://127.0.0.1:9')
  const { configuration } = parseConfiguration(input, parsed.baseUrl)
  return doorward({
    configuration: { ...configuration, rateLimits },
    secrets: [new Secret('a secret for tests, not for anything else')],
    ledger: createMemoryLedger(systemClock),
    sessions: createMemorySessionStore(),
    documents: createMemoryDocumentCache(systemClock),
    limiter: createMemoryLimiter(limit, systemClock),
    events: { emit: (event) => events.push(event) },
    fetch: (url, init) => fetch(url, init),
    clock: systemClock,
    clientAddress: (request) => request.headers.get('x-test-address') ?? '',
  })
}

beforeAll(async () => {
  listener = await listen(async (url) => {
    providers = await createProviders(url)
    return providers
  })
  app = createApp(false, 0)
})

afterAll(() => listener.close())

describe('on Node', () => {
  loginSuite(() => ({
    origin,
    send: async (request) => app.fetch(request),
    tokenRequests: async () => providers.good.requests.count('token'),
  }))

  it('writes no personal data, no token and no secret into its events', () => {
    expect(events.length).toBeGreaterThan(50)
    const text = JSON.stringify(events)
    for (const word of [
      '@',
      'user-1',
      'User One',
      'engineering',
      'eyJ',
      'test-only-client-secret',
      'a secret for',
    ]) {
      expect(text).not.toContain(word)
    }
    expect(events.filter(({ type }) => type === 'fault')).toEqual([])
  })

  it('names the precise reason in its events under the request id that the person sees', async () => {
    const response = await app.request(
      '/api/auth/oidc/acme/login/callback/?code=x&state=AAAAAAAAAAAAAAAAAAAAAA',
    )
    const requestId = response.headers.get('x-request-id')
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'login.refused',
        requestId,
        connection: 'acme',
        code: 'transaction_missing',
      }),
    )
  })

  it('slows down an address that asks too often, and no other', async () => {
    const limited = createApp(true, 3)
    const ask = (address: string) =>
      limited.request('/api/auth/sso/login-url/?email=a@acme.example', {
        headers: { 'x-test-address': address },
      })
    const statuses = []
    for (let i = 0; i < 4; i++) statuses.push((await ask('192.0.2.1')).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await ask('192.0.2.2')).status).toBe(200)
  })
})
