import type { WatchedPage } from '@doorward/demo/test/chromium'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { arriveSignedIn, isSignedIn, waitForSignOut } from '../person.ts'
import { isKnownThere, openIdProviders, signIn, signOutHere, useOpenIdBrowser } from './provider.ts'

const open = useOpenIdBrowser()

describe.each(openIdProviders)('signing out with $name', (provider) => {
  let watched: WatchedPage
  let page: Page

  beforeEach(async () => {
    watched = await open()
    page = watched.page
    await signIn(page, provider, 'sign-out')
    await arriveSignedIn(page)
  })
  afterEach(() => watched.context.close())

  it('here signs out there', async () => {
    await signOutHere(page, provider)
    expect(await isSignedIn(page)).toBe(false)
    expect(await isKnownThere(page, provider, 'sign-out')).toBe(false)
  })

  it('there signs out here, and leaves another browser alone', async () => {
    const other = await open()
    await signIn(other.page, provider, 'sign-out')
    await arriveSignedIn(other.page)
    await provider.signOutThere(page, 'sign-out')
    await waitForSignOut(page)
    expect(await isKnownThere(page, provider, 'sign-out')).toBe(false)
    expect(await isSignedIn(other.page)).toBe(true)
    await other.context.close()
  })

  it('of another application there signs out here', async () => {
    await provider.signOutElsewhere(page, 'sign-out')
    await waitForSignOut(page)
  })
})
