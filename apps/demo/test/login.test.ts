import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectAccessible, expectFits } from './accessible.ts'
import { type Misdeeds, openPage, startChromium } from './chromium.ts'
import { type Launch, launch } from './launcher.ts'
import { findDemoProvider, focusByTab, signInAs, typeAddress } from './person.ts'

let doorward: Launch
let browser: Browser
let context: BrowserContext
let page: Page
let misdeeds: Misdeeds
let idpOrigin: string

beforeAll(async () => {
  doorward = await launch()
  await doorward.sees('is running')
  idpOrigin = await findDemoProvider(doorward.url)
  browser = await startChromium()
})

afterAll(async () => {
  await browser?.close()
  await doorward?.close()
})

beforeEach(async () => {
  ;({ context, page, misdeeds } = await openPage(browser, [doorward.url, idpOrigin]))
})

afterEach(async () => {
  expect(misdeeds).toEqual({ foreign: [], errors: [] })
  await context.close()
})

describe('a first login in a real browser', () => {
  it('goes from the address to the identity provider, back signed in, and out again', async () => {
    await typeAddress(page, doorward.url, 'engineer@acme.example')
    await page.getByRole('heading', { name: 'Demo identity provider' }).waitFor()
    // What was typed is known there already: the person is the first to choose.
    expect(await page.getByRole('button').first().innerText()).toContain('engineer@acme.example')
    await page.getByRole('button', { name: 'engineer@acme.example' }).click()
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    expect(page.url()).toBe(`${doorward.url}/`)
    const shown = await page.getByRole('main').innerText()
    for (const text of ['engineer@acme.example', 'Demo Engineer', 'engineering', 'Verified'])
      expect(shown).toContain(text)
    await page.reload()
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByLabel('Work e-mail').waitFor()
    const session = await page.request.get(`${doorward.url}/api/auth/session`)
    expect(session.status()).toBe(401)
  })

  it('lets somebody else sign in after a sign-out, and after a refusal', async () => {
    await signInAs(page, doorward.url, 'engineer@acme.example')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    // The provider still knows the engineer; it must ask all the same.
    await page.getByLabel('Work e-mail').fill('newcomer@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'newcomer@acme.example' }).click()
    await page.getByRole('button', { name: 'Use another account' }).click()
    await page.getByLabel('Work e-mail').fill('manager@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'manager@acme.example' }).click()
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    expect(await page.getByRole('main').innerText()).toContain('Demo Manager')
  })

  it('works with the keyboard alone', async () => {
    await page.goto(`${doorward.url}/`)
    await page.getByLabel('Work e-mail').waitFor()
    await focusByTab(page, 'textbox')
    await page.keyboard.type('manager@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Demo identity provider' }).waitFor()
    await focusByTab(page, 'manager@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    await focusByTab(page, 'Sign out')
    await page.keyboard.press('Space')
    await page.getByLabel('Work e-mail').waitFor()
  })

  it('leads to where the person wanted to go, also after a failed try', async () => {
    await page.goto(`${doorward.url}/login?next=${encodeURIComponent('/healthz?deep=1')}`)
    await page.getByLabel('Work e-mail').fill('engineer@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByLabel('Work e-mail').fill('engineer@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'engineer@acme.example' }).click()
    await page.waitForURL(`${doorward.url}/healthz?deep=1`)
  })

  it('lets two logins in two tabs both succeed', async () => {
    const other = await context.newPage()
    await typeAddress(page, doorward.url, 'engineer@acme.example')
    await page.getByRole('button', { name: 'engineer@acme.example' }).waitFor()
    await other.goto(`${doorward.url}/`)
    await other.getByLabel('Work e-mail').fill('manager@acme.example')
    await other.keyboard.press('Enter')
    await other.getByRole('button', { name: 'manager@acme.example' }).click()
    await other.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    await page.getByRole('button', { name: 'engineer@acme.example' }).click()
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
  })
})

describe('a refused login', () => {
  it('says at the field that a domain is not known, and what to do', async () => {
    await typeAddress(page, doorward.url, 'somebody@unknown.example')
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('Work e-mail').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByRole('main').innerText()).toMatch(/[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/)
    await expectAccessible(page)
  })

  it.each([
    ['an address that is not verified', 'newcomer@acme.example', 'email_unverified'],
    ['an address outside the domain', 'guest@elsewhere.example', 'email_outside_domain'],
  ])('explains %s to the person, and the reason to the administrator', async (_, address, code) => {
    await typeAddress(page, doorward.url, 'engineer@acme.example')
    await page.getByRole('button', { name: address }).click()
    await page.getByRole('button', { name: 'Use another account' }).waitFor()
    const requestId = (await page.getByRole('main').innerText()).match(
      /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/,
    )?.[0]
    await doorward.sees(requestId ?? 'a request id')
    const line = doorward
      .output()
      .split('\n')
      .find((text) => text.includes(requestId ?? ''))
    expect(line).toContain(code)
    expect(line).not.toContain('@')
    expect(await page.getByRole('main').innerText()).not.toContain(code)
    await expectAccessible(page)
  })
})

const problems = [
  'login_failed',
  'logout_failed',
  'login_expired',
  'not_allowed',
  'unknown_domain',
  'provider_unavailable',
  'too_many_requests',
  'bad_request',
  'server_error',
]

describe('with nothing for axe to find, in light and dark,', () => {
  it('on the form', async () => {
    await page.goto(`${doorward.url}/`)
    await page.getByLabel('Work e-mail').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('alert').waitFor()
    await expectAccessible(page)
  })

  it('when signed in', async () => {
    await signInAs(page, doorward.url, 'engineer@acme.example')
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    await expectAccessible(page)
  })

  it.each(problems)('when a login ended with %s', async (code) => {
    await page.goto(`${doorward.url}/login?error=${code}&request_id=K7Q2-9XFM-4TRA`)
    await page.getByText('K7Q2-9XFM-4TRA').waitFor()
    await expectAccessible(page)
  })

  it('on a narrow screen', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    await page.goto(`${doorward.url}/`)
    await page.getByLabel('Work e-mail').waitFor()
    await expectAccessible(page)
    await expectFits(page)
  })
})

describe('routes, as a navigation of a real browser', () => {
  it.each([
    ['/', 200],
    ['/login', 200],
    ['/api/auth/session', 401],
    ['/api/auth/nothing/', 404],
    ['/.well-known/openid-configuration', 404],
    ['/oauth2/authorize', 404],
    ['/oidc/callback', 404],
    ['/no-such-page', 404],
    ['/healthz', 200],
  ])('%s answers %i', async (path, status) => {
    const response = await page.goto(`${doorward.url}${path}`)
    expect(response?.status()).toBe(status)
  })

  it('sends a browser that meets an error to the page, which explains', async () => {
    await page.goto(`${doorward.url}/api/auth/oidc/demo/login/callback/?state=AAAAAAAAAAAAAAAAAAAAAA&code=x`)
    expect(new URL(page.url()).pathname).toBe('/login')
    await page.getByRole('button', { name: 'Start again' }).waitFor()
  })
})
