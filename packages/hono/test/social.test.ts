import { describe, expect, it } from 'vitest'
import type { LoginMethods } from '../src/contract.ts'
import type { Browser } from './browser.ts'
import { allSocialAccounts, companyLogin, createSocialHost, type SocialHost } from './social/host.ts'
import { location } from './suite/driver.ts'

const start = (id: string, query = '') => `/api/auth/social/${id}/login/${query}`

async function methodsOf({ open }: SocialHost): Promise<LoginMethods> {
  return (await (await open().call('/api/auth/social')).json()) as LoginMethods
}

describe('what the page is told', () => {
  it('names the accounts that are configured, each with a picture that is ours', async () => {
    const { github, enabled } = allSocialAccounts
    const host = await createSocialHost({ input: { sso: companyLogin, social_account: { enabled, github } } })
    const methods = await methodsOf(host)
    expect(methods).toMatchObject({
      google: { is_enabled: false, public_name: 'Google' },
      github: { is_enabled: true, public_name: 'GitHub' },
      'amazon-cognito': { is_enabled: false, public_name: 'Amazon Cognito' },
      sso: { is_enabled: true, public_name: 'SSO', selection_schema: 'email_address' },
    })
    expect(methods.github.icon).toMatch(/^<svg [^<>]*aria-hidden="true"[^<>]*>.*<\/svg>$/)
  })

  it('offers no single sign-on where there are buttons only', async () => {
    const host = await createSocialHost({ input: { social_account: allSocialAccounts } })
    const { sso, google } = await methodsOf(host)
    expect(sso.is_enabled).toBe(false)
    expect(google.is_enabled).toBe(true)
  })

  it('offers no button that is switched off', async () => {
    const social_account = { ...allSocialAccounts, enabled: false }
    const host = await createSocialHost({ input: { sso: companyLogin, social_account } })
    expect((await methodsOf(host)).google.is_enabled).toBe(false)
    const browser = host.open()
    await host.expectRefused(browser, await browser.navigate(start('google')), 'unknown_domain')
  })
})

describe('a login by a social account', () => {
  it.each([
    ['google', 'somebody@gmail.com', 'Some Body', []],
    ['github', 'hub@mail.example', 'Hub Person', ['acme', 'acme/engineering']],
    ['amazon-cognito', 'pool@mail.example', 'Pool Person', []],
  ])('at %s signs in, leads to where the person wanted, and out again', async (id, email, name, groups) => {
    const { open, logIn, session, events } = await createSocialHost()
    const browser = open()
    const completed = await logIn(browser, start(id, '?next=/projects/7'))
    expect(completed.status).toBe(303)
    expect(location(completed)).toBe('/projects/7')
    expect((await session(browser))?.user).toMatchObject({
      idp: id,
      protocol: 'social',
      email,
      email_verified: true,
      name,
      groups,
    })
    const signedOut = await browser.call('/api/auth/logout', { method: 'POST' })
    expect(await signedOut.json()).toEqual({ url: '/login?prompt=login' })
    expect(await session(browser)).toBeUndefined()
    expect(events.map(({ type }) => type)).toEqual(['login.begun', 'login.completed', 'sessions.ended'])
  })

  it('comes back to the address that CVAT’s documentation misprints, where it began there', async () => {
    const { open, logIn, session, standIns } = await createSocialHost()
    const browser = open()
    expect((await logIn(browser, start('goolge'))).status).toBe(303)
    expect((await session(browser))?.user.idp).toBe('google')
    const { parameters } = standIns.google.provider.requests.last('token')
    expect(parameters.get('redirect_uri')).toMatch(/\/social\/goolge\/login\/callback\/$/)
  })

  it('uses an answer once', async () => {
    const { open, standIns, session, expectRefused } = await createSocialHost()
    const browser = open()
    const started = await browser.navigate(start('github'))
    const cookies = new Map(browser.cookies)
    const answered = await standIns.fetch(new Request(location(started), { redirect: 'manual' }))
    expect((await browser.navigate(location(answered))).status).toBe(303)
    expect(await session(browser)).toBeDefined()
    const other = open()
    for (const [name, value] of cookies) other.cookies.set(name, value)
    await expectRefused(other, await other.navigate(location(answered)), 'login_failed')
    expect(standIns.gitHub.requests.count('/access_token')).toBe(1)
  })

  it('keeps an answer to the button that was pressed', async () => {
    const { open, standIns, expectRefused } = await createSocialHost()
    const browser = open()
    const started = await browser.navigate(start('github'))
    const answered = await standIns.fetch(new Request(location(started), { redirect: 'manual' }))
    const elsewhere = location(answered).replace('/github/', '/amazon-cognito/')
    await expectRefused(browser, await browser.navigate(elsewhere), 'login_expired')
  })

  it('tells whoever was removed from the organisation that they may not come in', async () => {
    const { open, logIn, standIns, expectRefused, events } = await createSocialHost()
    const { gitHub } = standIns
    if (gitHub.account) gitHub.account = { ...gitHub.account, memberships: [] }
    const browser = open()
    await expectRefused(browser, await logIn(browser, start('github')), 'not_allowed')
    expect(events.at(-1)).toMatchObject({ type: 'login.refused', code: 'organization_missing' })
  })

  it('brings no address of a company that has its own login', async () => {
    const { open, logIn, standIns, expectRefused, events } = await createSocialHost()
    standIns.cognito.user = { ...standIns.cognito.user, email: 'boss@company.example' }
    const browser = open()
    await expectRefused(browser, await logIn(browser, start('amazon-cognito')), 'not_allowed')
    expect(events.at(-1)).toMatchObject({ code: 'email_domain_of_another_connection' })
  })

  it('says nothing secret and nobody’s address in the log when it fails', async () => {
    const { open, logIn, standIns, events } = await createSocialHost()
    const { gitHub } = standIns
    const unverified = { email: 'hub@mail.example', primary: true, verified: false, visibility: null }
    if (gitHub.account) gitHub.account = { ...gitHub.account, emails: [unverified] }
    await logIn(open(), start('github'))
    expect(events.at(-1)).toMatchObject({ code: 'email_unverified' })
    expect(JSON.stringify(events)).not.toMatch(/secret-of|@|gho_|583231/)
  })

  it.each(['microsoft', 'company', 'Google', 'amazon_cognito', '__proto__'])('is none at %s', async (id) => {
    const { open, expectRefused } = await createSocialHost()
    const browser = open()
    await expectRefused(browser, await browser.navigate(start(id)), 'unknown_domain')
    expect((await browser.navigate(`/api/auth/oidc/google/login/`)).headers.get('location')).toContain(
      'error=unknown_domain',
    )
  })

  it('is begun by no image of another site', async () => {
    const { open } = await createSocialHost()
    const browser = open()
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }
    expect([303, 400]).toContain((await browser.navigate(start('google'), headers)).status)
    expect(browser.cookies.size).toBe(0)
  })

  it('is slowed down when there are too many, and the list of buttons is not', async () => {
    const { open, expectRefused } = await createSocialHost()
    const browser = open()
    for (let i = 0; i < 20; i++) await browser.navigate(start('github'))
    await expectRefused(browser, await browser.navigate(start('github')), 'too_many_requests')
    expect((await browser.call('/api/auth/social')).status).toBe(200)
  })
})

describe('single sign-on beside social accounts', () => {
  const ask = async (input: object, body: object) => {
    const { open } = await createSocialHost({ input })
    return open().call('/api/auth/sso/login-url/', { method: 'POST', body: JSON.stringify(body) })
  }

  it('never leads to one by itself, however light it is', async () => {
    const lightest = { ...companyLogin, selection_mode: 'lowest_weight' }
    const answer = await ask({ sso: lightest, social_account: allSocialAccounts }, {})
    expect(await answer.json()).toEqual({ url: 'http://localhost:8787/api/auth/oidc/company/login/' })
  })

  it('does not find one by its issuer', async () => {
    const input = { social_account: allSocialAccounts }
    expect((await ask(input, { iss: 'https://accounts.google.com' })).status).toBe(404)
    expect((await ask(input, { email: 'somebody@gmail.com' })).status).toBe(404)
  })
})

describe('signing out at the user pool too', () => {
  const withLogout = () => ({
    ...allSocialAccounts,
    amazon_cognito: { ...allSocialAccounts.amazon_cognito, idp_logout: true },
  })
  const signOut = async (browser: Browser) => {
    const answer = await browser.call('/api/auth/logout', { method: 'POST' })
    return ((await answer.json()) as { url: string }).url
  }

  it('leads there and back, and then the page says so', async () => {
    const { open, logIn, session, standIns } = await createSocialHost({
      input: { social_account: withLogout() },
    })
    const browser = open()
    await logIn(browser, start('amazon-cognito'))
    const url = await signOut(browser)
    expect(await session(browser)).toBeUndefined()
    const there = await standIns.fetch(new Request(url, { redirect: 'manual' }))
    expect(there.status).toBe(302)
    const back = await browser.navigate(location(there))
    expect(back.status).toBe(303)
    expect(location(back)).toBe('/login?prompt=login&signed_out=everywhere')
    expect(location(await browser.navigate(location(there)))).toBe('/login?prompt=login')
  })

  it('tells a browser nothing that did not leave for it', async () => {
    const { open } = await createSocialHost({ input: { social_account: withLogout() } })
    const back = await open().navigate('/api/auth/social/amazon-cognito/post-logout/')
    expect(location(back)).toBe('/login?prompt=login')
  })

  it.each(['google', 'github'])('ends here for %s, which knows no such thing', async (id) => {
    const { open, logIn } = await createSocialHost({ input: { social_account: withLogout() } })
    const browser = open()
    await logIn(browser, start(id))
    expect(await signOut(browser)).toBe('/login?prompt=login')
  })
})
