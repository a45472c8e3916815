import { describe, expect, it } from 'vitest'
import type { Browser } from '../browser.ts'
import { hint } from '../providers.ts'
import { formOn } from '../saml/host.ts'
import { type Driver, location } from './driver.ts'

const CALLBACK = '/api/auth/oidc/posted/login/callback/'

/** Logins by OpenID Connect whose answer is posted, at a connection with `response_mode: form_post`. */
export function postedCases({ host, open, session, expectRefused }: Driver): void {
  /** To the provider and back. @returns the form that it sends the browser back with */
  async function goAndReturn(
    browser: Browser,
    personality: Parameters<typeof hint>[0] = 'good',
    connection = 'posted',
  ) {
    const query = new URLSearchParams({ next: '/deep', login_hint: hint(personality, 'outsider') })
    const started = await browser.navigate(`/api/auth/oidc/${connection}/login/?${query}`)
    expect(started.status).toBe(302)
    const page = await browser.navigate(location(started))
    expect(page.status).toBe(200)
    return formOn(await page.text())
  }

  describe('an answer that is posted', () => {
    it('signs a person in, from another site', async () => {
      const browser = open()
      const { action, fields } = await goAndReturn(browser)
      expect(new URL(action).pathname).toBe(CALLBACK)
      expect(Object.keys(fields).sort()).toEqual(['code', 'iss', 'state'])
      const completed = await browser.post(action, fields)
      expect([completed.status, location(completed)]).toEqual([303, '/deep'])
      expect((await session(browser))?.user).toMatchObject({ idp: 'posted', protocol: 'oidc' })
      expect([...browser.cookies.keys()]).toEqual(['__Host-doorward-session'])
    })

    it('comes with a cookie that says SameSite=None, and leaves one of the session that says Lax', async () => {
      const browser = open()
      const started = await browser.navigate('/api/auth/oidc/posted/login/')
      expect(started.headers.getSetCookie()).toEqual([
        expect.stringMatching(/^__Host-doorward-login-.*; HttpOnly; Secure; SameSite=None$/),
      ])
      const { action, fields } = await goAndReturn(browser)
      const completed = await browser.post(action, fields)
      const [cleared, kept] = completed.headers.getSetCookie()
      expect(cleared).toMatch(/^__Host-doorward-login-.*=; Max-Age=0; .*SameSite=None$/)
      expect(kept).toMatch(/^__Host-doorward-session=.*SameSite=Lax$/)
    })

    it('is posted once more, from our own page, where no cookie came, and accepted then', async () => {
      const browser = open()
      const form = await goAndReturn(browser)
      browser.sentAcrossSites.clear()
      const page = await browser.post(form.action, {
        ...form.fields,
        session_state: 'x',
        access_token: 'never on a page of ours',
      })
      expect(page.status).toBe(200)
      expect(page.headers.getSetCookie()).toEqual([])
      expect(page.headers.get('content-security-policy')).toContain("form-action 'self';")
      const { action, fields } = formOn(await page.text())
      expect(action).toBe(`${host().origin}${CALLBACK}`)
      expect(fields).toEqual({ ...form.fields, doorward_posted_again: '1' })
      expect(location(await browser.post(action, fields, 'same-origin'))).toBe('/deep')
      expect(await session(browser)).toBeDefined()
    })

    it('is posted once more and no further', async () => {
      const [browser, victim] = [open(), open()]
      const { action, fields } = await goAndReturn(browser)
      const again = formOn(await (await victim.post(action, fields)).text())
      const refused = await victim.post(again.action, again.fields, 'same-origin')
      await expectRefused(victim, refused, 'login_expired')
    })

    it('breaks out of our page in no way', async () => {
      const markup = `"><script>alert(1)</script><input value='`
      const page = await (await open().post(CALLBACK, { state: 'x', code: markup, iss: markup })).text()
      expect(page.match(/<script>/g)).toHaveLength(1)
      expect(formOn(page).fields).toMatchObject({ code: markup, iss: markup })
    })

    it('replaces the session that there was, whose cookie does not come with it', async () => {
      const browser = open()
      const first = await goAndReturn(browser)
      await browser.post(first.action, first.fields)
      const before = browser.cookies.get('__Host-doorward-session') ?? ''
      const second = await goAndReturn(browser)
      expect(location(await browser.post(second.action, second.fields))).toBe('/deep')
      expect(await session(browser)).toBeDefined()
      browser.cookies.set('__Host-doorward-session', before)
      expect(await session(browser)).toBeUndefined()
    })

    it('is used once', async () => {
      const browser = open()
      const { action, fields } = await goAndReturn(browser, 'accepts-used-codes')
      const pending = new Map(browser.cookies)
      expect(location(await browser.post(action, fields))).toBe('/deep')
      browser.cookies.clear()
      for (const [name, value] of pending) browser.cookies.set(name, value)
      browser.sentAcrossSites.add([...pending.keys()][0] ?? '')
      await expectRefused(browser, await browser.post(action, fields), 'login_failed')
    })

    it.each(['state', 'iss', 'code', 'error', 'id_token'])('has each parameter once: %s', async (name) => {
      const browser = open()
      const { action, fields } = await goAndReturn(browser)
      const body = new URLSearchParams({ ...fields, [name]: fields[name] ?? '' })
      body.append(name, fields[name] ?? '')
      await expectRefused(browser, await browser.post(action, body), 'bad_request')
    })

    it('may be an error', async () => {
      const browser = open()
      const { action, fields } = await goAndReturn(browser, 'access-denied')
      expect(fields['error']).toBe('access_denied')
      await expectRefused(browser, await browser.post(action, fields), 'login_failed')
    })

    it('is refused as an address, unless it is an error', async () => {
      const browser = open()
      const { action, fields } = await goAndReturn(browser)
      const address = `${action}?${new URLSearchParams(fields)}`
      await expectRefused(browser, await browser.navigate(address), 'login_failed')
      // It was not even looked at: the form is still good.
      expect(location(await browser.post(action, fields))).toBe('/deep')
      const { state = '' } = (await goAndReturn(browser)).fields
      const error = new URLSearchParams({ state, error: 'access_denied', iss: fields['iss'] ?? '' })
      expect(location(await browser.navigate(`${action}?${error}`))).toContain('error=login_failed')
    })

    it.each([
      ['posted', ''],
      ['posted', 'access_denied'],
      ['implicit', ''],
    ])('is refused as an address at %s, also with the error "%s" beside it', async (connection, error) => {
      const browser = open()
      const { action, fields } = await goAndReturn(browser, 'good', connection)
      const address = `${action}?${new URLSearchParams({ ...fields, error })}`
      await expectRefused(browser, await browser.navigate(address), 'login_failed')
      expect(location(await browser.post(action, fields))).toBe('/deep')
    })

    it.each([undefined, ''])('is refused where an address was asked for: error %j', async (error) => {
      const browser = open()
      const started = await browser.navigate(`/api/auth/oidc/open/login/?login_hint=${hint('good')}`)
      const { searchParams } = new URL(location(await browser.navigate(location(started))))
      if (error !== undefined) searchParams.set('error', error)
      const refused = await browser.post('/api/auth/oidc/open/login/callback/', searchParams, 'same-origin')
      await expectRefused(browser, refused, 'login_failed')
    })

    it.each([
      ['a call', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' }],
      ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    ])('is refused from %s of another site', async (_, headers) => {
      const browser = open()
      const { action, fields } = await goAndReturn(browser)
      const init = { headers: { ...headers, 'sec-fetch-site': 'cross-site' } }
      const response = await browser.post(action, fields, 'cross-site', init)
      expect([303, 400]).toContain(response.status)
      expect(await session(browser)).toBeUndefined()
    })

    it('may be as long as a long ID Token, and no longer', async () => {
      const long = { state: 'x', id_token: 'x'.repeat(100 * 1024) }
      expect((await open().post(CALLBACK, long)).status).toBe(200)
      const browser = open()
      const longer = { state: 'x', id_token: 'x'.repeat(128 * 1024) }
      await expectRefused(browser, await browser.post(CALLBACK, longer), 'bad_request')
    })

    it('is a form', async () => {
      const browser = open()
      const init = { headers: { 'content-type': 'text/plain' } }
      await expectRefused(
        browser,
        await browser.post(CALLBACK, { state: 'x' }, 'cross-site', init),
        'bad_request',
      )
    })
  })

  describe('an ID Token that is posted', () => {
    it('signs a person in, and asks the provider for no token', async () => {
      const browser = open()
      const before = await host().tokenRequests()
      const { action, fields } = await goAndReturn(browser, 'good', 'implicit')
      expect(Object.keys(fields).sort()).toEqual(['id_token', 'iss', 'state'])
      expect(location(await browser.post(action, fields))).toBe('/deep')
      expect((await session(browser))?.user).toMatchObject({
        idp: 'implicit',
        email: 'user@elsewhere.example',
      })
      expect(await host().tokenRequests()).toBe(before)
    })

    it.each(['wrong-nonce', 'forged-signature', 'alg-none', 'expired', 'access-denied'] as const)(
      'signs nobody in where it is %s',
      async (personality) => {
        const browser = open()
        const { action, fields } = await goAndReturn(browser, personality, 'implicit')
        await expectRefused(browser, await browser.post(action, fields), 'login_failed')
      },
    )

    it('is used once', async () => {
      const browser = open()
      const { action, fields } = await goAndReturn(browser, 'good', 'implicit')
      const pending = new Map(browser.cookies)
      expect(location(await browser.post(action, fields))).toBe('/deep')
      browser.cookies.clear()
      for (const [name, value] of pending) browser.cookies.set(name, value)
      await expectRefused(browser, await browser.post(action, fields, 'same-origin'), 'login_failed')
    })

    it('is good in the browser that asked for it and in no other', async () => {
      const [browser, victim] = [open(), open()]
      const { action, fields } = await goAndReturn(browser, 'good', 'implicit')
      const mine = await goAndReturn(victim, 'good', 'implicit')
      const swapped = { ...mine.fields, id_token: fields['id_token'] ?? '' }
      await expectRefused(victim, await victim.post(action, swapped), 'login_failed')
    })

    it('is not taken from an address', async () => {
      const browser = open()
      const { action, fields } = await goAndReturn(browser, 'good', 'implicit')
      const address = `${action}?${new URLSearchParams(fields)}`
      await expectRefused(browser, await browser.navigate(address), 'login_failed')
    })
  })
}
