import { expect, it } from 'vitest'
import type { LogoutAnswer, Problem } from '../../src/contract.ts'
import type { Browser } from '../browser.ts'
import { type Driver, location } from './driver.ts'

/** What a browser sends when a person follows a link on a page of ours. */
const FROM_OUR_PAGE = { 'sec-fetch-site': 'same-origin' }

/** Signing out: here, everywhere, and not by accident. */
export function signOutCases({ open, logIn, session }: Driver): void {
  const signOut = (browser: Browser, body?: string) =>
    browser.call('/api/auth/logout', { method: 'POST', ...(body === undefined ? {} : { body }) })

  /** A person in three browsers, and a colleague. */
  async function openBrowsers(): Promise<{ own: [Browser, Browser, Browser]; colleague: Browser }> {
    const [one, two, three, colleague] = [open(), open(), open(), open()]
    for (const browser of [one, two, three]) await logIn(browser, { user: 'colleague' })
    await logIn(colleague)
    return { own: [one, two, three], colleague }
  }

  it.each([undefined, '{}', '{"everywhere":false}'])(
    'signs out in one browser and leaves the others alone, with the body %j',
    async (body) => {
      const { own, colleague } = await openBrowsers()
      const response = await signOut(own[0], body)
      expect(response.status).toBe(200)
      expect(((await response.json()) as LogoutAnswer).url).toBe('/login?prompt=login')
      expect(await session(own[0])).toBeUndefined()
      for (const browser of [own[1], own[2], colleague]) expect(await session(browser)).toBeDefined()
    },
  )

  it('signs a person out everywhere, and nobody else', async () => {
    const { own, colleague } = await openBrowsers()
    const response = await signOut(own[1], '{"everywhere":true}')
    expect(response.status).toBe(200)
    expect(((await response.json()) as LogoutAnswer).url).toBe('/login?prompt=login')
    for (const browser of own) expect(await session(browser)).toBeUndefined()
    expect(await session(colleague)).toBeDefined()
  })

  it('lets a person sign in again after signing out everywhere', async () => {
    const { own } = await openBrowsers()
    await signOut(own[0], '{"everywhere":true}')
    await logIn(own[2], { user: 'colleague' })
    expect(await session(own[2])).toBeDefined()
    expect(await session(own[1])).toBeUndefined()
  })

  it('gives no session to a login that was under way when its person signed out everywhere', async () => {
    const browser = open()
    await logIn(browser, { user: 'colleague' })
    const pending = open()
    const callback = await pendingLogin(pending)
    await signOut(browser, '{"everywhere":true}')
    const answered = await pending.navigate(callback)
    expect(location(answered)).toContain('error=login_expired')
    expect(await session(pending)).toBeUndefined()
  })

  it.each([
    '{',
    '[]',
    'null',
    '"everywhere"',
    '{"everywhere":"yes"}',
    '{"everywhere":1}',
    '{"everwhere":true}',
    '{"everywhere":true,"user":"x"}',
  ])('takes the body %j for a mistake and ends nothing', async (body) => {
    const browser = open()
    await logIn(browser)
    expect((await signOut(browser, body)).status).toBe(400)
    expect(await session(browser)).toBeDefined()
  })

  it('has nothing against signing out twice', async () => {
    expect((await signOut(open())).status).toBe(200)
  })

  it('does not say that a person was signed out everywhere when it can not know who it is', async () => {
    const { own } = await openBrowsers()
    const token = own[0].cookies.get('__Host-doorward-session') ?? ''
    await signOut(own[0])
    own[0].cookies.set('__Host-doorward-session', token)
    for (const browser of [own[0], open()]) {
      const response = await signOut(browser, '{"everywhere":true}')
      expect(response.status).toBe(401)
      expect(((await response.json()) as Problem).code).toBe('not_signed_in')
    }
    expect(await session(own[1])).toBeDefined()
  })

  it('signs out by a link on a page of ours', async () => {
    const browser = open()
    await logIn(browser)
    const answered = await browser.navigate('/api/auth/logout', FROM_OUR_PAGE)
    expect(answered.status).toBe(303)
    expect(location(answered)).toBe('/login?prompt=login')
    expect(await session(browser)).toBeUndefined()
  })

  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sibling domain', { 'sec-fetch-site': 'same-site' }],
    ['that was typed', { 'sec-fetch-site': 'none' }],
    ['that the browser followed ahead of time', { ...FROM_OUR_PAGE, 'sec-purpose': 'prefetch' }],
    ['that an older browser followed ahead of time', { ...FROM_OUR_PAGE, purpose: 'prefetch' }],
    ['in a frame', { ...FROM_OUR_PAGE, 'sec-fetch-dest': 'iframe' }],
    ['in an image', { ...FROM_OUR_PAGE, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
  ])('asks first when the link is one %s', async (_, headers) => {
    const browser = open()
    await logIn(browser)
    const answered = await browser.navigate('/api/auth/logout', headers)
    expect(answered.status).toBe(303)
    expect(location(answered)).toBe('/login?sign_out=1')
    expect(await session(browser)).toBeDefined()
  })

  async function pendingLogin(browser: Browser): Promise<string> {
    const started = await browser.navigate('/api/auth/oidc/acme/login/?login_hint=good/colleague')
    return location(await browser.navigate(location(started)))
  }
}
