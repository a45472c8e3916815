import type { WatchedPage } from '@doorward/demo/test/chromium'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressOf } from '../../simplesamlphp/scenarios.ts'
import { arriveRefused, arriveSignedIn, isSignedIn, useBrowser } from '../person.ts'
import { providerOf, signIn } from './sign-in.ts'

const open = useBrowser(providerOf('encrypted'))
let watched: WatchedPage
let page: Page

beforeEach(async () => {
  watched = await open()
  page = watched.page
})
afterEach(() => watched.context.close())

/** What goes through the browser to our ACS, decoded. */
async function signInAndLook(id: string): Promise<string> {
  const posted = page.waitForRequest((request) => request.url().endsWith('/acs/'))
  await signIn(page, id)
  const form = new URLSearchParams((await posted).postData() ?? '')
  return Buffer.from(form.get('SAMLResponse') ?? '', 'base64').toString()
}

describe('SimpleSAMLphp encrypts, as it does: AES-128-CBC and RSA-OAEP', () => {
  it.each([
    ['the assertion, in a signed response', 'encrypted', 'EncryptedAssertion'],
    ['a signed assertion, in a signed response', 'encrypted-both', 'EncryptedAssertion'],
    ['the name identifier', 'encrypted-name', 'EncryptedID'],
  ])('%s: the person comes in', async (_, id, element) => {
    const message = await signInAndLook(id)
    expect(message).toContain(`<saml:${element}`)
    expect(message).toContain('http://www.w3.org/2001/04/xmlenc#aes128-cbc')
    expect((await arriveSignedIn(page)).email).toBe(addressOf(id))
  })

  it('an assertion in a response that nobody signed: the person does not come in', async () => {
    expect(await signInAndLook('encrypted-loose')).not.toContain('<ds:Signature')
    expect(await arriveRefused(page)).toBe('saml_encryption_unsupported')
    expect(await isSignedIn(page)).toBe(false)
  })
})
