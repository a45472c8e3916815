import { describe, expect, it } from 'vitest'
import type { Browser } from '../browser.ts'
import { location } from '../suite/driver.ts'
import { acs, answerTo, begin, type CreateSamlHost, logIn, newAssertion } from './host.ts'

const SESSION_COOKIE = '__Host-doorward-session'
const HOUR = 3_600_000

/** A login from its first request to its session. */
export function loginCases(create: CreateSamlHost): void {
  const host = create()
  const { open, session, expectRefused } = host

  describe('a login by SAML', () => {
    it('ends in a session, where the person wanted to go', async () => {
      const browser = open()
      const completed = await logIn(browser, 'acme', { query: '?next=/projects/7%3Ftab=files' })
      expect(completed.status).toBe(303)
      expect(location(completed)).toBe('/projects/7?tab=files')
      expect((await session(browser))?.user).toMatchObject({
        idp: 'acme',
        protocol: 'saml',
        email: 'user@acme.example',
      })
      const types = host.events.filter((event) => 'connection' in event && event.connection === 'acme')
      expect(types.map(({ type }) => type)).toEqual(['login.begun', 'login.completed'])
    })

    it('tells the event log what was looked for and did not come', async () => {
      await logIn(open(), 'acme', { missing: 'memberOf' })
      await logIn(open())
      const completed = host.events.filter(({ type }) => type === 'login.completed').slice(-2)
      expect(completed).toMatchObject([{ details: { missing: 'memberOf' } }, {}])
      expect(completed[1]).not.toHaveProperty('details')
    })

    it('hands on whom the person says they are, and that they are to sign in anew', async () => {
      const started = await open().navigate('/api/auth/saml/acme/login?login_hint=a@b.example&prompt=login')
      const url = new URL(location(started))
      expect(url.searchParams.get('login_hint')).toBe('a@b.example')
      expect(url.searchParams.get('ForceAuthn')).toBe('true')
      const browser = open()
      const other = await browser.navigate('/api/auth/saml/acme/login/?prompt=none')
      await expectRefused(browser, other, 'bad_request')
    })

    it('begins from another site by a navigation alone', async () => {
      const browser = open()
      const foreign = { 'sec-fetch-site': 'cross-site' }
      const image = { ...foreign, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }
      const refused = await browser.navigate('/api/auth/saml/acme/login/', image)
      expect(refused.status).toBe(400)
      expect(browser.cookies.size).toBe(0)
      expect((await browser.navigate('/api/auth/saml/acme/login/', foreign)).status).toBe(302)
    })

    it('keeps its cookie for the form that another site posts, and the session for us', async () => {
      const browser = open()
      const started = await browser.navigate('/api/auth/saml/acme/login/')
      const transactionId = new URL(location(started)).searchParams.get('RelayState') ?? ''
      const [pending, ...others] = started.headers.getSetCookie()
      expect(others).toEqual([])
      expect(pending).toMatch(/^__Host-doorward-login-/)
      const completed = await browser.post(acs('acme'), answerTo(transactionId))
      const [cleared, begun, ...rest] = completed.headers.getSetCookie()
      expect(rest).toEqual([])
      expect(begun).toContain(SESSION_COOKIE)
      for (const cookie of [pending, cleared, begun]) {
        for (const part of ['Path=/', 'HttpOnly', 'Secure']) expect(cookie).toContain(part)
        expect(cookie).not.toContain('Domain')
        expect(cookie).toContain(cookie === begun ? 'SameSite=Lax' : 'SameSite=None')
      }
      expect([...browser.cookies.keys()]).toEqual([SESSION_COOKIE])
    })

    it('ends the session that the browser had, though its cookie does not come with the answer', async () => {
      const browser = open()
      await logIn(browser)
      const first = browser.cookies.get(SESSION_COOKIE) ?? ''
      expect(await session(browser)).toBeDefined()
      await logIn(browser)
      const second = browser.cookies.get(SESSION_COOKIE) ?? ''
      expect(await session(browser)).toBeDefined()
      browser.cookies.set(SESSION_COOKIE, first)
      expect(await session(browser)).toBeUndefined()
      browser.cookies.set(SESSION_COOKIE, second)
      expect(await session(browser)).toBeDefined()
    })

    it('ends with a session that ends when the one at the identity provider does', async () => {
      const browser = open()
      const validUntil = Date.now() + HOUR
      const completed = await logIn(browser, 'acme', { validUntil })
      expect((await session(browser))?.expires_at).toBe(new Date(validUntil).toISOString())
      const cookie = completed.headers.getSetCookie().find((each) => each.startsWith(SESSION_COOKIE))
      const maxAge = Number(/Max-Age=(\d+)/.exec(cookie ?? '')?.[1])
      expect(maxAge).toBeGreaterThan(3500)
      expect(maxAge).toBeLessThanOrEqual(3600)
    })

    it('ends with none when the one at the identity provider is over', async () => {
      const browser = open()
      const over = await logIn(browser, 'acme', { validUntil: Date.now() })
      await expectRefused(browser, over, 'login_expired', 'session_ended_early')
    })

    it('may go on beside others of the same browser', async () => {
      const browser = open()
      const [one, two] = [await begin(browser), await begin(browser, 'portal')]
      expect((await browser.post(acs('portal'), answerTo(two))).status).toBe(303)
      expect(location(await browser.post(acs('acme'), answerTo(one)))).toBe('/')
      expect((await session(browser))?.user.idp).toBe('acme')
    })

    it('is refused by the policy', async () => {
      const browser = open()
      await expectRefused(browser, await logIn(browser, 'bound'), 'not_allowed', 'email_outside_domain')
      await expectRefused(browser, await logIn(browser, 'acme', { email: 'a@bound.example' }), 'not_allowed')
    })
  })

  describe('an answer by SAML', () => {
    it('is accepted once, also in another login', async () => {
      const browser = open()
      const first = await begin(browser)
      const pending = new Map(browser.cookies)
      const answer = answerTo(first, { assertion: 'used before' })
      expect(location(await browser.post(acs('acme'), answer))).toBe('/')
      const again = open()
      bringBack(again, pending)
      const replayed = await again.post(acs('acme'), answer)
      await expectRefused(again, replayed, 'login_failed', 'transaction_replayed')
      const other = open()
      const stolen = await logIn(other, 'acme', { assertion: 'used before' })
      await expectRefused(other, stolen, 'login_failed', 'transaction_replayed')
    })

    it('gives one session when ten of it come at once', async () => {
      const browser = open()
      const form = answerTo(await begin(browser))
      const browsers = Array.from({ length: 10 }, () => {
        const copy = open()
        bringBack(copy, browser.cookies)
        return copy
      })
      const answers = await Promise.all(browsers.map((copy) => copy.post(acs('acme'), form)))
      expect(answers.map(location).filter((target) => target === '/')).toHaveLength(1)
      expect(answers.map(location).filter((target) => target.includes('error=login_failed'))).toHaveLength(9)
      expect((await Promise.all(browsers.map(session))).filter(Boolean)).toHaveLength(1)
    })

    it('that is refused uses up nothing: the genuine one is accepted after it', async () => {
      const browser = open()
      const transactionId = await begin(browser)
      const pending = new Map(browser.cookies)
      const assertion = newAssertion()
      const forged = { ...answerTo(transactionId), SAMLResponse: 'forged' }
      await expectRefused(
        browser,
        await browser.post(acs('acme'), forged),
        'login_failed',
        'saml_xml_invalid',
      )
      const other = answerTo(transactionId, { inResponseTo: 'another', assertion })
      bringBack(browser, pending)
      const mismatch = await browser.post(acs('acme'), other)
      await expectRefused(browser, mismatch, 'login_failed', 'saml_request_mismatch')
      bringBack(browser, pending)
      expect(location(await browser.post(acs('acme'), answerTo(transactionId, { assertion })))).toBe('/')
    })

    it('is refused at another connection than the one that was asked', async () => {
      const browser = open()
      const form = answerTo(await begin(browser, 'acme'))
      const elsewhere = await browser.post(acs('portal'), form)
      await expectRefused(browser, elsewhere, 'login_expired', 'transaction_mismatch')
    })
  })

  describe('the metadata of ours', () => {
    it('is at the address that is our entity ID', async () => {
      for (const path of ['/api/auth/saml/acme/metadata/', '/api/auth/saml/acme/metadata']) {
        const response = await open().call(path)
        expect(response.status).toBe(200)
        expect(response.headers.get('content-type')).toBe('application/samlmetadata+xml')
        expect(await response.text()).toBe('<md:EntityDescriptor entityID="acme"/>')
      }
    })

    it.each(['nobody', 'off'])('is not there for %s', async (id) => {
      expect((await open().call(`/api/auth/saml/${id}/metadata/`)).status).toBe(404)
    })
  })

  describe('a host that brings no SAML', () => {
    it('sends nobody to a connection that needs it, and hands its addresses to nobody else', async () => {
      const without = create({ saml: undefined })
      const browser = without.open()
      for (const path of ['login/', 'metadata/']) {
        const response = await browser.call(`/api/auth/saml/acme/${path}`)
        expect(response.status).toBe(404)
      }
      const asked = await browser.call('/api/auth/sso/login-url/', {
        method: 'POST',
        body: '{"email":"user@bound.example"}',
      })
      expect(asked.status).toBe(404)
      const posted = await browser.post(acs('acme'), answerTo('A'.repeat(22)))
      expect(posted.status).toBe(404)
      const methods = (await (await browser.call('/api/auth/social')).json()) as {
        sso: { is_enabled: boolean }
      }
      expect(methods.sso.is_enabled).toBe(false)
    })

    it('is no other host: with it, the same address leads to its connection', async () => {
      const body = '{"email":"user@bound.example"}'
      const asked = await open().call('/api/auth/sso/login-url/', { method: 'POST', body })
      const { url } = (await asked.json()) as { url: string }
      expect(new URL(url).pathname).toBe('/api/auth/saml/bound/login/')
    })
  })
}

/** Gives a browser the cookies of pending logins. */
function bringBack(browser: Browser, pending: ReadonlyMap<string, string>): void {
  for (const [name, value] of pending) {
    browser.cookies.set(name, value)
    browser.sentAcrossSites.add(name)
  }
}
