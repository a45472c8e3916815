import { createMemoryLimiter, createMemorySessionStore, systemClock } from '@doorward/core'
import { createFixedClock } from '@doorward/core/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loginSuite } from './login-suite.ts'
import { type Installation, install, type NodeHost } from './node-host.ts'
import { fetchLogoutToken } from './providers.ts'
import { createDriver, location } from './suite/driver.ts'

/** The limiter counts by the minute: a test must not fall into two. */
const withinAMinute = createFixedClock(Date.UTC(2026, 0, 1)).now

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

  it('says which issuer a portal sent, and which it should have', () => {
    expect(host.events).toContainEqual(
      expect.objectContaining({
        code: 'connection_not_found',
        details: { expected: 'http://127.0.0.1:9', received: 'https://evil.example' },
      }),
    )
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
    const { app } = installation.createHost({ limiter: createMemoryLimiter(3, withinAMinute) }, true)
    const ask = (address: string) =>
      app.request('/api/auth/sso/login-url/?email=a@acme.example', {
        headers: { 'x-test-address': address },
      })
    const statuses = []
    for (let i = 0; i < 4; i++) statuses.push((await ask('192.0.2.1')).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await ask('192.0.2.2')).status).toBe(200)
  })

  it('does not slow down a provider, which speaks for many people from one address', async () => {
    const { app } = installation.createHost({ limiter: createMemoryLimiter(1, withinAMinute) }, true)
    const statuses = []
    for (let i = 0; i < 3; i++) {
      const body = new URLSearchParams({ logout_token: 'x' })
      statuses.push(
        (await app.request('/api/auth/oidc/acme/backchannel-logout/', { method: 'POST', body })).status,
      )
    }
    expect(statuses).toEqual([400, 400, 400])
    const logins = []
    for (let i = 0; i < 2; i++) logins.push((await app.request('/api/auth/oidc/nobody/login/')).status)
    expect(logins).toEqual([404, 429])
  })

  it('reports what a provider ended, and why it ended nothing', async () => {
    const own = installation.createHost()
    const { open, logIn } = createDriver(() => own)
    const browser = open()
    const loginUrl = location(await browser.navigate('/api/auth/oidc/acme/login/'))
    await logIn(browser, { sid: 'sid-of-the-provider' })
    for (const start of [{ sid: 'sid-of-the-provider' }, { sid: 'x', personality: 'with-nonce' }]) {
      const body = new URLSearchParams({ logout_token: await fetchLogoutToken(loginUrl, start) })
      await own.app.request('/api/auth/oidc/acme/backchannel-logout/', { method: 'POST', body })
    }
    expect(own.events.slice(-2)).toMatchObject([
      { type: 'sessions.ended', by: 'provider', connection: 'acme', count: 1 },
      {
        type: 'request.refused',
        connection: 'acme',
        code: 'logout_token_invalid',
        details: { claim: 'nonce' },
      },
    ])
    expect(JSON.stringify(own.events)).not.toContain('sid-of-the-provider')
  })

  it('reports why a sign-out does not go on to the provider', async () => {
    const own = installation.createHost()
    const { open, logIn } = createDriver(() => own)
    const browser = open()
    await logIn(browser, { connection: 'leaving-nowhere', user: 'outsider' })
    const headers = { 'sec-fetch-site': 'same-origin' }
    await browser.navigate(location(await browser.navigate('/api/auth/logout', headers)), headers)
    expect(own.events.at(-1)).toMatchObject({
      type: 'request.refused',
      connection: 'leaving-nowhere',
      code: 'discovery_invalid',
      details: { attribute: 'end_session_endpoint' },
    })
  })

  it('refuses a logout that it can not carry out, as the provider expects it, and reports the fault', async () => {
    const sessions = createMemorySessionStore(systemClock)
    const down = installation.createHost({
      sessions: { ...sessions, endAll: () => Promise.reject(new Error('down')) },
    })
    const { open } = createDriver(() => down)
    const loginUrl = location(await open().navigate('/api/auth/oidc/acme/login/'))
    const body = new URLSearchParams({ logout_token: await fetchLogoutToken(loginUrl, { sub: 'user-1' }) })
    const refused = await down.app.request('/api/auth/oidc/acme/backchannel-logout/', {
      method: 'POST',
      body,
    })
    expect(refused.status).toBe(400)
    expect(down.events.slice(-2)).toMatchObject([{ code: 'session_store_unavailable' }, { type: 'fault' }])
  })
})
