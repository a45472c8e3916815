import { createMemorySessionStore, systemClock } from '@doorward/core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LogoutAnswer } from '../../src/contract.ts'
import type { Browser } from '../browser.ts'
import { location } from '../suite/driver.ts'
import type { CreateSamlHost } from './host.ts'
import {
  changed,
  createSigningOut,
  type SigningOut,
  signIn,
  sls,
  startLogout,
  takeToIdp,
} from './signing-out.ts'

const PENDING = '__Host-doorward-logout'
const LEAVING = '__Host-doorward-leaving'
const HERE = '/login?prompt=login&signed_out=here'
const EVERYWHERE = '/login?prompt=login&signed_out=everywhere'
const CROSS_SITE = { 'sec-fetch-site': 'cross-site' }
const OWN = { 'sec-fetch-site': 'same-origin' }

/** Signing out here, and then at the identity provider. */
export function leavingCases(create: CreateSamlHost): void {
  describe('a person who signs out of a session by SAML', () => {
    let host: SigningOut
    beforeAll(async () => {
      host = await createSigningOut(create)
    })

    /** @returns where our page is to go on to */
    async function signOut(browser: Browser, body = '{}'): Promise<string> {
      const response = await browser.call('/api/auth/logout', { method: 'POST', body })
      expect(response.status).toBe(200)
      return ((await response.json()) as LogoutAnswer).url
    }

    /** From our page to the identity provider and back. @returns the address at which the browser comes back */
    async function leave(browser: Browser, id: 'leaving' | 'leaving-too' = 'leaving'): Promise<string> {
      const sent = await browser.navigate(await signOut(browser), OWN)
      return location(await takeToIdp(host.idps[id], sent))
    }

    it.each(['{}', '{"everywhere":true}'])('is signed out there too, with the body %s', async (body) => {
      const browser = host.open()
      const sessionIndex = await signIn(host, browser)
      const url = await signOut(browser, body)
      expect(await host.session(browser)).toBeUndefined()
      expect(url).toMatch(/^\/api\/auth\/saml\/leaving\/logout\/\?session=[\w-]+$/)
      const sent = await browser.navigate(url, OWN)
      const pending = sent.headers.getSetCookie().find((cookie) => cookie.startsWith(PENDING))
      for (const part of ['SameSite=None', 'Secure', 'HttpOnly', 'Max-Age=600'])
        expect(pending).toContain(part)
      const back = location(await takeToIdp(host.idps.leaving, sent))
      const received = host.idps.leaving.requests.last('slo')
      expect(received.signature).toBe('valid')
      expect(received.message?.xml).toContain(`>${sessionIndex}</samlp:SessionIndex>`)
      expect(location(await browser.navigate(back, CROSS_SITE))).toBe(EVERYWHERE)
      expect(browser.cookies.size).toBe(0)
    })

    it('is signed out there by a link on a page of ours, and asked first by any other', async () => {
      const browser = host.open()
      await signIn(host, browser)
      expect(location(await browser.navigate('/api/auth/logout', CROSS_SITE))).toBe('/login?sign_out=1')
      const followed = await browser.navigate('/api/auth/logout', OWN)
      expect(followed.status).toBe(303)
      const sent = await browser.navigate(location(followed), OWN)
      expect(location(sent)).toMatch(/^https:\/\/idp\.example\/leaving\/slo\?SAMLRequest=/)
      expect(await host.session(browser)).toBeUndefined()
    })

    it('goes there and comes back by forms, where the identity provider wants that', async () => {
      const posting = await createSigningOut(create)
      const { leaving } = posting.idps
      leaving.metadataPersonality = {
        name: 'posting',
        wrong: 'nothing',
        specification: 'none',
        hooks: {
          text: (xml: string) =>
            xml.replace(
              /<md:SingleLogoutService[^>]*HTTP-Redirect[^>]*(?:\/>|><\/md:SingleLogoutService>)/,
              '',
            ),
        },
      } as never
      const browser = posting.open()
      await signIn(posting, browser)
      const sent = await browser.navigate(await signOut(browser), OWN)
      expect(sent.status).toBe(200)
      expect(sent.headers.get('content-security-policy')).toContain("form-action 'self' https:")
      expect(await sent.clone().text()).toContain('<h1>Signing out</h1>')
      const page = await (await takeToIdp(leaving, sent)).text()
      const answer = /name="SAMLResponse" value="([^"]*)"/.exec(page)?.[1] ?? ''
      expect(location(await browser.post(sls('leaving'), { SAMLResponse: answer }))).toBe(EVERYWHERE)
    })

    it('stays where the connection does not want it', async () => {
      const browser = host.open()
      await signIn(host, browser, 'acme')
      expect(await signOut(browser)).toBe('/login?prompt=login')
    })

    it('reads that they may still be signed in there, when the identity provider says no', async () => {
      const browser = host.open()
      await signIn(host, browser)
      const status = ['urn:oasis:names:tc:SAML:2.0:status:Responder']
      host.idps.leaving.logoutPersonality = changed({ response: (good) => ({ ...good, status }) })
      const back = await leave(browser)
      host.idps.leaving.logoutPersonality = 'good'
      expect(location(await browser.navigate(back, CROSS_SITE))).toBe(HERE)
    })

    it('reads so when the answer is by somebody else, and the log says why', async () => {
      const browser = host.open()
      await signIn(host, browser)
      host.idps.leaving.logoutPersonality = changed({ signer: (_, keys) => keys.get('stranger') })
      const back = await leave(browser)
      host.idps.leaving.logoutPersonality = 'good'
      expect(location(await browser.navigate(back, CROSS_SITE))).toBe(HERE)
      const refused = { type: 'request.refused', connection: 'leaving', code: 'saml_signature_invalid' }
      expect(host.events.at(-1)).toMatchObject(refused)
    })

    it('reads so when the answer is to another logout', async () => {
      const [browser, other] = [host.open(), host.open()]
      for (const each of [browser, other]) await signIn(host, each)
      const back = await leave(browser)
      const backOfOther = await leave(other)
      expect(location(await browser.navigate(backOfOther, CROSS_SITE))).toBe(HERE)
      expect(location(await browser.navigate(back, CROSS_SITE))).toBe(EVERYWHERE)
    })

    it('is kept from no answer by what another site brings in its place', async () => {
      const browser = host.open()
      await signIn(host, browser)
      const back = await leave(browser)
      const framed = { ...CROSS_SITE, 'sec-fetch-dest': 'iframe' }
      const forged = await browser.navigate(`${sls('leaving')}?SAMLResponse=x`, framed)
      expect(location(forged)).toBe(HERE)
      expect(location(await browser.navigate(back, CROSS_SITE))).toBe(EVERYWHERE)
      expect(browser.cookies.has(PENDING)).toBe(false)
    })

    it('reads so when the identity provider can not be asked, or we have no keys', async () => {
      const down = await createSigningOut(create)
      const browser = down.open()
      await signIn(down, browser)
      const url = await signOut(browser)
      down.isReachable = false
      const without = await createSigningOut(create, { isWithoutKeys: true })
      const another = without.open()
      await signIn(without, another)
      expect(location(await another.navigate(await signOut(another), OWN))).toBe(HERE)
      expect(without.events.at(-1)).toMatchObject({
        type: 'request.refused',
        connection: 'leaving',
        code: 'installation_invalid',
        details: { variable: 'DOORWARD_SAML_KEYS' },
      })
      // Another isolate knows no metadata yet.
      const fresh = await createSigningOut(create)
      fresh.isReachable = false
      const moved = fresh.open()
      for (const [name, value] of browser.cookies) moved.cookies.set(name, value)
      expect(location(await moved.navigate(url, OWN))).toBe(HERE)
      expect(fresh.events.at(-1)).toMatchObject({ type: 'request.refused', code: 'provider_unreachable' })
    })

    it('reads so when the identity provider offers no logout, and the log says why', async () => {
      const offering = await createSigningOut(create)
      offering.idps.leaving.metadataPersonality = {
        name: 'without-logout',
        wrong: 'nothing',
        specification: 'none',
        hooks: {
          text: (xml: string) =>
            xml.replaceAll(/<md:SingleLogoutService[^>]*>(<\/md:SingleLogoutService>)?/g, ''),
        },
      } as never
      const browser = offering.open()
      await signIn(offering, browser)
      expect(location(await browser.navigate(await signOut(browser), OWN))).toBe(HERE)
      const refused = { type: 'request.refused', connection: 'leaving', code: 'saml_metadata_invalid' }
      expect(offering.events.at(-1)).toMatchObject(refused)
    })

    it('is sent to no identity provider that took the place of their own', async () => {
      const sessions = createMemorySessionStore(systemClock)
      const [before, after] = await Promise.all([
        createSigningOut(create, { sessions }),
        createSigningOut(create, { sessions, identityProviders: 'https://other.example' }),
      ])
      const [browser, later] = [before.open(), after.open()]
      await signIn(before, browser)
      for (const [name, value] of browser.cookies) later.cookies.set(name, value)
      expect(await after.session(later)).toBeDefined()
      expect(location(await later.navigate(await signOut(later), OWN))).toBe(HERE)
    })

    it.each(['', '?session=', '?session=x', '?session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
      'is sent to nobody by an address that we did not seal: %j',
      async (query) => {
        const response = await host.open().navigate(`/api/auth/saml/leaving/logout/${query}`, OWN)
        expect(location(response)).toBe(HERE)
      },
    )

    it('is sent to no other identity provider than their own', async () => {
      const browser = host.open()
      await signIn(host, browser)
      const url = await signOut(browser)
      expect(location(await browser.navigate(url.replace('leaving', 'leaving-too'), OWN))).toBe(HERE)
    })

    it.each([
      CROSS_SITE,
      { 'sec-fetch-site': 'none' },
      { ...OWN, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
      { ...OWN, 'sec-fetch-dest': 'iframe' },
      { ...OWN, 'sec-purpose': 'prefetch' },
    ])('is sent there by a page of ours alone, and not by %j', async (headers) => {
      const browser = host.open()
      await signIn(host, browser)
      const url = await signOut(browser)
      expect(location(await browser.navigate(url, headers))).toBe(HERE)
      expect((await browser.navigate(url, OWN)).status).toBe(302)
    })

    it('is sent there in their own browser alone, and once', async () => {
      const [browser, other] = [host.open(), host.open()]
      for (const each of [browser, other]) await signIn(host, each)
      const url = await signOut(browser)
      const mark = browser.cookies.get(LEAVING) ?? ''
      expect(mark).toMatch(/^[\w-]{22}$/)
      expect(location(await other.navigate(url, OWN))).toBe(HERE)
      await signOut(other)
      expect(location(await other.navigate(url, OWN))).toBe(HERE)
      expect((await browser.navigate(url, OWN)).status).toBe(302)
      expect(browser.cookies.has(LEAVING)).toBe(false)
      expect(location(await browser.navigate(url, OWN))).toBe(HERE)
    })

    it('can not be told by an answer that nobody waits for', async () => {
      const [browser, other] = [host.open(), host.open()]
      await signIn(host, browser)
      await signIn(host, other)
      const back = await leave(browser)
      const refused = await other.navigate(back, CROSS_SITE)
      expect(location(refused)).toContain('error=logout_failed')
      expect(await host.session(other)).toBeDefined()
    })

    it('is told nothing by another identity provider than the one that was asked', async () => {
      const [browser, other] = [host.open(), host.open()]
      await signIn(host, browser)
      await signIn(host, other, 'leaving-too')
      const back = await leave(browser)
      const answer = await leave(other, 'leaving-too')
      expect(location(await browser.navigate(answer, CROSS_SITE))).toContain('error=logout_failed')
      expect(location(await browser.navigate(back, CROSS_SITE))).toBe(EVERYWHERE)
    })

    it('can be signed out by the identity provider while its answer is awaited', async () => {
      const [browser, other] = [host.open(), host.open()]
      await signIn(host, browser)
      await signIn(host, other)
      await leave(browser)
      const { url } = await startLogout(host, 'leaving', { binding: 'redirect' })
      expect((await browser.navigate(url.href, CROSS_SITE)).status).toBe(302)
      expect(await host.session(other)).toBeUndefined()
      expect(browser.cookies.has(PENDING)).toBe(true)
    })
  })
}
