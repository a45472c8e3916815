import { createMemorySessionStore, systemClock } from '@doorward/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { location } from '../suite/driver.ts'
import { acs, type CreateSamlHost, formOn } from './host.ts'
import {
  bring,
  changed,
  createSigningOut,
  goToIdp,
  type SigningOut,
  signIn,
  sls,
  startLogout,
  takeToIdp,
} from './signing-out.ts'

/** What becomes of sessions that an identity provider ends. */
export function logoutCases(create: CreateSamlHost): void {
  describe("an identity provider's logout by SAML", () => {
    let host: SigningOut
    beforeAll(async () => {
      host = await createSigningOut(create)
    })

    it.each(['redirect', 'post'] as const)(
      'by %s ends the session that it names, and is answered',
      async (binding) => {
        const [browser, other] = [host.open(), host.open()]
        const sessionIndex = await signIn(host, browser)
        await signIn(host, other)
        const message = await startLogout(host, 'leaving', {
          binding,
          sessionIndexes: [sessionIndex],
          relayState: 'a&b=c',
        })
        // In no browser of the person, as some identity providers do it.
        const sent = await bring(host.open(), message)
        expect(await host.session(browser)).toBeUndefined()
        expect(await host.session(other)).toBeDefined()
        expect((await takeToIdp(host.idps.leaving, sent)).status).toBe(200)
        const received = host.idps.leaving.requests.last('slo')
        expect(received).toMatchObject({ signature: 'valid', message: { relayState: 'a&b=c' } })
        expect(received.message?.xml).toContain(`InResponseTo="${message.id}"`)
        expect(host.events).toContainEqual({
          type: 'sessions.ended',
          requestId: sent.headers.get('x-request-id'),
          by: 'provider',
          connection: 'leaving',
          count: 1,
        })
      },
    )

    it('without a SessionIndex ends all of the person there, and nobody else', async () => {
      const [one, two, elsewhere] = [host.open(), host.open(), host.open()]
      await signIn(host, one)
      await signIn(host, two)
      await signIn(host, elsewhere, 'leaving-too')
      const sent = await bring(one, await startLogout(host, 'leaving', { binding: 'redirect' }))
      expect(sent.status).toBe(302)
      for (const browser of [one, two]) expect(await host.session(browser)).toBeUndefined()
      expect(one.cookies.size).toBe(0)
      expect(await host.session(elsewhere)).toBeDefined()
    })

    it('ends the session of a name that says whose it is, by one to which that goes without saying', async () => {
      const qualified = await createSigningOut(create)
      qualified.idps.leaving.personality = 'qualified-name-id'
      const browser = qualified.open()
      await signIn(qualified, browser)
      await bring(qualified.open(), await startLogout(qualified, 'leaving', { binding: 'redirect' }))
      expect(await qualified.session(browser)).toBeUndefined()
      expect(qualified.events.at(-1)).toMatchObject({ type: 'sessions.ended', count: 1 })
    })

    it.each(['redirect', 'post'] as const)(
      'by %s ends the session of the browser that brings it, where only the name is the same',
      async (binding) => {
        const [browser, other] = [host.open(), host.open()]
        await signIn(host, browser)
        await signIn(host, other)
        const nameIdFormat = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
        const message = await startLogout(host, 'leaving', { binding, nameIdFormat })
        await takeToIdp(host.idps.leaving, await bring(browser, message))
        expect(host.idps.leaving.requests.last('slo').message?.xml).toContain('status:Success')
        expect(await host.session(browser)).toBeUndefined()
        expect(browser.cookies.size).toBe(0)
        expect(await host.session(other)).toBeDefined()
        expect(host.events.at(-1)).toMatchObject({ type: 'sessions.ended', count: 1 })
      },
    )

    it.each(['redirect', 'post'] as const)(
      'by %s is not answered with success where somebody else is signed in from there',
      async (binding) => {
        const browser = host.open()
        await signIn(host, browser)
        const message = await startLogout(host, 'leaving', { binding, nameId: 'user-2' })
        await takeToIdp(host.idps.leaving, await bring(browser, message))
        const xml = host.idps.leaving.requests.last('slo').message?.xml
        expect(xml).toContain('status:PartialLogout')
        expect(xml).not.toContain('status:Success')
        expect(await host.session(browser)).toBeDefined()
        expect(host.events.at(-1)).toMatchObject({ type: 'sessions.ended', count: 0 })
      },
    )

    it('leaves a browser the session that it has from elsewhere', async () => {
      const browser = host.open()
      await signIn(host, browser, 'leaving-too')
      await bring(browser, await startLogout(host, 'leaving', { binding: 'redirect' }))
      expect(await host.session(browser)).toBeDefined()
    })

    it('is answered with success where there is nothing to end', async () => {
      const message = await startLogout(host, 'acme', { binding: 'redirect', nameId: 'nobody' })
      const answered = await takeToIdp(host.idps.acme, await bring(host.open(), message))
      expect(answered.status).toBe(200)
      expect(host.idps.acme.requests.last('slo').message?.xml).toContain('status:Success')
      expect(host.events.at(-1)).toMatchObject({ type: 'sessions.ended', count: 0 })
    })

    it('counts in a frame too, as identity providers with many applications do it', async () => {
      const browser = host.open()
      await signIn(host, browser)
      const { url } = await startLogout(host, 'leaving', { binding: 'redirect' })
      const framed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }
      expect((await browser.navigate(url.href, framed)).status).toBe(302)
      expect(await host.session(browser)).toBeUndefined()
    })

    it('is not answered with success in a frame where it fits no session: whose browser it is, is not said there', async () => {
      const browser = host.open()
      await signIn(host, browser)
      for (const binding of ['redirect', 'post'] as const) {
        const message = await startLogout(host, 'leaving', { binding, nameId: 'user-2' })
        const framed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }
        const sent =
          binding === 'post'
            ? await browser.post(message.url.pathname, message.parameters, 'cross-site', { headers: framed })
            : await browser.navigate(message.url.href, framed)
        await takeToIdp(host.idps.leaving, sent)
        expect(host.idps.leaving.requests.last('slo').message?.xml).toContain('status:PartialLogout')
      }
      expect(await host.session(browser)).toBeDefined()
    })

    it('that is posted is posted once more by a page of ours, which brings the cookie of the session', async () => {
      const browser = host.open()
      await signIn(host, browser)
      const relayState = 'a&b=c'
      const { url, parameters } = await startLogout(host, 'leaving', { binding: 'post', relayState })
      const page = await browser.post(url.pathname, parameters)
      // Browsers hold the redirects that follow a form to it as well, and this one leads back to the identity provider.
      expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https:")
      const { action, fields } = formOn(await page.text())
      expect(action).toBe(url.href)
      expect(fields).toEqual({
        SAMLRequest: parameters.get('SAMLRequest'),
        RelayState: relayState,
        doorward_posted_again: '1',
      })
      expect(await host.session(browser)).toBeDefined()
      await browser.post(action, fields, 'same-origin')
      expect(await host.session(browser)).toBeUndefined()
    })

    it('gives no session to a login that it has overtaken', async () => {
      const browser = host.open()
      const { answer } = await goToIdp(host, browser, 'leaving')
      // The clock of the host is the real one: what is begun and ended in one millisecond is no overtaking.
      await new Promise((resolve) => setTimeout(resolve, 5))
      await bring(host.open(), await startLogout(host, 'leaving', { binding: 'post' }))
      const completed = await browser.post(acs('leaving'), answer)
      await host.expectRefused(browser, completed, 'login_expired', 'session_ended_early')
      await signIn(host, browser)
      expect(await host.session(browser)).toBeDefined()
    })

    it('counts once: a message that was kept ends no later session', async () => {
      const browser = host.open()
      const message = await startLogout(host, 'leaving', { binding: 'post' })
      await bring(browser, message)
      await new Promise((resolve) => setTimeout(resolve, 5))
      await signIn(host, browser)
      const replayed = await bring(host.open(), message)
      expect(location(replayed)).toContain('error=logout_failed')
      expect(await host.session(browser)).toBeDefined()
    })

    it.each(['redirect', 'post'] as const)('by %s that nobody signed ends nothing', async (binding) => {
      const browser = host.open()
      await signIn(host, browser)
      const personality = changed({ signer: () => undefined })
      const refused = await bring(browser, await startLogout(host, 'leaving', { binding, personality }))
      expect(location(refused)).toContain('error=logout_failed')
      expect(await host.session(browser)).toBeDefined()
      expect(host.events.at(-1)).toMatchObject({
        type: 'request.refused',
        connection: 'leaving',
        code: 'saml_signature_missing',
      })
    })

    it('of another connection ends nothing', async () => {
      const browser = host.open()
      await signIn(host, browser)
      const message = await startLogout(host, 'leaving-too', { binding: 'post' })
      const url = new URL(message.url.href.replace('leaving-too', 'leaving'))
      expect(location(await bring(browser, { ...message, url }))).toContain('error=logout_failed')
      expect(await host.session(browser)).toBeDefined()
    })

    it('is no answer to a login, nor the other way round', async () => {
      const browser = host.open()
      await signIn(host, browser)
      const { parameters } = await startLogout(host, 'leaving', { binding: 'post' })
      const atAcs = await browser.post(acs('leaving'), parameters)
      await expect(location(atAcs)).toContain('error=bad_request')
      const disguised = { SAMLResponse: parameters.get('SAMLRequest') ?? '', RelayState: 'A'.repeat(22) }
      const posted = await browser.post(
        acs('leaving'),
        { ...disguised, doorward_posted_again: '1' },
        'same-origin',
      )
      expect(location(posted)).toContain('error=login_')
      const { answer } = await goToIdp(host, host.open(), 'leaving')
      expect(location(await browser.post(sls('leaving'), answer))).toContain('error=logout_failed')
      expect(await host.session(browser)).toBeDefined()
    })

    it('is answered with a fault of ours, and reported, where sessions can not be ended', async () => {
      const sessions = createMemorySessionStore(systemClock)
      const down = await createSigningOut(create, {
        sessions: { ...sessions, endAll: () => Promise.reject(new Error('down')) },
      })
      const sent = await bring(down.open(), await startLogout(down, 'leaving', { binding: 'redirect' }))
      await takeToIdp(down.idps.leaving, sent)
      expect(down.idps.leaving.requests.last('slo').message?.xml).toContain('status:Responder')
      expect(down.events.map(({ type }) => type)).toEqual(['request.refused', 'fault'])
      const without = await createSigningOut(create, {
        isWithoutKeys: true,
        ledger: { claim: () => Promise.reject(new Error('down')) },
      })
      const kept = await bring(without.open(), await startLogout(without, 'leaving', { binding: 'redirect' }))
      expect(location(kept)).toContain('error=server_error')
    })

    it.each(['nobody', 'off'])('is not there for %s', async (id) => {
      for (const path of ['sls/', 'logout/']) {
        expect((await host.open().call(`/api/auth/saml/${id}/${path}`)).status).toBe(404)
      }
    })

    it('is obeyed where we have no keys to answer with', async () => {
      const without = await createSigningOut(create, { isWithoutKeys: true })
      const browser = without.open()
      await signIn(without, browser)
      const sent = await bring(browser, await startLogout(without, 'leaving', { binding: 'redirect' }))
      expect(location(sent)).toBe('/login?prompt=login')
      expect(await without.session(browser)).toBeUndefined()
    })
  })
}
