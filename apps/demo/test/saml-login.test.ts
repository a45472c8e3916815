import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectAccessible } from './accessible.ts'
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
  idpOrigin = await findDemoProvider(doorward.url, 'saml')
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

describe('a first login by SAML in a real browser', () => {
  it('is what the start of pnpm dev offers', () => {
    expect(doorward.output()).toContain('analyst@saml.example')
  })

  it('goes from the address to the identity provider, back signed in, and out again', async () => {
    await typeAddress(page, doorward.url, 'analyst@saml.example')
    await page.getByRole('heading', { name: 'Demo SAML identity provider' }).waitFor()
    expect(new URL(page.url()).hostname).toBe('127.0.0.1')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'analyst@saml.example' }).click()
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    expect(page.url()).toBe(`${doorward.url}/`)
    const shown = await page.getByRole('main').innerText()
    for (const text of ['analyst@saml.example', 'Demo Analyst', 'analysis', 'Verified'])
      expect(shown).toContain(text)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByText('You’re signed out here and at your identity provider.').waitFor()
    expect(page.url().startsWith(`${doorward.url}/`)).toBe(true)
    const session = await page.request.get(`${doorward.url}/api/auth/session`)
    expect(session.status()).toBe(401)
  })

  it('works with the keyboard alone', async () => {
    await page.goto(`${doorward.url}/`)
    await page.getByLabel('Work e-mail').waitFor()
    await focusByTab(page, 'textbox')
    await page.keyboard.type('analyst@saml.example')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Demo SAML identity provider' }).waitFor()
    await focusByTab(page, 'analyst@saml.example')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
  })

  it('keeps the two identity providers apart: two tabs, two logins', async () => {
    const other = await context.newPage()
    await typeAddress(page, doorward.url, 'analyst@saml.example')
    await page.getByRole('button', { name: 'analyst@saml.example' }).waitFor()
    await typeAddress(other, doorward.url, 'engineer@acme.example')
    await other.getByRole('button', { name: 'engineer@acme.example' }).click()
    await other.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    await page.getByRole('button', { name: 'analyst@saml.example' }).click()
    await page.getByText('Demo Analyst').waitFor()
  })

  it('explains a refusal to the person, and the reason to the administrator', async () => {
    await signInAs(page, doorward.url, 'trainee@saml.example')
    await page.getByRole('button', { name: 'Use another account' }).waitFor()
    const shown = await page.getByRole('main').innerText()
    const requestId = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(shown)?.[0] ?? 'a request id'
    await doorward.sees(requestId)
    const line = doorward
      .output()
      .split('\n')
      .find((text) => text.includes(requestId))
    expect(line).toContain('email_unverified')
    await expectAccessible(page)
  })
})
