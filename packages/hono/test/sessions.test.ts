import {
  createMemoryLedger,
  createMemoryLimiter,
  createMemorySessionStore,
  generateSigningKeys,
  parseSigningKeys,
  Secret,
} from '@doorward/core'
import { createFixedClock, type FixedClock } from '@doorward/core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OperatorSessions } from '../src/contract.ts'
import type { Browser } from './browser.ts'
import { type Installation, install, type NodeHost, ORIGIN } from './node-host.ts'
import { OPERATOR_TOKEN } from './providers.ts'
import { createDriver, type Driver, location } from './suite/driver.ts'

/** What takes time, or a store that fails: with a clock and stores of the tests' own. */

const SESSION_COOKIE = '__Host-doorward-session'
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let installation: Installation
let clock: FixedClock
let host: NodeHost
let driver: Driver

beforeAll(async () => {
  installation = await install()
})
afterAll(() => installation.close())
beforeEach(() => {
  // The identity provider has the real time.
  clock = createFixedClock(Date.now())
  host = installation.createHost({ clock: clock.now })
  driver = createDriver(() => host)
})

async function signIn(): Promise<Browser> {
  const browser = driver.open()
  await driver.logIn(browser)
  return browser
}

const tokenOf = ({ cookies }: Browser): string | undefined => cookies.get(SESSION_COOKIE)

describe('a session over time', () => {
  it('ends after twelve hours, however much it is used', async () => {
    const browser = await signIn()
    for (let used = 0; used < 11; used++) {
      clock.advance(HOUR)
      expect(await driver.session(browser)).toBeDefined()
    }
    clock.advance(HOUR - 1)
    expect(await driver.session(browser)).toBeDefined()
    clock.advance(1)
    expect(await driver.session(browser)).toBeUndefined()
  })

  it('ends after two hours without use', async () => {
    const browser = await signIn()
    clock.advance(2 * HOUR)
    expect(await driver.session(browser)).toBeUndefined()
  })

  it('has its cookie renewed by a navigation after five minutes, and by nothing else', async () => {
    const browser = await signIn()
    const first = tokenOf(browser)
    await browser.navigate('/api/auth/session')
    expect(tokenOf(browser)).toBe(first)
    clock.advance(5 * MINUTE)
    await driver.session(browser)
    expect(tokenOf(browser)).toBe(first)
    const renewal = await browser.navigate('/api/auth/session')
    expect(tokenOf(browser)).not.toBe(first)
    expect(renewal.headers.getSetCookie()).toHaveLength(1)
    // To the same end as before.
    expect(renewal.headers.get('set-cookie')).toContain(`Max-Age=${12 * 3600 - 5 * 60};`)
    expect(await driver.session(browser)).toBeDefined()
  })

  it('is signed out by an old cookie as well as by a new one', async () => {
    const browser = await signIn()
    const old = driver.open()
    old.cookies.set(SESSION_COOKIE, tokenOf(browser) ?? '')
    clock.advance(5 * MINUTE)
    await browser.navigate('/api/auth/session')
    await old.call('/api/auth/logout', { method: 'POST' })
    expect(await driver.session(browser)).toBeUndefined()
    await browser.navigate('/api/auth/session')
    expect(await driver.session(browser)).toBeUndefined()
  })
})

describe('when the ledger can not be reached', () => {
  it('nobody is signed in, with a page that says so, and whoever is signed in stays it', async () => {
    let down = false
    const ledger = createMemoryLedger(clock.now)
    host = installation.createHost({
      clock: clock.now,
      ledger: { claim: (...claim) => (down ? Promise.reject(new Error('down')) : ledger.claim(...claim)) },
    })
    const before = await signIn()
    const pending = driver.open()
    const callback = await driver.begin(pending)
    down = true
    await driver.expectRefused(pending, await pending.navigate(callback), 'server_error')
    expect(await driver.session(before)).toBeDefined()
    expect(host.events).toContainEqual(expect.objectContaining({ code: 'ledger_unavailable' }))
    down = false
    expect(location(await driver.logIn(pending))).toBe('/')
  })
})

describe('when the session store can not be reached', () => {
  it('nobody is signed in, and nobody is told that they are signed out', async () => {
    let down = false
    const store = createMemorySessionStore(clock.now)
    const orDown = <T>(answer: () => Promise<T>) => (down ? Promise.reject(new Error('down')) : answer())
    host = installation.createHost({
      clock: clock.now,
      sessions: {
        save: (record) => orDown(() => store.save(record)),
        touch: (key, until) => orDown(() => store.touch(key, until)),
        end: (key) => orDown(() => store.end(key)),
        endAll: (group) => orDown(() => store.endAll(group)),
        list: (group, after) => orDown(() => store.list(group, after)),
      },
    })
    const browser = await signIn()
    down = true
    const refused = await driver.logIn(driver.open())
    expect(location(refused)).toContain('error=server_error')
    for (const [path, method] of [
      ['/api/auth/session', 'GET'],
      ['/api/auth/logout', 'POST'],
    ] as const) {
      const response = await browser.call(path, { method })
      expect(response.status).toBe(500)
      expect(response.headers.getSetCookie()).toEqual([])
    }
    down = false
    expect(await driver.session(browser)).toBeDefined()
  })
})

describe('the published keys', () => {
  it('are those of the host, for anybody to read and to keep for a while', async () => {
    const signingKeys = parseSigningKeys(await generateSigningKeys())
    host = installation.createHost({ signingKeys })
    const response = await host.send(new Request(`${ORIGIN}/.well-known/jwks.json`))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/jwk-set+json')
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    expect(await response.json()).toEqual(signingKeys.published)
  })

  it('are none where the host has none', async () => {
    const response = await host.send(new Request(`${ORIGIN}/.well-known/jwks.json`))
    expect(await response.json()).toEqual({ keys: [] })
  })
})

describe('calls for operators', () => {
  const list = (token: string, body: object = { connection: 'acme' }) =>
    driver.open().call('/api/auth/operator/sessions/list', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}` },
    })

  it('are not there without a token', async () => {
    host = installation.createHost({ operatorTokens: [] })
    for (const token of ['', 'undefined', 'x']) expect((await list(token)).status).toBe(404)
  })

  it('take no token that could be guessed', () => {
    for (const token of ['', 'x'.repeat(31)]) {
      expect(() => installation.createHost({ operatorTokens: [new Secret(token)] })).toThrow(TypeError)
    }
  })

  it('take any of several tokens while one is being replaced', async () => {
    const [one, two] = ['a'.repeat(32), 'b'.repeat(32)]
    host = installation.createHost({ operatorTokens: [new Secret(one), new Secret(two)] })
    const statuses = []
    for (const token of [one, two, 'c'.repeat(32)]) statuses.push((await list(token)).status)
    expect(statuses).toEqual([200, 200, 401])
  })

  it('are slowed down when they come too often, whoever calls', async () => {
    host = installation.createHost({ limiter: createMemoryLimiter(2, clock.now) }, true)
    const statuses = []
    for (const token of ['x', OPERATOR_TOKEN, OPERATOR_TOKEN]) statuses.push((await list(token)).status)
    expect(statuses).toEqual([401, 200, 429])
  })

  it('list many sessions page by page', async () => {
    await Promise.all(Array.from({ length: 101 }, signIn))
    const page = async (after: object) => {
      const response = await list(OPERATOR_TOKEN, { connection: 'acme', ...after })
      return (await response.json()) as OperatorSessions
    }
    const first = await page({})
    const second = await page({ after: first.next })
    expect([first.sessions.length, second.sessions.length]).toEqual([100, 1])
    expect(second.next).toBeNull()
    const ids = new Set([...first.sessions, ...second.sessions].map(({ id }) => id))
    expect(ids.size).toBe(101)
  })
})

describe('two hosts over one store', () => {
  it('sign nobody out everywhere by a session that the other one has ended', async () => {
    const store = createMemorySessionStore(clock.now)
    const [here, there] = [
      installation.createHost({ clock: clock.now, sessions: store }),
      installation.createHost({ clock: clock.now, sessions: store }),
    ]
    host = here
    const [browser, other] = [await signIn(), await signIn()]
    const thief = driver.open()
    thief.cookies.set(SESSION_COOKIE, tokenOf(browser) ?? '')
    host = there
    await browser.call('/api/auth/logout', { method: 'POST' })
    host = here
    const body = '{"everywhere":true}'
    expect((await thief.call('/api/auth/logout', { method: 'POST', body })).status).toBe(401)
    expect(await driver.session(other)).toBeDefined()
  })
})
