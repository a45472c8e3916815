import { expect, it } from 'vitest'
import type { Browser } from '../browser.ts'
import { type Driver, location } from './driver.ts'

/** As a browser fetches what a page of another site shows in a frame: without our cookies, which say `SameSite=Lax`. */
const FRAMED = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }

/** The same, where the page is of our own site: then they come. */
const FRAMED_HERE = { ...FRAMED, 'sec-fetch-site': 'same-site' }

/** What an OpenID Provider ends by its page: front-channel logout. */
export function frontChannelCases({ open, begin, logIn, session }: Driver): void {
  const newSid = () => `sid-${crypto.randomUUID()}`

  /** How the good provider calls itself. */
  async function issuer(): Promise<string> {
    const { origin } = new URL(location(await open().navigate('/api/auth/oidc/acme/login/')))
    return `${origin}/good`
  }

  function frameOf(parameters: Record<string, string>, connection = 'acme'): string {
    return `/api/auth/oidc/${connection}/frontchannel-logout/?${new URLSearchParams(parameters)}`
  }

  function frame(parameters: Record<string, string>, browser = open(), connection = 'acme') {
    return browser.navigate(frameOf(parameters, connection), FRAMED)
  }

  async function signIn(sid: string): Promise<Browser> {
    const browser = open()
    await logIn(browser, { user: 'colleague', sid })
    expect(await session(browser)).toBeDefined()
    return browser
  }

  it('lets a page of the provider end one session, which nobody else may frame', async () => {
    const iss = await issuer()
    const sid = newSid()
    const [browser, other] = [await signIn(sid), await signIn(newSid())]
    const shown = await frame({ iss, sid })
    expect(shown.status).toBe(200)
    const policy = shown.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toMatch(new RegExp(`frame-ancestors ${new URL(iss).origin}$`))
    expect(shown.headers.has('x-frame-options')).toBe(false)
    expect(shown.headers.get('cache-control')).toContain('no-store')
    expect(shown.headers.getSetCookie()).toEqual([])
    expect(await session(browser)).toBeUndefined()
    expect(await session(other)).toBeDefined()
  })

  it('removes the cookie of a browser that brings it, where the provider is of our own site', async () => {
    const sid = newSid()
    const [browser, other] = [await signIn(sid), await signIn(newSid())]
    const path = frameOf({ iss: await issuer(), sid })
    expect((await browser.navigate(path, FRAMED_HERE)).status).toBe(200)
    expect(browser.cookies.size).toBe(0)
    expect((await other.navigate(path, FRAMED_HERE)).status).toBe(200)
    expect(await session(other)).toBeDefined()
  })

  it.each<[string, (good: { iss: string; sid: string }) => Record<string, string>]>([
    ['another issuer', ({ sid }) => ({ iss: 'https://other-issuer.example', sid })],
    ['the issuer with a slash', ({ iss, sid }) => ({ iss: `${iss}/`, sid })],
    ['no issuer', ({ sid }) => ({ sid })],
    ['no session', ({ iss }) => ({ iss })],
    ['nothing', () => ({})],
  ])('ends nothing in a frame with %s, which nobody may show', async (_, spoilt) => {
    const good = { iss: await issuer(), sid: newSid() }
    const browser = await signIn(good.sid)
    const refused = await frame(spoilt(good), browser)
    expect(refused.status).toBe(403)
    expect(refused.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(refused.headers.get('x-frame-options')).toBe('DENY')
    expect(await session(browser)).toBeDefined()
  })

  it('ends no session of another name, nor of another connection', async () => {
    const sid = newSid()
    const browser = await signIn(sid)
    const iss = await issuer()
    expect((await frame({ iss, sid: newSid() })).status).toBe(200)
    expect((await frame({ iss, sid }, open(), 'partner')).status).toBe(200)
    expect(await session(browser)).toBeDefined()
  })

  it('lets nobody who makes up names keep a login from its session', async () => {
    const sid = newSid()
    const browser = open()
    const callback = await begin(browser, { user: 'colleague', sid })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await frame({ iss: await issuer(), sid })).status).toBe(200)
    await browser.navigate(callback)
    expect(await session(browser)).toBeDefined()
  })

  it('shows nothing for a connection that is off, and says nothing of a provider that is away', async () => {
    expect(location(await frame({ iss: await issuer(), sid: 'x' }, open(), 'off'))).toContain('/login?error=')
    const away = await frame({ iss: await issuer(), sid: 'x' }, open(), 'down')
    expect(away.status).toBe(424)
    expect(away.headers.get('x-frame-options')).toBe('DENY')
  })
}
