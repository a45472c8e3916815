import { hold } from '@doorward/demo/test/chromium'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { arriveSignedIn, doorward, isSignedIn } from '../person.ts'
import { metadataOf, type OpenIdProvider, openIdProviders, signIn, useOpenIdBrowser } from './provider.ts'

const open = useOpenIdBrowser()

/** Comes back without a session of ours, to a provider that asks nothing again. */
async function beginAgain(page: Page, provider: OpenIdProvider, id: string): Promise<void> {
  await page.context().clearCookies({ domain: 'localhost' })
  expect(await isSignedIn(page)).toBe(false)
  await page.goto(`${doorward}/api/auth/oidc/${provider.connectionOf(id)}/login/`, { waitUntil: 'commit' })
}

async function replaceKey(provider: OpenIdProvider, id: string): Promise<void> {
  const before = await keysOf(provider.issuerOf(id))
  await provider.replaceKey(id)
  const after = await keysOf(provider.issuerOf(id))
  expect(after.length).toBeGreaterThan(0)
  expect(after.filter((key) => before.includes(key))).toEqual([])
}

/** @returns the names of the keys that sign */
async function keysOf(issuer: string): Promise<readonly string[]> {
  const response = await fetch((await metadataOf(issuer))['jwks_uri'] ?? '')
  const { keys } = (await response.json()) as { keys: { kid: string; use: string }[] }
  return keys.filter(({ use }) => use === 'sig').map(({ kid }) => kid)
}

// After the first login the provider's keys are known, and nothing but an unknown one has them fetched again.
describe.each(openIdProviders)('$name throws its key away and takes another', (provider) => {
  it('between two logins that are seconds apart: both come in', async () => {
    const { context, page } = await open()
    await signIn(page, provider, 'new-key')
    const { id } = await arriveSignedIn(page)
    await replaceKey(provider, 'new-key')
    await beginAgain(page, provider, 'new-key')
    expect((await arriveSignedIn(page)).id).toBe(id)
    await context.close()
  })

  it('while an answer is on its way to us: the person comes in', async () => {
    const { context, page } = await open()
    await signIn(page, provider, 'new-key-meanwhile')
    const { id } = await arriveSignedIn(page)
    const release = await hold(page, '**/login/callback/**')
    const answer = page.waitForRequest((request) => request.url().endsWith('/login/callback/'))
    await beginAgain(page, provider, 'new-key-meanwhile')
    await answer
    await replaceKey(provider, 'new-key-meanwhile')
    release()
    expect((await arriveSignedIn(page)).id).toBe(id)
    await context.close()
  })
})
