import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectAccessible, expectFits } from './accessible.ts'
import { hold, type Misdeeds, openPage, startChromium } from './chromium.ts'
import { type Launch, launch } from './launcher.ts'
import { findDemoProvider, focusByTab, signInAs } from './person.ts'

let doorward: Launch
let browser: Browser
let context: BrowserContext
let page: Page
let misdeeds: Misdeeds
let idpOrigin: string
/** The bodies of the sign-outs that the page asked for. */
let signOuts: (string | null)[]

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
  signOuts = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/auth/logout')) signOuts.push(request.postData())
  })
})

afterEach(async () => {
  expect(misdeeds).toEqual({ foreign: [], errors: [] })
  await context.close()
})

const button = (name: string) => page.getByRole('button', { name, exact: true })

async function isSignedIn(): Promise<boolean> {
  return (await page.request.get(`${doorward.url}/api/auth/session`)).ok()
}

describe.each([
  ['You’re signed in', '/'],
  ['Sign out?', '/login?sign_out=1'],
])('under "%s"', (title, path) => {
  beforeEach(async () => {
    await signInAs(page, doorward.url, 'engineer@acme.example')
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    await page.goto(`${doorward.url}${path}`)
    await page.getByRole('heading', { name: title }).waitFor()
  })

  it('shows who is signed in, and says what signing out everywhere does', async () => {
    const shown = await page.getByRole('main').innerText()
    for (const text of ['Demo Engineer', 'engineer@acme.example']) expect(shown).toContain(text)
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    const id = await button('Sign out everywhere').getAttribute('aria-describedby')
    expect(await page.locator(`[id="${id}"]`).innerText()).toContain('in all browsers and on all devices')
    await expectAccessible(page)
  })

  it.each([
    ['Sign out', null],
    ['Sign out everywhere', '{"everywhere":true}'],
  ])('%s works with the keyboard alone', async (name, body) => {
    await focusByTab(page, name)
    await page.keyboard.press('Enter')
    await page.getByLabel('Work e-mail').waitFor()
    expect(signOuts).toEqual([body])
    expect(await isSignedIn()).toBe(false)
  })

  it('says that it is at work, and does one thing at a time', async () => {
    const release = await hold(page, '**/api/auth/logout')
    await button('Sign out everywhere').click()
    await button('Signing you out…').waitFor()
    // What was pressed keeps the focus.
    expect(await button('Signing you out…').evaluate((it) => it === document.activeElement)).toBe(true)
    await expectAccessible(page)
    for (const it of await page.getByRole('button').all()) {
      expect(await it.getAttribute('aria-disabled')).toBe('true')
      await it.dispatchEvent('click')
    }
    release()
    await page.getByLabel('Work e-mail').waitFor()
    expect(signOuts).toEqual(['{"everywhere":true}'])
  })

  it('says when it did not work, and works the next time', async () => {
    // Here the console's complaint is what is meant to happen.
    page.removeAllListeners('console')
    await page.route('**/api/auth/logout', (route) => route.abort())
    await button('Sign out').click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toContain('may still be signed in')
    await expectAccessible(page)
    await page.unroute('**/api/auth/logout')
    await button('Sign out').click()
    await page.getByLabel('Work e-mail').waitFor()
  })

  it('takes whoever was signed out meanwhile to the form, without an error', async () => {
    await context.clearCookies()
    await button('Sign out').click()
    await page.getByLabel('Work e-mail').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
  })

  it('does not say that the others were ended when this session had ended before', async () => {
    // Here the console's complaint is what is meant to happen.
    page.removeAllListeners('console')
    await context.clearCookies()
    await button('Sign out everywhere').click()
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').innerText()).toContain('Sign in again')
    await expectAccessible(page)
  })

  it('fits a narrow screen', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    await expectAccessible(page)
    await expectFits(page)
  })
})

it.each([
  ['Sign out', 'You’re signed in'],
  ['Sign out everywhere', 'Sign in'],
])('%s leaves another browser at "%s"', async (name, heading) => {
  const other = await openPage(browser, [doorward.url, idpOrigin])
  for (const it of [other.page, page]) {
    await signInAs(it, doorward.url, 'engineer@acme.example')
    await it.getByRole('heading', { name: 'You’re signed in' }).waitFor()
  }
  await button(name).click()
  await page.getByLabel('Work e-mail').waitFor()
  await other.page.reload()
  await other.page.getByRole('heading', { name: heading }).waitFor()
  await other.context.close()
})

describe('a link that asks to sign out', () => {
  it('signs nobody out by itself, and lets the person stay', async () => {
    await signInAs(page, doorward.url, 'engineer@acme.example')
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    await page.goto(`${doorward.url}/login?sign_out=1`)
    await page.getByRole('heading', { name: 'Sign out?' }).waitFor()
    await focusByTab(page, 'Stay signed in')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    expect(page.url()).toBe(`${doorward.url}/`)
    expect(signOuts).toEqual([])
    expect(await isSignedIn()).toBe(true)
  })

  it('asks once, not again at every reload', async () => {
    await signInAs(page, doorward.url, 'engineer@acme.example')
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    await page.goto(`${doorward.url}/login?sign_out=1`)
    await page.getByRole('heading', { name: 'Sign out?' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
  })

  it('shows the form, and no error, when nobody is signed in', async () => {
    await page.goto(`${doorward.url}/login?sign_out=1`)
    await page.getByLabel('Work e-mail').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await page.getByRole('heading').allInnerTexts()).toEqual(['Sign in'])
  })
})
