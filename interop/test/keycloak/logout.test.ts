import type { WatchedPage } from '@doorward/demo/test/chromium'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { arriveSignedIn, doorward, isSignedIn, useBrowser } from '../person.ts'
import { keycloak, signIn, signOutThere } from './sign-in.ts'

const open = useBrowser(keycloak)
let watched: WatchedPage
let page: Page

beforeEach(async () => {
  watched = await open()
  page = watched.page
})
afterEach(() => watched.context.close())

describe.each([
  ['by our metadata', 'imported'],
  ['by hand, as docs/idp/keycloak.md says', 'saml'],
] as const)('single logout with Keycloak, told of us %s', (_, connection) => {
  it('signing out here signs out there', async () => {
    await signIn(page, connection)
    await arriveSignedIn(page)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByText('You’re signed out here and at your identity provider.').waitFor()
    expect(await isSignedIn(page)).toBe(false)
    await page.goto(`${doorward}/api/auth/saml/keycloak-${connection}/login/`)
    await page.locator('#kc-login').waitFor()
  })

  it('signing out there signs out here', async () => {
    await signIn(page, connection)
    await arriveSignedIn(page)
    await signOutThere(page)
    expect(new URL(page.url()).origin).toBe(keycloak)
    expect(await isSignedIn(page)).toBe(false)
  })
})
