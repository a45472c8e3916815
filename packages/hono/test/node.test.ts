import { createMemoryLimiter, systemClock } from '@doorward/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loginSuite } from './login-suite.ts'
import { type Installation, install, type NodeHost } from './node-host.ts'

let installation: Installation
let host: NodeHost

beforeAll(async () => {
  installation = await install()
  host = installation.createHost()
})

afterAll(() => installation.close())

describe('on Node', () => {
  loginSuite(() => host)

  it('writes no personal data, no token and no secret into its events', () => {
    expect(host.events.length).toBeGreaterThan(50)
    const text = JSON.stringify(host.events)
    for (const word of [
      '@',
      'user-1',
      'User One',
      'engineering',
      'eyJ',
      'test-only-client-secret',
      'a secret for',
      'an-operator-token',
    ]) {
      expect(text).not.toContain(word)
    }
    expect(host.events.filter(({ type }) => type === 'fault')).toEqual([])
  })

  it('reports who ended sessions, where, and how many', () => {
    const ended = host.events.filter((event) => event.type === 'sessions.ended')
    for (const by of ['person', 'login', 'operator'] as const) {
      expect(ended).toContainEqual(expect.objectContaining({ by, count: 1 }))
    }
    expect(ended).toContainEqual(expect.objectContaining({ by: 'person', connection: 'acme', count: 3 }))
    expect(host.events).toContainEqual(expect.objectContaining({ type: 'operator.refused' }))
  })

  it('names the precise reason in its events under the request id that the person sees', async () => {
    const response = await host.app.request(
      '/api/auth/oidc/acme/login/callback/?code=x&state=AAAAAAAAAAAAAAAAAAAAAA',
    )
    const requestId = response.headers.get('x-request-id')
    expect(host.events).toContainEqual(
      expect.objectContaining({
        type: 'login.refused',
        requestId,
        connection: 'acme',
        code: 'transaction_missing',
      }),
    )
  })

  it('slows down an address that asks too often, and no other', async () => {
    const { app } = installation.createHost({ limiter: createMemoryLimiter(3, systemClock) }, true)
    const ask = (address: string) =>
      app.request('/api/auth/sso/login-url/?email=a@acme.example', {
        headers: { 'x-test-address': address },
      })
    const statuses = []
    for (let i = 0; i < 4; i++) statuses.push((await ask('192.0.2.1')).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await ask('192.0.2.2')).status).toBe(200)
  })
})
