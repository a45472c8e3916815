import { expect, it } from 'vitest'
import type { Problem } from '../../src/contract.ts'
import { hint } from '../providers.ts'
import { type Driver, location } from './driver.ts'

/** Which connection a person is sent to, and what nobody learns from it. */
export function selectionCases({ host, open, logIn, loginUrl, session, expectRefused }: Driver): void {
  it('sends a person to the connection of the domain', async () => {
    const browser = open()
    const response = await loginUrl(browser, { email: ' User@ACME.example', next: '/deep' })
    const { url } = (await response.json()) as { url: string }
    expect(url.startsWith(`${host().origin}/api/auth/oidc/acme/login/?next=%2Fdeep&hint=`)).toBe(true)
    expect(url).not.toContain('ACME')
    const started = await browser.navigate(url)
    expect(new URL(location(started)).searchParams.get('login_hint')).toBe('User@ACME.example')
  })

  it('asks the provider to sign the person in anew where that was asked for, and for nothing else', async () => {
    const browser = open()
    const body = JSON.stringify({ email: 'user@acme.example', prompt: 'login' })
    const asked = await browser.call('/api/auth/sso/login-url/', { method: 'POST', body })
    const { url } = (await asked.json()) as { url: string }
    const started = await browser.navigate(url)
    expect(new URL(location(started)).searchParams.get('prompt')).toBe('login')
    // A try that failed does not forget it.
    const denied = await browser.navigate(`${url}&login_hint=${hint('access-denied')}`)
    const answered = await browser.navigate(location(await browser.navigate(location(denied))))
    expect(location(answered)).toContain('prompt=login')
    const plain = await browser.navigate('/api/auth/oidc/acme/login/')
    expect(new URL(location(plain)).searchParams.has('prompt')).toBe(false)
    const other = await browser.navigate('/api/auth/oidc/acme/login/?prompt=none')
    await expectRefused(browser, other, 'bad_request')
  })

  it('lets a person choose where several connections share a domain', async () => {
    const response = await loginUrl(open(), { email: 'user@twin.example' })
    const { choose } = (await response.json()) as { choose: { name: string; url: string }[] }
    expect(choose.map(({ name }) => name)).toEqual(['acme-twin', 'twin-too'])
  })

  it.each([
    ['user@partner.example', 'partner'],
    ['user@a.b.partner.example', 'partner'],
    ['Guest@ACME.example', 'partner'],
    ['user@acme.example', 'acme'],
  ])('sends %s to %s', async (email, id) => {
    const { url } = (await (await loginUrl(open(), { email })).json()) as { url: string }
    expect(new URL(url).pathname).toBe(`/api/auth/oidc/${id}/login/`)
  })

  it('sends a person to the identity provider that a link names, by POST and by GET', async () => {
    const iss = 'http://127.0.0.1:9/'
    const posted = await open().call('/api/auth/sso/login-url/', {
      method: 'POST',
      body: JSON.stringify({ iss }),
    })
    const got = await open().call(
      `/api/auth/sso/login-url/?iss=${encodeURIComponent(iss)}&email=user@acme.example`,
    )
    expect(new URL(((await posted.json()) as { url: string }).url).pathname).toBe(
      '/api/auth/oidc/down/login/',
    )
    expect(new URL(((await got.json()) as { url: string }).url).pathname).toBe('/api/auth/oidc/down/login/')
  })

  it('signs nobody in by a connection that is off, and hands its addresses to nobody else', async () => {
    const browser = open()
    await expectRefused(browser, await browser.navigate('/api/auth/oidc/off/login/'), 'unknown_domain')
    expect((await loginUrl(open(), { email: 'user@off.example' })).status).toBe(404)
  })

  it('refuses an address of the connection that another connection names itself', async () => {
    const browser = open()
    await expectRefused(browser, await logIn(browser, { user: 'guest' }), 'not_allowed')
    const partner = open()
    expect(location(await logIn(partner, { connection: 'partner', user: 'guest' }))).toBe('/')
    expect((await session(partner))?.user).toMatchObject({ email: 'guest@acme.example', roles: [] })
  })

  it('gives the roles that groups are mapped to', async () => {
    const browser = open()
    await logIn(browser)
    expect((await session(browser))?.user).toMatchObject({ groups: ['engineering'], roles: ['worker'] })
  })

  it('answers every address that it does not know with the same bytes', async () => {
    const texts = await Promise.all(
      [
        'user@unknown.example',
        'user@sub.acme.example',
        'user@acme.example.evil.example',
        'user@off.example',
      ].map(async (email) => {
        const response = await loginUrl(open(), { email })
        const problem = (await response.json()) as Problem
        return `${response.status} ${JSON.stringify({ ...problem, request_id: '' })}`
      }),
    )
    expect(new Set(texts).size).toBe(1)
    expect(texts[0]).toContain('unknown_domain')
    const unknownId = await open().call('/api/auth/oidc/nobody/login/', {
      headers: { 'sec-fetch-site': 'none' },
    })
    expect(((await unknownId.json()) as Problem).code).toBe('unknown_domain')
  })

  it.each([
    ['email=user@acme.example', 'acme'],
    ['email=user@a.b.partner.example', 'partner'],
    ['email=user@twin.example', 'acme-twin'],
    ['iss=http%3A%2F%2F127.0.0.1%3A9%2F', 'down'],
  ])("answers CVAT's older question for the connection alone: %s", async (query, id) => {
    const response = await open().call(`/api/auth/oidc/select-idp/?${query}`)
    expect([response.status, await response.json()]).toEqual([200, id])
  })

  it.each([
    ['email=user@nowhere.example', 404],
    ['email=user@off.example', 404],
    ['email=user@saml.example', 404],
    ['email=nobody', 400],
    ['', 400],
  ])("answers CVAT's older question with an error where nothing fits it: %s", async (query, status) => {
    const response = await open().call(`/api/auth/oidc/select-idp/?${query}`)
    expect(response.status).toBe(status)
    expect(((await response.json()) as Problem).code).toBe(status === 404 ? 'unknown_domain' : 'bad_request')
  })
}
