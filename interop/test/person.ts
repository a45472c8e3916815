import { readFileSync } from 'node:fs'
import { openPage, startChromium, type WatchedPage } from '@doorward/demo/test/chromium'
import { until } from '@doorward/demo/test/launcher'
import { typeAddress } from '@doorward/demo/test/person'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'

/** Where people reach Doorward. */
export const doorward = inject('doorward')

/** The answer to `/api/auth/session`, as far as it is asked for here. */
interface SignedIn {
  readonly user: {
    readonly id: string
    readonly idp: string
    readonly protocol: string
    readonly email: string
    readonly email_verified: boolean
    readonly username?: string
    readonly name?: string
    readonly first_name?: string
    readonly last_name?: string
    readonly groups: readonly string[]
  }
}

/** A browser for all tests of a file. @returns what opens a page in a context of its own */
export function useBrowser(...identityProviders: readonly string[]): () => Promise<WatchedPage> {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())
  return () => openPage(browser, [doorward, ...identityProviders])
}

/** Types the address at Doorward's page, and waits for the identity provider's. */
export async function leaveFor(page: Page, identityProvider: string, address: string): Promise<void> {
  await typeAddress(page, doorward, address)
  // Whoever goes on waits for the form: the rest of the page may take as long as it likes.
  await page.waitForURL((url) => url.origin === identityProvider, { waitUntil: 'commit' })
}

/** @returns who is signed in, as an app would see it */
async function whoIsSignedIn(page: Page): Promise<SignedIn['user']> {
  const answer = await page.request.get(`${doorward}/api/auth/session`)
  expect(answer.status()).toBe(200)
  return ((await answer.json()) as SignedIn).user
}

/** Waits for Doorward's page that says so, then asks who it is. */
export async function arriveSignedIn(page: Page): Promise<SignedIn['user']> {
  await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
  expect(new URL(page.url()).origin).toBe(doorward)
  return whoIsSignedIn(page)
}

/** @returns whether the browser's session at Doorward is good */
export async function isSignedIn(page: Page): Promise<boolean> {
  return (await page.request.get(`${doorward}/api/auth/session`)).ok()
}

/** Waits until that is over, where it is the provider who says so. */
export async function waitForSignOut(page: Page): Promise<void> {
  await expect.poll(() => isSignedIn(page), { timeout: 10_000 }).toBe(false)
}

/**
 * Waits for Doorward's page that refuses, as it refuses whatever could be an attack, and looks up why.
 *
 * @returns the code in the log, which the page does not say
 */
export async function arriveRefused(page: Page): Promise<string> {
  await page.getByRole('heading', { name: 'We couldn’t sign you in' }).waitFor()
  expect(new URL(page.url()).origin).toBe(doorward)
  const shown = await page.getByRole('main').innerText()
  const requestId = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(shown)?.[0] ?? 'a request id'
  const line = (): string | undefined =>
    readFileSync(inject('doorwardLog'), 'utf8')
      .split('\n')
      .find((text) => text.includes(requestId))
  await until(
    () => line() !== undefined,
    () => `nothing was logged of request ${requestId}`,
  )
  const code = /: refused: .*\((\w+)\)/.exec(line() ?? '')?.[1] ?? ''
  expect(shown).not.toContain(code)
  return code
}
