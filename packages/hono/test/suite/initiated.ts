import { describe, expect, it } from 'vitest'
import type { PublicErrorCode } from '../../src/contract.ts'
import type { Browser } from '../browser.ts'
import { type Driver, location } from './driver.ts'

const PATH = '/api/auth/oidc/down/initiate-login/'
/** How the provider of `down` calls itself; nobody is there, which does not matter before the login itself. */
const ISSUER = 'http://127.0.0.1:9'

/** Logins that a provider's portal begins. */
export function initiatedCases({ host, open, session, expectRefused }: Driver): void {
  const ways: readonly [string, (browser: Browser, fields: URLSearchParams) => Promise<Response>][] = [
    ['GET', (browser, fields) => browser.navigate(`${PATH}?${fields}`, { 'sec-fetch-site': 'cross-site' })],
    ['POST', (browser, fields) => browser.post(PATH, fields)],
  ]

  describe.each(ways)('a login that another site begins by %s', (_, send) => {
    it('is an ordinary one, and leads to where that site says', async () => {
      const browser = open()
      const fields = new URLSearchParams({
        iss: ISSUER,
        login_hint: 'user@down.example',
        target_link_uri: `${host().origin}/projects/7?tab=files#top`,
      })
      const response = await send(browser, fields)
      expect(response.status).toBe(303)
      const url = new URL(location(response))
      expect(`${url.origin}${url.pathname}`).toBe(`${host().origin}/api/auth/oidc/down/login/`)
      expect(url.searchParams.get('next')).toBe('/projects/7?tab=files')
      expect(url.searchParams.get('hint')).toMatch(/^[\w.-]{30,}$/)
      expect(url.href).not.toContain('user')
      expect(browser.cookies.size).toBe(0)
    })

    it('needs the issuer alone, in the spelling of any', async () => {
      for (const iss of [ISSUER, `${ISSUER}/`, 'HTTP://127.0.0.1:9']) {
        const response = await send(open(), new URLSearchParams({ iss }))
        expect(location(response)).toBe(`${host().origin}/api/auth/oidc/down/login/`)
      }
    })

    it.each<[Record<string, string>, PublicErrorCode]>([
      [{}, 'bad_request'],
      [{ iss: '' }, 'bad_request'],
      [{ iss: 'https://evil.example' }, 'unknown_domain'],
      [{ iss: `${ISSUER}/other` }, 'unknown_domain'],
      [{ iss: ISSUER, target_link_uri: 'https://evil.example/' }, 'bad_request'],
      [{ iss: ISSUER, target_link_uri: '//evil.example/' }, 'bad_request'],
      [{ iss: ISSUER, target_link_uri: '/api/auth/logout' }, 'bad_request'],
    ])('is refused with %j', async (fields, code) => {
      const browser = open()
      await expectRefused(browser, await send(browser, new URLSearchParams(fields)), code)
    })

    it.each(['iss', 'login_hint', 'target_link_uri'])('is refused with two of %s', async (name) => {
      const fields = new URLSearchParams({ iss: ISSUER, login_hint: 'user', target_link_uri: '/' })
      fields.append(name, fields.get(name) ?? '')
      const browser = open()
      await expectRefused(browser, await send(browser, fields), 'bad_request')
    })
  })

  it('a login that another site begins signs in as any other', async () => {
    const browser = open()
    const started = await browser.navigate('/api/auth/oidc/open/login/?login_hint=good/outsider')
    const { origin, pathname } = new URL(location(started))
    const iss = `${origin}${pathname.replace(/\/authorize$/, '')}`
    const fields = { iss, login_hint: 'good/outsider', target_link_uri: '/deep' }
    const begun = await browser.post('/api/auth/oidc/open/initiate-login/', fields)
    const callback = location(await browser.navigate(location(await browser.navigate(location(begun)))))
    expect(location(await browser.navigate(callback))).toBe('/deep')
    expect((await session(browser))?.user.idp).toBe('open')
  })

  it.each([
    ['a call', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
  ])('a login is begun by no other site with %s', async (_, headers) => {
    const init = { 'sec-fetch-site': 'cross-site', ...headers }
    const response = await open().navigate(`${PATH}?iss=${ISSUER}`, init)
    expect(response.status === 400 || location(response).includes('error=bad_request')).toBe(true)
  })

  it.each(['off', 'nobody', 'saml-good'])('no login is begun at %s by another site', async (id) => {
    const browser = open()
    const response = await browser.navigate(`/api/auth/oidc/${id}/initiate-login/?iss=${ISSUER}`)
    await expectRefused(browser, response, 'unknown_domain')
  })
}
