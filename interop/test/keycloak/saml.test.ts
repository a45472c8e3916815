import type { WatchedPage } from '@doorward/demo/test/chromium'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressAt } from '../../keycloak/entries.ts'
import { arriveSignedIn, useBrowser } from '../person.ts'
import { keycloak, signIn } from './sign-in.ts'

const open = useBrowser(keycloak)
let watched: WatchedPage
let page: Page

beforeEach(async () => {
  watched = await open()
  page = watched.page
})
afterEach(() => watched.context.close())

/** Signs in. @returns what goes through the browser to our ACS */
async function signInAndLook(connection: string): Promise<string> {
  const posted = page.waitForRequest((request) => request.url().endsWith('/acs/'))
  await signIn(page, connection)
  const form = new URLSearchParams((await posted).postData() ?? '')
  return Buffer.from(form.get('SAMLResponse') ?? '', 'base64').toString()
}

describe("Keycloak by SAML, configured as CVAT's guide says", () => {
  it('tells who the person is, with groups, when our request is signed', async () => {
    await signIn(page, 'saml')
    const user = await arriveSignedIn(page)
    expect(user).toMatchObject({
      idp: 'keycloak-saml',
      protocol: 'saml',
      email: addressAt('saml'),
      email_verified: true,
      username: 'person-saml',
      first_name: 'Ünsal',
      last_name: 'O’Person-Ärö',
    })
    expect(user.groups.toSorted()).toEqual(['engineering', 'management'])
  })
})

describe('Keycloak by SAML, told of us by our metadata', () => {
  it('encrypts, and says its roles in several attributes of one name', async () => {
    expect(await signInAndLook('imported')).toContain(':EncryptedAssertion')
    const { groups } = await arriveSignedIn(page)
    expect(groups).toEqual(expect.arrayContaining(['annotator', 'reviewer']))
  })

  it('encrypts with AES-GCM for the assertion’s own signature, where it is set to', async () => {
    const message = await signInAndLook('modern')
    expect(message).toContain('http://www.w3.org/2009/xmlenc11#aes256-gcm')
    expect(message).toContain('http://www.w3.org/2009/xmlenc11#mgf1sha256')
    expect(message).not.toContain(':SignedInfo')
    await arriveSignedIn(page)
  })
})
