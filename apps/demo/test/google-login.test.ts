import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSocialHost, type SocialHost } from '@doorward/hono/testing/social'
import { type Listener, listen } from '@doorward/testkit/node'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { buildLoginPage } from '../src/login-page.ts'
import { expectAccessible } from './accessible.ts'
import { type Misdeeds, openPage, startChromium } from './chromium.ts'
import { freePort } from './launcher.ts'

// The Google button in a real browser. Google can be nowhere but at Google, so that here the stand-in is asked at the real
// addresses: by the browser, whose requests to them are answered by it, and by Doorward, which is on Node for that.

const GOOGLE = 'https://accounts.google.com'
const dist = join(import.meta.dirname, '../../login/dist')
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
}
const person = { sub: '1101', email: 'somebody@gmail.com', email_verified: true, name: 'Some Body' }

let doorward: SocialHost
let listener: Listener
let browser: Browser
let context: BrowserContext
let page: Page
let misdeeds: Misdeeds

beforeAll(async () => {
  await buildLoginPage(process.env)
  const port = await freePort()
  doorward = await createSocialHost({ origin: `http://localhost:${port}` })
  listener = await listen(() => ({ fetch: answer }), { port, host: 'localhost' })
  browser = await startChromium()
})

afterAll(async () => {
  await browser?.close()
  await listener?.close()
})

beforeEach(async () => {
  doorward.standIns.google.user = person
  ;({ context, page, misdeeds } = await openPage(browser, [listener.url, GOOGLE]))
  await page.route(`${GOOGLE}/**`, async (route) => {
    const answered = await doorward.standIns.fetch(new Request(route.request().url(), { redirect: 'manual' }))
    const headers = Object.fromEntries(answered.headers)
    await route.fulfill({ status: answered.status, headers, body: await answered.text() })
  })
})

afterEach(async () => {
  expect(misdeeds).toEqual({ foreign: [], errors: [] })
  await context.close()
})

/** The page's files, and Doorward behind everything else. */
async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname.startsWith('/api/') || pathname === '/theme.css') return doorward.app.fetch(request)
  const isFile = /\.(js|css|svg)$/.exec(pathname)
  const body = await readFile(join(dist, isFile ? pathname : 'index.html'))
  return new Response(body, { headers: { 'content-type': types[isFile?.[1] ?? ''] ?? 'text/html' } })
}

async function press(): Promise<void> {
  await page.goto(`${listener.url}/`)
  await page.getByRole('link', { name: 'Continue with Google' }).click()
}

async function signedIn(): Promise<string> {
  await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
  return page.getByRole('main').innerText()
}

function refusals(): readonly unknown[] {
  return doorward.events.flatMap((event) => (event.type === 'login.refused' ? [event] : []))
}

describe('a login by the Google button, in a real browser', () => {
  it('signs in, and after a sign-out asks there which account', async () => {
    await press()
    const shown = await signedIn()
    for (const text of ['somebody@gmail.com', 'Some Body', 'Verified']) expect(shown).toContain(text)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('link', { name: 'Continue with Google' }).click()
    await signedIn()
    const asked = doorward.standIns.google.provider.requests.last('authorization').parameters
    expect(asked.getAll('prompt')).toEqual(['select_account'])
  })

  it.each([
    ['whose address Google did not verify', { email_verified: false }, 'email_unverified'],
    [
      'with an address that is neither Google’s nor managed',
      { email: 'user@mail.example' },
      'email_unverified',
    ],
    [
      'with an address of the company, which has a login of its own',
      { email: 'user@company.example', hd: 'company.example' },
      'email_domain_of_another_connection',
    ],
  ])('refuses somebody %s, in words for people', async (_, changes, code) => {
    doorward.standIns.google.user = { ...person, ...changes }
    await press()
    await page.getByRole('button', { name: 'Use another account' }).waitFor()
    expect(await page.getByRole('main').innerText()).not.toContain(code)
    expect(refusals().at(-1)).toMatchObject({ code })
    await expectAccessible(page)
  })
})
