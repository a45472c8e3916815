import { expect, it } from 'vitest'
import type { PublicErrorCode } from '../../src/contract.ts'
import type { Browser } from '../browser.ts'
import type { samlProviders } from '../providers.ts'
import { formOn } from '../saml/host.ts'
import { type Driver, location } from './driver.ts'

type Provider = (typeof samlProviders)[number]

/** Logins by SAML, at identity providers behind sockets, from the first click to the session. */
export function samlCases({ open, session, expectRefused }: Driver): void {
  /** To the identity provider and back. @returns the form that it sends the browser back with */
  async function goAndReturn(browser: Browser, provider: Provider) {
    const started = await browser.navigate(`/api/auth/saml/saml-${provider}/login/?next=/deep`)
    expect(started.status).toBe(302)
    const page = await browser.navigate(location(started))
    return formOn(await page.text())
  }

  async function logIn(browser: Browser, provider: Provider): Promise<Response> {
    const { action, fields } = await goAndReturn(browser, provider)
    return browser.post(action, fields)
  }

  it.each(['good', 'many-groups'] as const)('signs a person in by SAML: %s', async (provider) => {
    const browser = open()
    const completed = await logIn(browser, provider)
    expect([completed.status, location(completed)]).toEqual([303, '/deep'])
    const answer = await session(browser)
    expect(answer?.user).toMatchObject({
      idp: `saml-${provider}`,
      protocol: 'saml',
      email: 'user@saml.example',
      email_verified: true,
    })
    expect(answer?.user.groups.length).toBe(provider === 'good' ? 1 : 200)
  })

  it.each<[Provider, PublicErrorCode]>([
    ['xsw1', 'login_failed'],
    ['tampered-attribute', 'login_failed'],
    ['expired', 'login_failed'],
    ['authentication-failed', 'login_failed'],
    ['missing-in-response-to', 'login_failed'],
    ['email-of-another-domain', 'not_allowed'],
  ])('signs nobody in by SAML where the answer is %s', async (provider, code) => {
    const browser = open()
    await expectRefused(browser, await logIn(browser, provider), code)
  })

  it('signs nobody in by SAML where the answer names a login of somebody else', async () => {
    const browser = open()
    await logIn(browser, 'other-relay-state')
    expect(await session(browser)).toBeUndefined()
  })

  it('uses an answer by SAML once', async () => {
    const browser = open()
    const { action, fields } = await goAndReturn(browser, 'good')
    const kept = new Map(browser.cookies)
    expect((await browser.post(action, fields)).status).toBe(303)
    await browser.call('/api/auth/logout', { method: 'POST' })
    for (const [name, value] of kept) browser.cookies.set(name, value)
    await expectRefused(browser, await browser.post(action, fields), 'login_failed')
  })

  it('begins one session of ten posts of one answer', async () => {
    const browser = open()
    const { action, fields } = await goAndReturn(browser, 'good')
    const kept = new Map(browser.cookies)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => {
        for (const [name, value] of kept) browser.cookies.set(name, value)
        return browser.post(action, fields)
      }),
    )
    expect(answers.filter((answer) => location(answer) === '/deep')).toHaveLength(1)
  })

  it('serves our metadata for SAML', async () => {
    const response = await open().navigate('/api/auth/saml/saml-good/metadata/')
    expect(response.headers.get('content-type')).toBe('application/samlmetadata+xml')
    expect(await response.text()).toContain('/api/auth/saml/saml-good/acs/')
  })
}
