import { type PersonalityName, personalities, personalityNames } from '@doorward/testkit'
import { expect, it } from 'vitest'
import type { Problem, PublicErrorCode, SessionAnswer } from '../src/contract.ts'
import { type Browser, createBrowser, type Send } from './browser.ts'
import { brokenProviders, hint, type users } from './providers.ts'

/** A running Doorward with the suite's configuration. */
export interface Host {
  readonly origin: string
  readonly send: Send
  /** How many token requests the provider behind `acme` has seen. */
  tokenRequests(): Promise<number>
}

/** Longer than the ten seconds after which an identity provider is given up. */
const PATIENT = 25_000

const SESSION_COOKIE = '__Host-doorward-session'

interface Login {
  readonly connection?: string
  readonly personality?: PersonalityName
  readonly user?: keyof typeof users
  readonly next?: string
}

/**
 * What every host of the HTTP contract must do, at HTTP level: the login that succeeds, and all that is refused.
 *
 * @param getHost gives the running host; called in each test
 */
export function loginSuite(getHost: () => Host): void {
  const open = (): Browser => createBrowser(getHost().origin, getHost().send)

  /** Begins a login. @returns where the identity provider sends the browser back to */
  async function begin(browser: Browser, login: Login = {}): Promise<string> {
    const { connection = 'acme', personality = 'good', user = 'member', next } = login
    const query = new URLSearchParams({ login_hint: hint(personality, user), ...(next ? { next } : {}) })
    const started = await browser.navigate(`/api/auth/oidc/${connection}/login/?${query}`)
    expect(started.status).toBe(302)
    const answered = await browser.navigate(location(started))
    return location(answered)
  }

  async function logIn(browser: Browser, login: Login = {}): Promise<Response> {
    return browser.navigate(await begin(browser, login))
  }

  async function session(browser: Browser): Promise<SessionAnswer | undefined> {
    const response = await browser.call('/api/auth/session')
    expect([200, 401]).toContain(response.status)
    return response.status === 200 ? ((await response.json()) as SessionAnswer) : undefined
  }

  async function expectRefused(browser: Browser, response: Response, code: PublicErrorCode): Promise<void> {
    expect(response.status).toBe(303)
    const page = new URL(location(response), getHost().origin)
    expect(page.pathname).toBe('/login')
    expect(page.searchParams.get('error')).toBe(code)
    expect(page.searchParams.get('request_id')).toBe(response.headers.get('x-request-id'))
    expect(await session(browser)).toBeUndefined()
  }

  it('signs a person in and out', async () => {
    const browser = open()
    const completed = await logIn(browser)
    expect(completed.status).toBe(303)
    expect(location(completed)).toBe('/')
    const answer = await session(browser)
    expect(answer?.user).toMatchObject({
      idp: 'acme',
      protocol: 'oidc',
      email: 'user@acme.example',
      email_verified: true,
      name: 'User One',
      groups: ['engineering'],
    })
    const signedOut = await browser.call('/api/auth/logout', { method: 'POST' })
    expect(signedOut.status).toBe(200)
    expect(await session(browser)).toBeUndefined()
  })

  it('ends the session itself at logout, not just its cookie', async () => {
    const browser = open()
    await logIn(browser)
    const token = browser.cookies.get(SESSION_COOKIE) ?? ''
    await browser.call('/api/auth/logout', { method: 'POST' })
    browser.cookies.set(SESSION_COOKIE, token)
    expect(await session(browser)).toBeUndefined()
  })

  it('gives a new session at every login and takes over none', async () => {
    const browser = open()
    await logIn(browser)
    const first = browser.cookies.get(SESSION_COOKIE) ?? ''
    await logIn(browser)
    expect(await session(browser)).toBeDefined()
    // The one before is over, so the two were not the same.
    browser.cookies.set(SESSION_COOKIE, first)
    expect(await session(browser)).toBeUndefined()
  })

  it('binds its cookies to this host, https and the browser', async () => {
    const browser = open()
    const started = await browser.navigate('/api/auth/oidc/acme/login/')
    const completed = await logIn(browser)
    for (const cookie of [...started.headers.getSetCookie(), ...completed.headers.getSetCookie()]) {
      expect(cookie).toMatch(/^__Host-/)
      for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(part)
      expect(cookie).not.toContain('Domain')
    }
  })

  it('keeps the size of the cookie whatever the identity holds', async () => {
    const browser = open()
    await logIn(browser, { user: 'of-many-groups' })
    expect((await session(browser))?.user.groups).toHaveLength(200)
    expect(browser.cookies.get(SESSION_COOKIE)?.length).toBeLessThan(200)
  })

  it('leads to where the person wanted to go', async () => {
    const completed = await logIn(open(), { next: '/projects/7?tab=files' })
    expect(location(completed)).toBe('/projects/7?tab=files')
  })

  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'https://evil.example/',
    'https:evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/.//evil.example',
    '/api/auth/logout',
    '/%61pi/auth/oidc/acme/login/',
  ])('refuses to send anybody to %j after a login', async (next) => {
    const browser = open()
    const query = new URLSearchParams({ next, login_hint: hint('good') })
    const started = await browser.navigate(`/api/auth/oidc/acme/login/?${query}`)
    await expectRefused(browser, started, 'bad_request')
    expect(browser.cookies.size).toBe(0)
    const asked = await loginUrl(browser, { email: 'user@acme.example', next })
    expect(asked.status).toBe(400)
  })

  it('answers with and without the final slash alike, and never redirects for it', async () => {
    const browser = open()
    expect((await browser.navigate('/api/auth/oidc/acme/login')).status).toBe(302)
    expect((await browser.call('/api/auth/social/')).status).toBe(200)
    const body = JSON.stringify({ email: 'user@acme.example' })
    expect((await browser.call('/api/auth/sso/login-url', { method: 'POST', body })).status).toBe(200)
  })

  it('refuses an answer in a browser that did not begin the login', async () => {
    const victim = open()
    const attacker = open()
    const callback = await begin(attacker)
    await expectRefused(victim, await victim.navigate(callback), 'login_expired')
    await begin(victim)
    await expectRefused(victim, await victim.navigate(callback), 'login_expired')
    expect((await attacker.navigate(callback)).status).toBe(303)
    expect(await session(attacker)).toBeDefined()
  })

  it('refuses an answer that was used before', async () => {
    const browser = open()
    const callback = await begin(browser, { personality: 'accepts-used-codes' })
    const pending = new Map(browser.cookies)
    expect(location(await browser.navigate(callback))).toBe('/')
    browser.cookies.clear()
    for (const [name, value] of pending) browser.cookies.set(name, value)
    await expectRefused(browser, await browser.navigate(callback), 'login_failed')
  })

  it('lets one of ten equal answers at once win, and asks the provider once', async () => {
    const browser = open()
    const callback = await begin(browser, { personality: 'accepts-used-codes' })
    const pending = new Map(browser.cookies)
    const before = await getHost().tokenRequests()
    const browsers = Array.from({ length: 10 }, () => {
      const copy = open()
      for (const [name, value] of pending) copy.cookies.set(name, value)
      return copy
    })
    const answers = await Promise.all(browsers.map((copy) => copy.navigate(callback)))
    expect(answers.map(location).filter((target) => target === '/')).toHaveLength(1)
    expect(answers.map(location).filter((target) => target.includes('error=login_failed'))).toHaveLength(9)
    expect((await getHost().tokenRequests()) - before).toBe(1)
    expect((await Promise.all(browsers.map(session))).filter(Boolean)).toHaveLength(1)
  })

  it('refuses an answer at the callback of another connection', async () => {
    const browser = open()
    const callback = await begin(browser)
    const elsewhere = callback.replace('/oidc/acme/', '/oidc/open/')
    await expectRefused(browser, await browser.navigate(elsewhere), 'login_expired')
  })

  it('refuses an answer whose cookie was altered', async () => {
    const browser = open()
    const callback = await begin(browser)
    for (const [name, value] of browser.cookies) {
      const last = value.at(-1) === 'A' ? 'B' : 'A'
      browser.cookies.set(name, value.slice(0, -1) + last)
    }
    await expectRefused(browser, await browser.navigate(callback), 'login_expired')
  })

  it('keeps at most five pending logins, and the newest of them work', async () => {
    const browser = open()
    const callbacks: string[] = []
    for (let i = 0; i < 7; i++) callbacks.push(await begin(browser, { next: `/deep/${'x'.repeat(100)}` }))
    expect(browser.cookies.size).toBe(5)
    const header = Array.from(browser.cookies, ([name, value]) => `${name}=${value}`).join('; ')
    expect(header.length).toBeLessThan(4096)
    expect(location(await browser.navigate(callbacks[6] ?? ''))).toContain('/deep/')
  })

  it('drops nothing but pending logins, whatever cookies it is sent', async () => {
    const browser = open()
    for (let i = 0; i < 50; i++) browser.cookies.set(`__Host-doorward-login-(${i}`, 'x')
    const started = await browser.navigate('/api/auth/oidc/acme/login/')
    expect(started.status).toBe(302)
    expect(started.headers.getSetCookie()).toHaveLength(1)
  })

  const expectations: Partial<Record<PersonalityName, PublicErrorCode | 'signed in'>> = {
    'no-email': 'not_allowed',
    'unverified-email': 'not_allowed',
    'unverified-email-as-string': 'not_allowed',
    'unstated-email-verification': 'signed in',
    'other-userinfo-subject': 'signed in',
    'missing-userinfo-subject': 'signed in',
    // Without a usable state nobody can tell which login the answer belongs to.
    'wrong-state': 'login_expired',
    'missing-state': 'bad_request',
  }

  const perLogin = personalityNames.filter(
    (name) => !/-at-(discovery|jwks)$|^discovery-|-discovery-|^endpoint-|^missing-token-endpoint/.test(name),
  )

  it.concurrent.each(perLogin)('with a provider that is %s', { timeout: PATIENT }, async (personality) => {
    const browser = open()
    const response = await logIn(browser, { personality })
    const expected = expectations[personality] ?? defaultExpectation(personality)
    if (expected === 'signed in') {
      expect(location(response)).toBe('/')
      expect((await session(browser))?.user.email).toBe('user@acme.example')
    } else {
      await expectRefused(browser, response, expected)
      expect(response.headers.getSetCookie().join()).not.toContain(SESSION_COOKIE)
    }
  })

  it.concurrent.each([...brokenProviders.filter((name) => !name.endsWith('-at-jwks')), 'down'])(
    'explains within the time limit that the provider is unavailable: %s',
    { timeout: PATIENT },
    async (id) => {
      const browser = open()
      const startedAt = performance.now()
      const response = await browser.navigate(`/api/auth/oidc/${id}/login/?next=/deep`)
      expect(performance.now() - startedAt).toBeLessThan(15_000)
      await expectRefused(browser, response, 'provider_unavailable')
      expect(location(response)).toContain('next=%2Fdeep')
      const api = await browser.call(`/api/auth/oidc/${id}/login/`, { headers: { 'sec-fetch-site': 'none' } })
      expect(api.status).toBe(424)
    },
  )

  it.concurrent.each(brokenProviders.filter((name) => name.endsWith('-at-jwks')))(
    'signs nobody in while the keys can not be had: %s',
    { timeout: PATIENT },
    async (connection) => {
      const browser = open()
      await expectRefused(browser, await logIn(browser, { connection }), 'provider_unavailable')
    },
  )

  it('refuses an address outside the domain of the connection', async () => {
    const browser = open()
    await expectRefused(browser, await logIn(browser, { user: 'outsider' }), 'not_allowed')
  })

  it('refuses an address in the domain of another connection, verified or not', async () => {
    const browser = open()
    await expectRefused(browser, await logIn(browser, { connection: 'open' }), 'not_allowed')
  })

  it('lets other addresses in where no domain is named, verified only if the provider says so', async () => {
    const browser = open()
    await logIn(browser, { connection: 'open', user: 'outsider' })
    expect((await session(browser))?.user).toMatchObject({
      email: 'user@elsewhere.example',
      email_verified: true,
    })
    await logIn(browser, { connection: 'open', user: 'without-address' })
    expect((await session(browser))?.user).toMatchObject({ email: null, email_verified: false })
  })

  it('sends a person to the connection of the domain', async () => {
    const browser = open()
    const response = await loginUrl(browser, { email: ' User@ACME.example', next: '/deep' })
    const { url } = (await response.json()) as { url: string }
    expect(url.startsWith(`${getHost().origin}/api/auth/oidc/acme/login/?next=%2Fdeep&hint=`)).toBe(true)
    expect(url).not.toContain('ACME')
    const started = await browser.navigate(url)
    expect(new URL(location(started)).searchParams.get('login_hint')).toBe('User@ACME.example')
  })

  it('asks the provider to sign the person in anew where that was asked for, and for nothing else', async () => {
    const browser = open()
    const body = JSON.stringify({ email: 'user@acme.example', prompt: 'login' })
    const asked = await browser.call('/api/auth/sso/login-url/', { method: 'POST', body })
    const { url } = (await asked.json()) as { url: string }
    const started = await browser.navigate(url)
    expect(new URL(location(started)).searchParams.get('prompt')).toBe('login')
    // A try that failed does not forget it.
    const denied = await browser.navigate(`${url}&login_hint=${hint('access-denied')}`)
    const answered = await browser.navigate(location(await browser.navigate(location(denied))))
    expect(location(answered)).toContain('prompt=login')
    const plain = await browser.navigate('/api/auth/oidc/acme/login/')
    expect(new URL(location(plain)).searchParams.has('prompt')).toBe(false)
    const other = await browser.navigate('/api/auth/oidc/acme/login/?prompt=none')
    await expectRefused(browser, other, 'bad_request')
  })

  it('lets a person choose where several connections share a domain', async () => {
    const response = await loginUrl(open(), { email: 'user@twin.example' })
    const { choose } = (await response.json()) as { choose: { name: string; url: string }[] }
    expect(choose.map(({ name }) => name)).toEqual(['acme-twin', 'twin-too'])
  })

  it('answers every address that it does not know with the same bytes', async () => {
    const texts = await Promise.all(
      ['user@unknown.example', 'user@sub.acme.example', 'user@acme.example.evil.example'].map(
        async (email) => {
          const response = await loginUrl(open(), { email })
          const problem = (await response.json()) as Problem
          return `${response.status} ${JSON.stringify({ ...problem, request_id: '' })}`
        },
      ),
    )
    expect(new Set(texts).size).toBe(1)
    expect(texts[0]).toContain('unknown_domain')
    const unknownId = await open().call('/api/auth/oidc/nobody/login/', {
      headers: { 'sec-fetch-site': 'none' },
    })
    expect(((await unknownId.json()) as Problem).code).toBe('unknown_domain')
  })

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a number', '{"email":7}'],
    ['no address', '{"email":"user"}'],
    ['two addresses', '{"email":"a@acme.example,b@acme.example"}'],
    ['too much', JSON.stringify({ email: 'user@acme.example' }) + ' '.repeat(20_000)],
  ])('calls a body with %s a bad request', async (_, body) => {
    const response = await open().call('/api/auth/sso/login-url/', { method: 'POST', body })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(((await response.json()) as Problem).code).toBe('bad_request')
  })

  it.each([
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['a script', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
  ])('lets another site begin no login by %s', async (_, headers) => {
    for (const site of ['cross-site', 'same-site']) {
      const browser = open()
      const response = await browser.navigate('/api/auth/oidc/acme/login/', {
        'sec-fetch-site': site,
        ...headers,
      })
      expect([303, 400]).toContain(response.status)
      expect(browser.cookies.size).toBe(0)
    }
  })

  it('lets another site send a person here', async () => {
    const response = await open().navigate('/api/auth/oidc/acme/login/', { 'sec-fetch-site': 'cross-site' })
    expect(response.status).toBe(302)
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling domain', { 'sec-fetch-site': 'same-site' }],
  ])('does not let %s sign anybody out', async (_, headers) => {
    const browser = open()
    await logIn(browser)
    const response = await browser.call('/api/auth/logout', { method: 'POST', headers })
    expect(response.status).toBe(400)
    expect(await session(browser)).toBeDefined()
  })

  it('puts protective headers on every answer and lets nothing be cached', async () => {
    const browser = open()
    for (const path of ['/api/auth/social', '/api/auth/session', '/api/auth/oidc/acme/login/', '/api/none']) {
      const { headers } = await browser.navigate(path)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-request-id')).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    }
  })

  it('says that there is nothing at an address of which it knows nothing', async () => {
    const response = await open().call('/api/auth/nothing')
    expect(response.status).toBe(404)
    expect(((await response.json()) as Problem).code).toBe('not_found')
  })

  it('is alive', async () => {
    expect((await open().call('/healthz')).status).toBe(200)
  })

  function loginUrl(browser: Browser, body: { email: string; next?: string }): Promise<Response> {
    return browser.call('/api/auth/sso/login-url/', { method: 'POST', body: JSON.stringify(body) })
  }
}

function location(response: Response): string {
  return response.headers.get('location') ?? ''
}

/** What the provider's fault comes to where nothing else is said. */
function defaultExpectation(name: PersonalityName): PublicErrorCode | 'signed in' {
  // Our ID Tokens carry the address, so the userinfo endpoint is not asked.
  if (personalities[name].login === 'must-succeed' || name.endsWith('-at-userinfo')) return 'signed in'
  return name.endsWith('-at-token') ? 'provider_unavailable' : 'login_failed'
}
