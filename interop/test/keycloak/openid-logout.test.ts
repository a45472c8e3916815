import { expect, it } from 'vitest'
import { administer } from '../../keycloak/administration.ts'
import { addressAt, REALM } from '../../keycloak/entries.ts'
import { arriveSignedIn, doorward, useBrowser, waitForSignOut } from '../person.ts'
import { keycloak, signIn } from './sign-in.ts'

const open = useBrowser(keycloak)

/** "Users > Sessions > Sign out all sessions". */
async function signOutAsAdministrator(address: string): Promise<void> {
  const administration = await administer(keycloak)
  const query = new URLSearchParams({ email: address, exact: 'true' })
  const found = (await administration.call('GET', `/${REALM}/users?${query}`)) as { id: string }[]
  for (const { id } of found) await administration.call('POST', `/${REALM}/users/${id}/logout`)
}

it('a session that an administrator of Keycloak ends is over here too', async () => {
  const { context, page } = await open()
  await signIn(page, 'roles')
  await arriveSignedIn(page)
  await signOutAsAdministrator(addressAt('roles'))
  await waitForSignOut(page)
  await context.close()
})

it('a sign-out at Keycloak that is told by a frame signs out here', async () => {
  const { context, page, misdeeds } = await open()
  await signIn(page, 'sign-out-by-frame')
  await arriveSignedIn(page)
  const framed = page.waitForResponse((response) => response.url().includes('/frontchannel-logout/'))
  await page.goto(`${keycloak}/realms/${REALM}/protocol/openid-connect/logout`)
  await page.locator('#kc-logout').click()
  const response = await framed
  expect(response.status()).toBe(200)
  expect(response.frame().parentFrame()).not.toBeNull()
  expect(response.url().startsWith(doorward)).toBe(true)
  await waitForSignOut(page)
  expect(misdeeds).toEqual({ foreign: [], errors: [] })
  await context.close()
})
