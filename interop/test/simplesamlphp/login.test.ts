import type { WatchedPage } from '@doorward/demo/test/chromium'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addressOf } from '../../simplesamlphp/scenarios.ts'
import { arriveRefused, arriveSignedIn, doorward, isSignedIn, useBrowser } from '../person.ts'
import { fillIn, leave, providerOf, signIn } from './sign-in.ts'

const open = useBrowser(providerOf('plain'))
let watched: WatchedPage
let page: Page

beforeEach(async () => {
  watched = await open()
  page = watched.page
})

afterEach(async () => {
  expect(watched.misdeeds).toEqual({ foreign: [], errors: [] })
  await watched.context.close()
})

describe('a login at SimpleSAMLphp', () => {
  it('tells who the person is', async () => {
    await signIn(page, 'plain')
    const user = await arriveSignedIn(page)
    expect(user).toMatchObject({
      idp: 'plain',
      protocol: 'saml',
      email: addressOf('plain'),
      email_verified: true,
      name: 'Ünsal “& Co” <Person>',
      first_name: 'Ünsal',
      last_name: 'Person',
      groups: ['engineering'],
    })
  })

  it('calls the same person the same the next time, and another one otherwise', async () => {
    await signIn(page, 'plain')
    const first = await arriveSignedIn(page)
    const other = await open()
    await signIn(other.page, 'plain')
    expect((await arriveSignedIn(other.page)).id).toBe(first.id)
    await other.context.clearCookies()
    await signIn(other.page, 'many')
    expect((await arriveSignedIn(other.page)).id).not.toBe(first.id)
    await other.context.close()
  })

  it('takes over two hundred groups', async () => {
    await signIn(page, 'many')
    expect((await arriveSignedIn(page)).groups).toHaveLength(200)
  })

  it('takes the address from the name identifier, where no attribute says it', async () => {
    await signIn(page, 'addressed')
    expect(await arriveSignedIn(page)).toMatchObject({ email: addressOf('addressed'), email_verified: true })
  })

  it('lets two logins in two tabs both succeed', async () => {
    const other = await watched.context.newPage()
    await leave(page, 'plain')
    await leave(other, 'many')
    await fillIn(other, 'many')
    await arriveSignedIn(other)
    // SimpleSAMLphp knows the person by now, and its form is still there.
    await fillIn(page, 'plain')
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
  })

  it('leads to where the person wanted to go', async () => {
    await page.goto(`${doorward}/login?next=${encodeURIComponent('/healthz?deep=1')}`)
    await page.getByLabel('Work e-mail').fill(addressOf('plain'))
    await page.keyboard.press('Enter')
    await fillIn(page, 'plain')
    await page.waitForURL(`${doorward}/healthz?deep=1`)
  })
})

describe('somebody whom SimpleSAMLphp knows already', () => {
  it('comes in without being asked again', async () => {
    await signIn(page, 'plain')
    await arriveSignedIn(page)
    await watched.context.clearCookies({ domain: 'localhost' })
    expect(await isSignedIn(page)).toBe(false)
    await page.goto(`${doorward}/api/auth/saml/plain/login/`)
    await arriveSignedIn(page)
  })

  it('is asked again where the configuration says so', async () => {
    await signIn(page, 'forced')
    await arriveSignedIn(page)
    await watched.context.clearCookies({ domain: 'localhost' })
    await page.goto(`${doorward}/api/auth/saml/forced/login/`)
    await page.locator('#password').fill('forced')
    // It remembers the name, and only the password is asked for.
    if (await page.locator('#username').isVisible()) await page.locator('#username').fill('forced')
    await page.locator('#submit_button').click()
    await arriveSignedIn(page)
  })
})

describe('a login that began at SimpleSAMLphp', () => {
  const begin = async (id: string): Promise<void> => {
    const entityId = `${doorward}/api/auth/saml/${id}/metadata/`
    const query = new URLSearchParams({ spentityid: entityId, RelayState: 'https://elsewhere.example/' })
    await page.goto(`${providerOf(id)}/simplesaml/saml2/idp/SSOService.php?${query}`)
    await fillIn(page, id)
  }

  it('is refused', async () => {
    await begin('started-there')
    expect(await arriveRefused(page)).toBe('saml_unsolicited')
    expect(await isSignedIn(page)).toBe(false)
  })

  it('becomes one that began here where the configuration says so, and leads to our own page', async () => {
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await begin('started-there-welcome')
    expect((await arriveSignedIn(page)).email).toBe(addressOf('started-there-welcome'))
    expect(requests.filter((url) => url.includes('SAMLRequest='))).toHaveLength(1)
    expect(page.url()).toBe(`${doorward}/`)
  })
})
