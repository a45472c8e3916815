import { expect, it } from 'vitest'
import type { Browser } from '../browser.ts'
import { fetchLogoutToken } from '../providers.ts'
import { type Driver, location } from './driver.ts'

/** How the provider calls somebody, and one of their sessions. */
interface Named {
  readonly sub?: string
  readonly sid?: string
}

/** What an OpenID Provider ends: back-channel logout. */
export function backChannelCases({ host, open, begin, logIn, session }: Driver): void {
  let sessions = 0
  const newSid = () => `sid-${++sessions}-${crypto.randomUUID()}`

  /** Where the good provider is. */
  async function provider(): Promise<string> {
    return location(await open().navigate('/api/auth/oidc/acme/login/'))
  }

  /** Brings a token as the provider does: no browser, no cookie. */
  function bring(token: string, connection = 'acme'): Promise<Response> {
    return send(new URLSearchParams({ logout_token: token }), connection)
  }

  function send(body: BodyInit, connection = 'acme', headers: Record<string, string> = {}) {
    const url = `${host().origin}/api/auth/oidc/${connection}/backchannel-logout/`
    return host().send(new Request(url, { method: 'POST', body, headers }))
  }

  async function signIn(sid: string, connection = 'acme'): Promise<Browser> {
    const browser = open()
    await logIn(browser, { connection, user: 'colleague', sid })
    expect(await session(browser)).toBeDefined()
    return browser
  }

  const logout = async (named: Named & { readonly personality?: string }, connection?: string) =>
    bring(await fetchLogoutToken(await provider(), named as Record<string, string>), connection)

  /** Later sessions than a logout, by the clocks of whoever keeps them: in one millisecond they are not told apart. */
  const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20))

  it.each<[string, (sid: string) => Named]>([
    ['a session by its name', (sid) => ({ sid })],
    ['a session by its name and its person', (sid) => ({ sid, sub: 'user-4' })],
  ])('lets the provider end %s, and no other', async (_, named) => {
    const sid = newSid()
    const [one, same, other] = [await signIn(sid), await signIn(sid), await signIn(newSid())]
    const answered = await logout(named(sid))
    expect([answered.status, await answered.text()]).toEqual([200, ''])
    expect(answered.headers.get('cache-control')).toContain('no-store')
    for (const browser of [one, same]) expect(await session(browser)).toBeUndefined()
    expect(await session(other)).toBeDefined()
  })

  it('lets the provider end all sessions of a person, and nobody else’s', async () => {
    const [one, two] = [await signIn(newSid()), await signIn(newSid())]
    const member = open()
    await logIn(member)
    expect((await logout({ sub: 'user-4' })).status).toBe(200)
    for (const browser of [one, two]) expect(await session(browser)).toBeUndefined()
    expect(await session(member)).toBeDefined()
  })

  it('takes a session of somebody else for none', async () => {
    const sid = newSid()
    const browser = await signIn(sid)
    expect((await logout({ sid, sub: 'user-1' })).status).toBe(200)
    expect(await session(browser)).toBeDefined()
  })

  it('has nothing against a provider that ends what is not there', async () => {
    expect((await logout({ sid: newSid() })).status).toBe(200)
  })

  it('gives no session to a login that the provider’s logout has overtaken', async () => {
    const sid = newSid()
    const browser = open()
    const callback = await begin(browser, { user: 'colleague', sid })
    await aMoment()
    expect((await logout({ sid })).status).toBe(200)
    expect(location(await browser.navigate(callback))).toContain('error=login_expired')
    expect(await session(browser)).toBeUndefined()
  })

  it('obeys a logout token once: one that was kept ends no later session', async () => {
    const token = await fetchLogoutToken(await provider(), { sub: 'user-4' })
    expect((await bring(token)).status).toBe(200)
    await aMoment()
    const browser = await signIn(newSid())
    const replayed = await bring(token)
    expect(replayed.status).toBe(400)
    expect(replayed.headers.get('cache-control')).toContain('no-store')
    expect(await replayed.json()).toMatchObject({ error: 'invalid_request' })
    expect(await session(browser)).toBeDefined()
  })

  it('obeys a logout token at its own connection alone', async () => {
    const sid = newSid()
    const browser = await signIn(sid)
    expect((await logout({ sid }, 'partner')).status).toBe(200)
    expect(await session(browser)).toBeDefined()
  })

  it.each([
    'alg-none',
    'hs256-with-client-secret',
    'forged-signature',
    'wrong-issuer',
    'wrong-audience',
    'expired',
    'missing-events',
    'other-event',
    'with-nonce',
    'missing-jti',
    'other-type',
  ])('ends nothing for a logout token that is %s', async (personality) => {
    const sid = newSid()
    const browser = await signIn(sid)
    const refused = await logout({ sid, personality })
    expect(refused.status).toBe(400)
    expect(refused.headers.get('content-type')).toContain('application/json')
    expect(await refused.text()).not.toContain(sid)
    expect(await session(browser)).toBeDefined()
  })

  it.each<[string, BodyInit, Record<string, string>]>([
    ['nothing', '', {}],
    ['no token', new URLSearchParams({ token: 'x' }), {}],
    [
      'two tokens',
      new URLSearchParams([
        ['logout_token', 'x'],
        ['logout_token', 'y'],
      ]),
      {},
    ],
    ['JSON', '{"logout_token":"x"}', { 'content-type': 'application/json' }],
    ['far too much', new URLSearchParams({ logout_token: 'x'.repeat(20_000) }), {}],
  ])('takes %s for no logout', async (_, body, headers) => {
    expect((await send(body, 'acme', headers)).status).toBe(400)
  })

  it('has no logout for a connection that is off, nor by a link', async () => {
    expect((await logout({ sub: 'user-4' }, 'off')).status).toBe(404)
    expect((await open().navigate('/api/auth/oidc/acme/backchannel-logout/?logout_token=x')).status).toBe(404)
  })

  it('says what it can not find out: a provider that is away', async () => {
    expect((await bring(await fetchLogoutToken(await provider(), { sub: 'x' }), 'down')).status).toBe(400)
  })
}
