import type { WatchedPage } from '@doorward/demo/test/chromium'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressAt } from '../../keycloak/entries.ts'
import { arriveSignedIn, isSignedIn, useBrowser } from '../person.ts'
import { keycloak, signIn } from './sign-in.ts'

const open = useBrowser(keycloak)
let watched: WatchedPage
let page: Page

beforeEach(async () => {
  watched = await open()
  page = watched.page
})
afterEach(() => watched.context.close())

describe("Keycloak by OpenID Connect, configured as CVAT's guide says", () => {
  it('tells who the person is, with groups', async () => {
    await signIn(page, 'oidc')
    const user = await arriveSignedIn(page)
    expect(user).toMatchObject({
      idp: 'keycloak-oidc',
      protocol: 'oidc',
      email: addressAt('oidc'),
      email_verified: true,
      username: 'person-oidc',
      first_name: 'Ünsal',
      last_name: 'O’Person-Ärö',
    })
    expect(user.groups.toSorted()).toEqual(['engineering', 'management'])
  })

  it('lets the person sign out', async () => {
    await signIn(page, 'oidc')
    await arriveSignedIn(page)
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByLabel('Work e-mail').waitFor()
    expect(await isSignedIn(page)).toBe(false)
  })
})
