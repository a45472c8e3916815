import type { WatchedPage } from '@doorward/demo/test/chromium'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { arriveRefused, arriveSignedIn, doorward, isSignedIn, useBrowser } from '../person.ts'
import { fillIn, leave, providerOf, signIn } from './sign-in.ts'

describe('what SimpleSAMLphp signs', () => {
  const open = useBrowser(providerOf('plain'))
  let watched: WatchedPage
  let page: Page

  beforeEach(async () => {
    watched = await open()
    page = watched.page
  })
  afterEach(() => watched.context.close())

  it.each([
    ['the response only', 'response-only'],
    ['the assertion only', 'assertion-only'],
    ['both', 'both'],
    ['both, with SHA-512', 'sha512'],
  ])('%s: the person comes in', async (_, id) => {
    await signIn(page, id)
    expect((await arriveSignedIn(page)).idp).toBe(id)
  })

  it.each([
    ['nothing', 'neither', 'saml_signature_missing'],
    ['the response, where the assertion must be signed', 'assertion-missing', 'saml_signature_missing'],
    ['the assertion, where the response must be signed', 'response-missing', 'saml_signature_missing'],
    ['with SHA-1', 'sha1', 'saml_signature_refused'],
  ])('%s: the person does not come in, and the log says why', async (_, id, code) => {
    await signIn(page, id)
    expect(await arriveRefused(page)).toBe(code)
    expect(await isSignedIn(page)).toBe(false)
  })
})

describe('an identity provider that wants signed requests', () => {
  const open = useBrowser(providerOf('strict'))
  let watched: WatchedPage
  let page: Page

  beforeEach(async () => {
    watched = await open()
    page = watched.page
  })
  afterEach(() => watched.context.close())

  it('gets them, because its metadata says so', async () => {
    await leave(page, 'strict')
    await fillIn(page, 'strict')
    await arriveSignedIn(page)
  })

  it('gets them by a form that submits itself', async () => {
    const posted = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/SSOService.php'),
    )
    await leave(page, 'strict-post')
    expect((await posted).postData()).toContain('SAMLRequest=')
    await fillIn(page, 'strict-post')
    await arriveSignedIn(page)
    expect(watched.misdeeds).toEqual({ foreign: [], errors: [] })
  })

  it('refuses by itself what is not signed', async () => {
    await page.goto(`${doorward}/api/auth/saml/strict-unsigned/login/`)
    await page.getByText('no signature found on message').first().waitFor()
    expect(new URL(page.url()).origin).toBe(providerOf('strict'))
  })
})

describe('a browser without scripts', () => {
  const open = useBrowser(providerOf('strict'))

  it('has buttons to press, on our page and on theirs', async () => {
    const watched = await open()
    const context = await watched.context.browser()?.newContext({ javaScriptEnabled: false })
    if (!context) throw new Error('there is no browser')
    const bare = await context.newPage()
    await bare.goto(`${doorward}/api/auth/saml/strict-post/login/`)
    await bare.getByRole('button').click()
    await fillIn(bare, 'strict-post')
    // There is another one, for scripts, which a style sheet hides a moment later.
    await bare.getByText('Submit', { exact: true }).click()
    await bare.waitForURL(`${doorward}/`)
    expect(await isSignedIn(bare)).toBe(true)
    await context.close()
    await watched.context.close()
  })
})
