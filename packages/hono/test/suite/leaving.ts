import { expect, it } from 'vitest'
import type { LogoutAnswer } from '../../src/contract.ts'
import type { Browser } from '../browser.ts'
import { type Driver, location } from './driver.ts'

const HERE = '/login?prompt=login&signed_out=here'
const EVERYWHERE = '/login?prompt=login&signed_out=everywhere'
const PENDING = '__Host-doorward-logout'
const LEAVING = '__Host-doorward-leaving'
const OWN = { 'sec-fetch-site': 'same-origin' }
const CROSS_SITE = { 'sec-fetch-site': 'cross-site' }

/** Signing out here, and then at an OpenID Provider: RP-initiated logout. */
export function leavingCases({ open, logIn, session }: Driver): void {
  async function signIn(browser: Browser, connection = 'leaving'): Promise<void> {
    await logIn(browser, { connection, user: connection === 'acme' ? 'member' : 'outsider' })
    expect(await session(browser)).toBeDefined()
  }

  /** @returns where our page is to go on to */
  async function signOut(browser: Browser, body = '{}'): Promise<string> {
    const response = await browser.call('/api/auth/logout', { method: 'POST', body })
    expect(response.status).toBe(200)
    return ((await response.json()) as LogoutAnswer).url
  }

  /** A person who has signed out here. @returns the address of the provider to which they are sent */
  async function leave(browser: Browser, connection = 'leaving'): Promise<string> {
    await signIn(browser, connection)
    return location(await browser.navigate(await signOut(browser), OWN))
  }

  it.each(['{}', '{"everywhere":true}'])('signs out at the provider too, with the body %s', async (body) => {
    const browser = open()
    await signIn(browser)
    const url = await signOut(browser, body)
    expect(await session(browser)).toBeUndefined()
    expect(url).toMatch(/^\/api\/auth\/oidc\/leaving\/logout\/\?session=[\w-]+$/)
    const sent = await browser.navigate(url, OWN)
    expect(sent.status).toBe(302)
    const { searchParams } = new URL(location(sent))
    expect(searchParams.get('id_token_hint')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    const back = location(await browser.navigate(location(sent)))
    expect(back).toContain('/api/auth/oidc/leaving/post-logout/?state=')
    expect(location(await browser.navigate(back, CROSS_SITE))).toBe(EVERYWHERE)
    expect(browser.cookies.size).toBe(0)
  })

  it('signs out at the provider by a link on a page of ours', async () => {
    const browser = open()
    await signIn(browser)
    const followed = await browser.navigate('/api/auth/logout', OWN)
    expect(followed.status).toBe(303)
    const sent = await browser.navigate(location(followed), OWN)
    expect(location(sent)).toContain('/good/end-session?')
    expect(await session(browser)).toBeUndefined()
  })

  it.each([
    ['another state', (back: URL) => back.searchParams.set('state', 'another')],
    ['an empty state', (back: URL) => back.searchParams.set('state', '')],
    ['no state', (back: URL) => back.searchParams.delete('state')],
  ])('says what it does not know to somebody who comes back with %s', async (_, spoil) => {
    const browser = open()
    const there = await leave(browser)
    const good = location(await browser.navigate(there))
    const back = new URL(good)
    spoil(back)
    expect(location(await browser.navigate(back.href, CROSS_SITE))).toBe(HERE)
    expect(await session(browser)).toBeUndefined()
    // What is awaited may come yet.
    expect(location(await browser.navigate(good, CROSS_SITE))).toBe(EVERYWHERE)
    expect(location(await browser.navigate(good, CROSS_SITE))).toBe(HERE)
  })

  it('does not take the return of one browser for that of another, nor of another connection', async () => {
    const [browser, other] = [open(), open()]
    const back = location(await browser.navigate(await leave(browser)))
    expect(location(await other.navigate(back, CROSS_SITE))).toBe(HERE)
    expect(location(await browser.navigate(back.replace('/leaving/', '/open/'), CROSS_SITE))).toBe(HERE)
    expect(browser.cookies.has(PENDING)).toBe(true)
  })

  it('signs nobody out when somebody comes back who never left', async () => {
    const browser = open()
    await signIn(browser)
    const answered = await browser.navigate('/api/auth/oidc/leaving/post-logout/?state=x', CROSS_SITE)
    expect(location(answered)).toBe(HERE)
    expect(await session(browser)).toBeDefined()
  })

  it.each([
    ['leaving-nowhere', 'the provider signs nobody out'],
    ['acme', 'the connection does not want it'],
  ])('stays here for %s, where %s', async (connection) => {
    const browser = open()
    await signIn(browser, connection)
    const url = await signOut(browser)
    expect(await session(browser)).toBeUndefined()
    if (connection === 'acme') expect(url).toBe('/login?prompt=login')
    else expect(location(await browser.navigate(url, OWN))).toBe(HERE)
    expect(browser.cookies.size).toBe(0)
  })

  it.each([
    ['another site', CROSS_SITE],
    ['a frame', { ...OWN, 'sec-fetch-dest': 'iframe' }],
  ])('sends nobody to the provider from %s', async (_, headers) => {
    const browser = open()
    await signIn(browser)
    const url = await signOut(browser)
    expect(location(await browser.navigate(url, headers))).toBe(HERE)
  })

  it('sends nobody there twice, nor in another browser', async () => {
    const [browser, other] = [open(), open()]
    await signIn(browser)
    const url = await signOut(browser)
    expect(location(await other.navigate(url, OWN))).toBe(HERE)
    expect(browser.cookies.has(LEAVING)).toBe(true)
    expect(location(await browser.navigate(url, OWN))).toContain('/end-session?')
    expect(location(await browser.navigate(url, OWN))).toBe(HERE)
  })

  it.each(['logout/', 'post-logout/'])('has no %s for a connection that is off', async (path) => {
    expect((await open().call(`/api/auth/oidc/off/${path}`)).status).toBe(404)
  })
}
