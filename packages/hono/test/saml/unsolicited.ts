import { createFixedClock } from '@doorward/core/testing'
import { describe, expect, it } from 'vitest'
import type { Browser } from '../browser.ts'
import { location } from '../suite/driver.ts'
import { acs, answerTo, begin, type CreateSamlHost, logIn, newAssertion } from './host.ts'
import { samlResponseOf } from './telling-saml.ts'

const MARK = '__Host-doorward-unsolicited'

/** What an identity provider sends when somebody began at its portal. */
function unasked(browser: Browser, id: string, relayState?: string): Promise<Response> {
  const form = { SAMLResponse: samlResponseOf({ assertion: newAssertion() }) }
  return browser.post(acs(id), relayState === undefined ? form : { ...form, RelayState: relayState })
}

const LOGIN = 'http://localhost:8787/api/auth/saml/portal/login/'
const START = `${LOGIN}?unsolicited=1`

/** Answers that nobody asked for. */
export function unsolicitedCases(create: CreateSamlHost): void {
  const { open, session, expectRefused, events } = create()

  describe('an answer that nobody asked for', () => {
    it.each([undefined, '', '/deep', 'https://idp.example/'])(
      'is refused with the RelayState %j, unless the connection takes them',
      async (relayState) => {
        const browser = open()
        const refused = await unasked(browser, 'acme', relayState)
        await expectRefused(browser, refused, 'login_failed', 'saml_unsolicited')
        expect(events.at(-1)).toMatchObject({ details: { idp_initiated: false } })
        expect(browser.cookies.size).toBe(0)
      },
    )

    it('signs nobody in, but sends them to ask for one', async () => {
      const browser = open()
      const bounced = await unasked(browser, 'portal')
      expect(bounced.status).toBe(303)
      expect(location(bounced)).toBe(START)
      expect(await session(browser)).toBeUndefined()
      const [mark, ...others] = bounced.headers.getSetCookie()
      expect(others).toEqual([])
      expect(mark).toMatch(/^__Host-doorward-unsolicited=portal;/)
      for (const part of ['Max-Age=60', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=None']) {
        expect(mark).toContain(part)
      }
      const started = await browser.navigate(location(bounced), { 'sec-fetch-site': 'cross-site' })
      const transactionId = new URL(location(started)).searchParams.get('RelayState') ?? ''
      expect(location(await browser.post(acs('portal'), answerTo(transactionId)))).toBe('/')
      expect((await session(browser))?.user.idp).toBe('portal')
    })

    it('sends nobody a second time within a minute', async () => {
      const browser = open()
      await unasked(browser, 'portal')
      const second = await unasked(browser, 'portal')
      await expectRefused(browser, second, 'login_failed', 'saml_unsolicited')
      expect(events.at(-1)).toMatchObject({ details: { idp_initiated: true } })
      expect(browser.cookies.has(MARK)).toBe(true)
      // At another portal, nobody was sent away yet.
      expect(location(await unasked(browser, 'other-portal'))).toContain('/other-portal/login/')
    })

    it('sends nobody to and fro whose browser keeps no cookies', async () => {
      const browser = open()
      const bounced = await unasked(browser, 'portal')
      browser.cookies.clear()
      const refused = await browser.navigate(location(bounced), { 'sec-fetch-site': 'cross-site' })
      await expectRefused(browser, refused, 'login_expired', 'transaction_missing')
      expect(browser.cookies.size).toBe(0)
    })

    it('may come again once somebody was signed in', async () => {
      const browser = open()
      await unasked(browser, 'portal')
      await logIn(browser, 'portal')
      expect(browser.cookies.has(MARK)).toBe(false)
      expect(location(await unasked(browser, 'portal'))).toBe(START)
    })

    it.each([
      ['/deep?tab=files', '/deep?tab=files'],
      ['http://localhost:8787/deep', '/deep'],
    ])('leads to where its portal wants: %s', async (relayState, next) => {
      const bounced = await unasked(open(), 'portal', relayState)
      const url = new URL(location(bounced))
      expect(`${url.origin}${url.pathname}`).toBe(LOGIN)
      expect(url.searchParams.get('next')).toBe(next)
    })

    it.each([
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/api/auth/logout',
      'some-token-of-the-portal',
      'x'.repeat(5000),
    ])('leads nowhere else: %j', async (relayState) => {
      expect(location(await unasked(open(), 'portal', relayState))).toBe(START)
    })

    it('is known by its content too: it names our login, and answers none', async () => {
      const refusing = open()
      const refused = await refusing.post(
        acs('acme'),
        answerTo(await begin(refusing, 'acme', '?next=/deep'), { inResponseTo: undefined }),
      )
      await expectRefused(refusing, refused, 'login_failed', 'saml_unsolicited')
      expect(location(refused)).toContain('next=%2Fdeep')

      const browser = open()
      const answer = async () =>
        browser.post(
          acs('portal'),
          answerTo(await begin(browser, 'portal', '?next=/deep'), { inResponseTo: undefined }),
        )
      expect(location(await answer())).toBe(`${START}&next=%2Fdeep`)
      await expectRefused(browser, await answer(), 'login_failed', 'saml_unsolicited')
    })
  })

  it('slows down an address that posts too many answers', async () => {
    const { open } = create({ rateLimits: true, clock: createFixedClock(Date.UTC(2026, 0, 1)).now })
    const browser = open()
    const statuses = []
    for (let i = 0; i < 4; i++) {
      const init = { headers: { 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin', accept: '*/*' } }
      statuses.push((await browser.post(acs('acme'), {}, 'same-origin', init)).status)
    }
    expect(statuses).toEqual([400, 400, 400, 429])
  })
}
