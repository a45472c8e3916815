import { describe, expect, it } from 'vitest'
import { hint } from '../providers.ts'
import { formOn } from '../saml/host.ts'
import { type Driver, location } from './driver.ts'

/** Redirect URIs of other products, which are registered at a provider already. */
export function aliasCases({ host, open, begin, session, expectRefused }: Driver): void {
  const query = new URLSearchParams({ next: '/deep', login_hint: hint('good', 'outsider') })

  describe("an answer at another product's redirect URI", () => {
    it('signs a person in, where it was asked for there', async () => {
      const browser = open()
      const started = await browser.navigate(`/api/auth/oidc/wandb/login/?${query}`)
      const asked = new URL(location(started)).searchParams.get('redirect_uri')
      expect(asked).toBe(`${host().origin}/oidc/callback`)
      const back = location(await browser.navigate(location(started)))
      expect(location(await browser.navigate(back))).toBe('/deep')
      expect((await session(browser))?.user.idp).toBe('wandb')
    })

    it('may be posted, and is posted once more to the same', async () => {
      const browser = open()
      const started = await browser.navigate(`/api/auth/oidc/clearml/login/?${query}`)
      const { action, fields } = formOn(await (await browser.navigate(location(started))).text())
      expect(action).toBe(`${host().origin}/callback_clearml`)
      browser.sentAcrossSites.clear()
      const again = formOn(await (await browser.post(action, fields)).text())
      expect(again.action).toBe(action)
      expect(location(await browser.post(again.action, again.fields, 'same-origin'))).toBe('/deep')
      expect((await session(browser))?.user.idp).toBe('clearml')
    })

    it('is for the connection that has it, and for no other', async () => {
      const browser = open()
      const { search } = new URL(await begin(browser))
      await expectRefused(browser, await browser.navigate(`/oidc/callback${search}`), 'login_expired')
    })

    it.each(['/callback_other', '/callback_', '/oidc/callback/x'])('is nowhere else: %s', async (path) => {
      expect((await open().navigate(`${path}?state=x`)).status).toBe(404)
    })
  })

  describe("the address of W&B's sign-out", () => {
    it('says that somebody is signed out, who is', async () => {
      expect(location(await open().navigate('/logout'))).toMatch(/^\/login\?/)
    })

    it('asks whoever is signed in, and signs nobody out, from wherever they come', async () => {
      const browser = open()
      const back = await begin(browser, { connection: 'wandb', user: 'outsider', next: '/logout' })
      expect(location(await browser.navigate(back))).toBe('/logout')
      for (const site of ['cross-site', 'same-origin', 'none']) {
        const asked = await browser.navigate('/logout', { 'sec-fetch-site': site })
        expect(location(asked)).toBe('/login?sign_out=1')
      }
      expect(await session(browser)).toBeDefined()
    })
  })
}
