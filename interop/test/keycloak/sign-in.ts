import type { Page } from 'playwright-core'
import { inject } from 'vitest'
import { addressAt, REALM } from '../../keycloak/entries.ts'
import { leaveFor } from '../person.ts'

/** Keycloak's origin. */
export const keycloak = inject('keycloak')

/** The whole way from Doorward's page through Keycloak's, up to wherever it leads. */
export async function signIn(page: Page, connection: string): Promise<void> {
  await leaveFor(page, keycloak, addressAt(connection))
  await fillIn(page, connection)
}

/** Fills in Keycloak's form. */
export async function fillIn(page: Page, connection: string): Promise<void> {
  await page.locator('#username').fill(`person-${connection}`)
  await page.locator('#password').fill(`person-${connection}`)
  await page.locator('#kc-login').click()
}

/** Signs out at Keycloak by its own page, as somebody does who is done there. */
export async function signOutThere(page: Page): Promise<void> {
  await page.goto(`${keycloak}/realms/${REALM}/protocol/openid-connect/logout`)
  await page.locator('#kc-logout').click()
  // It comes back from us with this.
  await page.getByText('You are logged out').first().waitFor()
}
