import type { Page } from 'playwright-core'
import { inject } from 'vitest'
import { addressOf, scenario } from '../../simplesamlphp/scenarios.ts'
import { leaveFor } from '../person.ts'

/** @returns the origin of the identity provider of a scenario */
export function providerOf(id: string): string {
  return inject('simpleSamlPhp')[scenario(id).at ?? 'open']
}

/** Goes from Doorward to SimpleSAMLphp's form. */
export async function leave(page: Page, id: string): Promise<void> {
  await leaveFor(page, providerOf(id), addressOf(id))
  await page.locator('#username').waitFor()
}

/** Fills in SimpleSAMLphp's form. */
export async function fillIn(page: Page, id: string): Promise<void> {
  await page.locator('#username').fill(id)
  await page.locator('#password').fill(id)
  await page.locator('#submit_button').click()
}

/** The whole way, up to wherever it leads. */
export async function signIn(page: Page, id: string): Promise<void> {
  await leave(page, id)
  await fillIn(page, id)
}
