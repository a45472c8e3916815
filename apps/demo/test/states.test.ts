import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { hold, type Misdeeds, openPage, startChromium } from './chromium.ts'
import { type Launch, launch, temporaryFolder, until } from './launcher.ts'

// The states of the page that the demo's own configuration does not lead to. One launch, whose configuration changes.

const path = join(temporaryFolder(), 'auth_config.yml')
let doorward: Launch
let browser: Browser
let context: BrowserContext
let page: Page
let misdeeds: Misdeeds

const provider = (id: string, extra = '') => `
    - id: ${id}
      protocol: OIDC
      name: Provider ${id}
      server_url: http://127.0.0.1:9
      client_id: doorward
      client_secret: a-test-only-value
      email_domain: acme.example${extra}`

const BY_ADDRESS = `sso:
  enabled: true
  identity_providers:${provider('one')}${provider('two')}
`
const BY_WEIGHT = BY_ADDRESS.replace('enabled: true', 'enabled: true\n  selection_mode: lowest_weight')

beforeAll(async () => {
  writeFileSync(path, BY_ADDRESS)
  doorward = await launch({ AUTH_CONFIG_PATH: path })
  await doorward.sees('is running')
  browser = await startChromium()
})

afterAll(async () => {
  await browser?.close()
  await doorward?.close()
})

beforeEach(async () => {
  ;({ context, page, misdeeds } = await openPage(browser, [doorward.url]))
})

afterEach(async () => {
  expect(misdeeds).toEqual({ foreign: [], errors: [] })
  await context.close()
})

/** Saves a configuration and waits until the worker has it. */
async function use(
  text: string,
  isLive: (sso: { is_enabled: boolean; selection_schema: string }) => boolean,
) {
  writeFileSync(path, text)
  await until(
    async () => {
      const methods = await fetch(`${doorward.url}/api/auth/social`)
      return isLive(
        ((await methods.json()) as { sso: { is_enabled: boolean; selection_schema: string } }).sso,
      )
    },
    () => 'the configuration is not live',
  )
}

describe('by e-mail address, with two providers for one domain', () => {
  beforeAll(() => use(BY_ADDRESS, (sso) => sso.selection_schema === 'email_address'))

  it('offers both for choice, and explains when the chosen one is down', async () => {
    await page.goto(`${doorward.url}/login?next=/deep`)
    await page.getByLabel('Work e-mail').fill('user@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Choose how to sign in' }).waitFor()
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['Provider one', 'Provider two'])
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Provider two' }).click()
    await page.getByRole('heading', { name: 'isn’t answering' }).waitFor()
    await expectAccessible(page)
    // Where the person wanted to go is not forgotten.
    expect(new URL(page.url()).searchParams.get('next')).toBe('/deep')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByLabel('Work e-mail').waitFor()
  })

  it('says that it is waiting, and does not ask twice', async () => {
    await page.goto(doorward.url)
    const release = await hold(page, '**/login-url/')
    await page.getByLabel('Work e-mail').fill('user@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Looking up' }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    release()
    await page.getByRole('heading', { name: 'Choose how to sign in' }).waitFor()
  })

  it('shows that it is loading when that takes long', async () => {
    const release = await hold(page, '**/api/auth/social')
    await page.goto(doorward.url)
    await page.getByRole('status').waitFor()
    await page.waitForTimeout(400)
    await expectAccessible(page)
    release()
    await page.getByLabel('Work e-mail').waitFor()
  })

  it('says what to do when the server can not be reached', async () => {
    await page.goto(doorward.url)
    // Here the console's complaint is what is meant to happen.
    page.removeAllListeners('console')
    await page.route('**/login-url/', (route) => route.abort())
    await page.getByLabel('Work e-mail').fill('user@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'We can’t reach the server' }).waitFor()
    await expectAccessible(page)
  })
})

describe('by weight', () => {
  beforeAll(() => use(BY_WEIGHT.replace(provider('two'), provider('two', '\n      weight: 20')), isByWeight))

  it('needs one press of one button, and says where it leads', async () => {
    await page.goto(doorward.url)
    await expectAccessible(page)
    expect(await page.getByRole('textbox').count()).toBe(0)
    // "No content" keeps a browser where it is: what a person sees for as long as the next server takes.
    const start = '**/api/auth/oidc/one/login/**'
    await page.route(start, (route) => route.fulfill({ status: 204 }))
    await page.getByRole('button', { name: 'Continue with single sign-on' }).click()
    await page.getByRole('heading', { name: 'Taking you to your identity provider' }).waitFor()
    await expectAccessible(page)
    await page.unroute(start)
    await page.getByRole('link', { name: 'Continue by hand' }).click()
    await page.getByRole('heading', { name: 'isn’t answering' }).waitFor()
  })
})

describe('with single sign-on switched off', () => {
  beforeAll(() => use(BY_ADDRESS.replace('enabled: true', 'enabled: false'), (sso) => !sso.is_enabled))

  it('says so, and whom to tell', async () => {
    await page.goto(doorward.url)
    await page.getByRole('heading', { name: 'isn’t switched on' }).waitFor()
    await expectAccessible(page)
  })
})

function isByWeight({ selection_schema }: { selection_schema: string }): boolean {
  return selection_schema === 'lowest_weight'
}
