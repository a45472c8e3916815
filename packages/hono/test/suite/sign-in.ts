import { expect, it } from 'vitest'
import { hint } from '../providers.ts'
import { type Driver, location } from './driver.ts'

const SESSION_COOKIE = '__Host-doorward-session'

/** The login that succeeds, what it leaves behind, and where it leads. */
export function signInCases({ open, logIn, session, loginUrl, expectRefused }: Driver): void {
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
    const [few, many] = [open(), open()]
    await logIn(few)
    await logIn(many, { user: 'of-many-groups' })
    expect((await session(many))?.user.groups).toHaveLength(200)
    expect(JSON.stringify(await session(many)).length).toBeGreaterThan(16 * 1024)
    expect(many.cookies.get(SESSION_COOKIE)).toHaveLength(few.cookies.get(SESSION_COOKIE)?.length ?? 0)
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
}
