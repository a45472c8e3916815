import type { WatchedPage } from '@doorward/demo/test/chromium'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { arriveSignedIn, doorward, isSignedIn, useBrowser } from '../person.ts'
import { providerOf, signIn } from './sign-in.ts'

/** Somewhere at SimpleSAMLphp where it sends people who sign out there. */
const backAt = (id: string): string => `${providerOf(id)}/simplesaml/resources/default.css`

/** Signs out at SimpleSAMLphp, which asks all applications to do the same. */
async function signOutThere(page: Page, id: string): Promise<void> {
  const query = new URLSearchParams({ ReturnTo: backAt(id) })
  await page.goto(`${providerOf(id)}/simplesaml/saml2/idp/SingleLogoutService.php?${query}`)
}

describe.each([
  ['that sends people along', 'logout'],
  ['that works in frames, and wants every message signed', 'logout-strict'],
])('single logout with an identity provider %s', (_, id) => {
  const open = useBrowser(providerOf(id))
  let watched: WatchedPage
  let page: Page

  beforeEach(async () => {
    watched = await open()
    page = watched.page
    await signIn(page, id)
    await arriveSignedIn(page)
  })
  afterEach(() => watched.context.close())

  /** Whether SimpleSAMLphp lets the person in without asking. */
  const isKnownThere = async (): Promise<boolean> => {
    const probe = await watched.context.newPage()
    await probe.goto(`${doorward}/api/auth/saml/${id}/login/`)
    await probe.locator('#submit_button, main h1').first().waitFor()
    const known = new URL(probe.url()).origin === doorward
    await probe.close()
    return known
  }

  it('signing out here signs out there, and says so', async () => {
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByText('You’re signed out here and at your identity provider.').waitFor()
    expect(new URL(page.url()).origin).toBe(doorward)
    expect(await isSignedIn(page)).toBe(false)
    expect(await isKnownThere()).toBe(false)
  })

  it('signing out there signs out here', async () => {
    await signOutThere(page, id)
    if (id === 'logout-strict') await page.locator('#logout-all').click()
    await page.waitForURL(backAt(id))
    expect(await isSignedIn(page)).toBe(false)
    expect(await isKnownThere()).toBe(false)
  })

  it('signing out leaves another session of the same person alone', async () => {
    const other = await open()
    await signIn(other.page, id)
    await arriveSignedIn(other.page)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByText('You’re signed out here').waitFor()
    expect(await isSignedIn(other.page)).toBe(true)
    await other.context.close()
  })
})

describe('an identity provider that does not sign what it says of logouts', () => {
  const open = useBrowser(providerOf('logout-unsigned'))

  it('signs nobody out', async () => {
    const { context, page } = await open()
    await signIn(page, 'logout-unsigned')
    await arriveSignedIn(page)
    await signOutThere(page, 'logout-unsigned')
    await page.waitForURL((url) => url.origin === doorward)
    expect(await isSignedIn(page)).toBe(true)
    await context.close()
  })

  it('is not believed that the person is signed out there', async () => {
    const { context, page } = await open()
    await signIn(page, 'logout-unsigned')
    await arriveSignedIn(page)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByText('You’re signed out here, but perhaps not at your identity provider.').waitFor()
    expect(await isSignedIn(page)).toBe(false)
    await context.close()
  })
})
