import { describe, expect, it } from 'vitest'
import { location } from '../suite/driver.ts'
import { acs, answerTo, begin, type CreateSamlHost, formOn } from './host.ts'

/** Answers that arrive without the cookie of their login, and what is done about it: once. */
export function arrivalCases(create: CreateSamlHost): void {
  const { open, session, expectRefused } = create()

  describe('an answer whose cookie does not come with it', () => {
    it('is posted once more, from our own page, and accepted then', async () => {
      const browser = open()
      const form = answerTo(await begin(browser, 'acme', '?next=/deep'))
      browser.sentAcrossSites.clear()
      const page = await browser.post(acs('acme'), form)
      expect(page.status).toBe(200)
      // The cookie may be there all the same: nothing is taken away.
      expect(page.headers.getSetCookie()).toEqual([])
      const { action, fields } = formOn(await page.text())
      expect(action).toBe('http://localhost:8787/api/auth/saml/acme/acs/')
      expect(fields).toEqual({ ...form, doorward_posted_again: '1' })
      const completed = await browser.post(action, fields, 'same-origin')
      expect(location(completed)).toBe('/deep')
      expect(await session(browser)).toBeDefined()
    })

    it('is refused when there is no cookie the second time either', async () => {
      const browser = open()
      const form = answerTo(await begin(browser))
      browser.cookies.clear()
      const { action, fields } = formOn(await (await browser.post(acs('acme'), form)).text())
      const refused = await browser.post(action, fields, 'same-origin')
      await expectRefused(browser, refused, 'login_expired', 'transaction_missing')
    })

    it('is refused at once when it says that it was posted again', async () => {
      const browser = open()
      for (const doorward_posted_again of ['1', '', 'x']) {
        const form = { ...answerTo('A'.repeat(22)), doorward_posted_again }
        const refused = await browser.post(acs('acme'), form)
        await expectRefused(browser, refused, 'login_expired', 'transaction_missing')
      }
    })

    it('is refused in a browser that did not begin the login', async () => {
      const [attacker, victim] = [open(), open()]
      const form = answerTo(await begin(attacker))
      await begin(victim)
      const { action, fields } = formOn(await (await victim.post(acs('acme'), form)).text())
      const refused = await victim.post(action, fields, 'same-origin')
      await expectRefused(victim, refused, 'login_expired', 'transaction_missing')
      expect(location(await attacker.post(acs('acme'), form))).toBe('/')
    })
  })

  describe('an answer that comes in another way than by a person', () => {
    it.each([
      ['a call', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' }],
      ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    ])('is refused: %s of another site', async (_, headers) => {
      for (const site of ['cross-site', 'same-site']) {
        const browser = open()
        const form = answerTo(await begin(browser))
        const pending = new Map(browser.cookies)
        const init = { headers: { ...headers, 'sec-fetch-site': site } }
        const response = await browser.post(acs('acme'), form, 'cross-site', init)
        expect([303, 400]).toContain(response.status)
        expect(await session(browser)).toBeUndefined()
        expect(browser.cookies).toEqual(pending)
      }
    })
  })
}
