import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Listener, listen } from '@doorward/testkit/node'
import {
  type Cognito,
  createCognito,
  createGitHub,
  type GitHub,
  type GitHubAccount,
} from '@doorward/testkit/social'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectAccessible, expectFits } from './accessible.ts'
import { type Misdeeds, openPage, startChromium } from './chromium.ts'
import { freePort, type Launch, launch, temporaryFolder } from './launcher.ts'
import { focusByTab } from './person.ts'

// Buttons as a person meets them: the real page and the real worker. GitHub is one "of one's own" and the user pool has a
// domain of its own, both on 127.0.0.1 while we are on localhost: two sites, as in life. Google can be nowhere but at
// Google: google-login.test.ts.

const path = join(temporaryFolder(), 'auth_config.yml')
const application = { client_id: 'Ov23li0123456789abcd', client_secret: 'secret-of-github' }
const appClient = { client_id: '1example2cognito3', client_secret: 'secret-of-cognito' }

const person: GitHubAccount = {
  id: 583231,
  login: 'hub-person',
  name: 'Hub Person',
  email: null,
  emails: [{ email: 'hub@mail.example', primary: true, verified: true, visibility: 'private' }],
  memberships: [{ organization: 'acme', state: 'active', teams: ['engineering'] }],
}

let doorward: Launch
let browser: Browser
let listeners: Listener[]
let gitHub: GitHub
let cognito: Cognito
let context: BrowserContext
let page: Page
let misdeeds: Misdeeds

beforeAll(async () => {
  const port = await freePort()
  const redirectUris = (id: string) => [`http://localhost:${port}/api/auth/social/${id}/login/callback/`]
  const gitHubListener = await listen(async (origin) => {
    const applications = [{ ...application, redirect_uris: redirectUris('github') }]
    gitHub = createGitHub({ origin, applications, account: person })
    return gitHub
  })
  const cognitoListener = await listen(async () => {
    const applications = [{ ...appClient, redirect_uris: redirectUris('amazon-cognito') }]
    const user = { sub: 'pool-1', username: 'pool', email: 'pool@mail.example', email_verified: 'true' }
    cognito = createCognito({ applications, user })
    return cognito
  })
  listeners = [gitHubListener, cognitoListener]
  writeConfiguration(true)
  doorward = await launch({ AUTH_CONFIG_PATH: path, PORT: String(port) })
  await doorward.sees('is running')
  browser = await startChromium()
})

afterAll(async () => {
  await browser?.close()
  await doorward?.close()
  for (const listener of listeners ?? []) await listener.close()
})

beforeEach(async () => {
  gitHub.account = person
  ;({ context, page, misdeeds } = await openPage(browser, [doorward.url, ...listeners.map(({ url }) => url)]))
})

afterEach(async () => {
  expect(misdeeds).toEqual({ foreign: [], errors: [] })
  await context.close()
})

/** @param sso whether there is single sign-on beside the buttons */
function writeConfiguration(sso: boolean): void {
  writeFileSync(
    path,
    `sso:
  enabled: ${sso}
  identity_providers:
    - id: company
      protocol: OIDC
      name: Company
      server_url: https://login.company.example
      client_id: client-1
      client_secret: secret-1
      email_domain: company.example
social_account:
  enabled: true
  google:
    client_id: 1-a.apps.googleusercontent.com
    client_secret: GOCSPX-secret-of-google
  github:
    server_url: ${listeners[0]?.url}
    client_id: ${application.client_id}
    client_secret: ${application.client_secret}
    allowed_organizations: acme
    groups: teams
  amazon_cognito:
    domain: ${listeners[1]?.url}
    client_id: ${appClient.client_id}
    client_secret: ${appClient.client_secret}
`,
  )
}

const button = (name: string) => page.getByRole('link', { name: `Continue with ${name}`, exact: true })

async function press(name: string): Promise<void> {
  await page.goto(`${doorward.url}/`)
  await button(name).click()
}

async function signedIn(): Promise<string> {
  await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
  return page.getByRole('main').innerText()
}

/** What the log says about a refusal that the page shows. */
async function refusalInLog(): Promise<string> {
  await page.getByRole('button', { name: 'Use another account' }).waitFor()
  const shown = await page.getByRole('main').innerText()
  const requestId = shown.match(/[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/)?.[0] ?? 'a request id'
  await doorward.sees(requestId)
  return (
    doorward
      .output()
      .split('\n')
      .find((line) => line.includes(requestId)) ?? ''
  )
}

describe('a login by a button, in a real browser', () => {
  it('signs in at GitHub, and after a sign-out asks there which account', async () => {
    await press('GitHub')
    const shown = await signedIn()
    for (const text of ['hub@mail.example', 'Hub Person', 'Verified', 'acme/engineering']) {
      expect(shown).toContain(text)
    }
    expect(page.url()).toBe(`${doorward.url}/`)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await button('GitHub').click()
    await signedIn()
    expect(gitHub.requests.last('/authorize').parameters.get('prompt')).toBe('select_account')
  })

  it('signs in at Amazon Cognito', async () => {
    await press('Amazon Cognito')
    expect(await signedIn()).toContain('pool@mail.example')
    expect(cognito.requests.last('/oauth2/authorize').parameters.has('prompt')).toBe(false)
  })

  it('leads to where the person wanted to go', async () => {
    await page.goto(`${doorward.url}/login?next=${encodeURIComponent('/healthz?deep=1')}`)
    await button('GitHub').click()
    await page.waitForURL(`${doorward.url}/healthz?deep=1`)
  })

  it('works with the keyboard alone', async () => {
    await page.goto(`${doorward.url}/`)
    await button('GitHub').waitFor()
    await focusByTab(page, 'Continue with GitHub')
    await page.keyboard.press('Enter')
    await signedIn()
  })

  it.each([
    ['was removed from the organisation', { memberships: [] }, 'organization_missing'],
    [
      'has no verified address',
      { emails: [{ email: 'hub@mail.example', primary: true, verified: false, visibility: null }] },
      'email_unverified',
    ],
  ])('refuses somebody who %s, and lets another one in', async (_, changes, code) => {
    gitHub.account = { ...person, ...changes }
    await press('GitHub')
    const line = await refusalInLog()
    expect(line).toContain(code)
    expect(line).not.toContain('@')
    await expectAccessible(page)
    gitHub.account = person
    await page.getByRole('button', { name: 'Use another account' }).click()
    await button('GitHub').click()
    await signedIn()
    expect(gitHub.requests.last('/authorize').parameters.get('prompt')).toBe('select_account')
  })

  it('lets a person try again who pressed "Cancel" there', async () => {
    gitHub.account = undefined
    await press('GitHub')
    await page.getByRole('button', { name: 'Try again' }).click()
    await button('GitHub').waitFor()
  })
})

describe('the buttons', () => {
  it('are a list of links with plain names, in which no picture is read out', async () => {
    await page.goto(`${doorward.url}/`)
    await button('Google').waitFor()
    const names = ['Continue with Google', 'Continue with GitHub', 'Continue with Amazon Cognito']
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual(names)
    expect(await page.getByRole('img').count()).toBe(0)
    expect(await button('Google').getAttribute('href')).toBe('/api/auth/social/google/login/?')
  })

  it('show their pictures, which the policy of the page lets in', async () => {
    await page.goto(`${doorward.url}/`)
    await button('Google').waitFor()
    const widths = await page
      .locator('li img')
      .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth))
    expect(widths).toEqual([24, 24, 24])
  })

  it.each([
    ['beside the form', true],
    ['alone', false],
  ])('are accessible and fit on a narrow screen, %s', async (_, sso) => {
    const before = doorward.output().length
    writeConfiguration(sso)
    await page.setViewportSize({ width: 320, height: 640 })
    await expect
      .poll(
        async () => {
          const answer = await page.request.get(`${doorward.url}/api/auth/social`)
          return ((await answer.json()) as { sso: { is_enabled: boolean } }).sso.is_enabled
        },
        { timeout: 20_000 },
      )
      .toBe(sso)
    expect(doorward.output().slice(before)).not.toContain('error')
    await page.goto(`${doorward.url}/`)
    await button('Amazon Cognito').waitFor()
    expect(await page.getByLabel('Work e-mail').count()).toBe(sso ? 1 : 0)
    await expectAccessible(page)
    await expectFits(page)
  })
})
