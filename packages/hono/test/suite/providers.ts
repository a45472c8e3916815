import { type PersonalityName, personalities, personalityNames } from '@doorward/testkit'
import { expect, it } from 'vitest'
import type { PublicErrorCode } from '../../src/contract.ts'
import { brokenProviders } from '../providers.ts'
import { type Driver, location } from './driver.ts'

/** Longer than the ten seconds after which an identity provider is given up. */
const PATIENT = 25_000

const SESSION_COOKIE = '__Host-doorward-session'

/** Providers that are wrong in one way, down, slow, or bring somebody they may not bring. */
export function providerCases({ open, logIn, session, expectRefused }: Driver): void {
  const expectations: Partial<Record<PersonalityName, PublicErrorCode | 'signed in'>> = {
    'no-email': 'not_allowed',
    'unverified-email': 'not_allowed',
    'unverified-email-as-string': 'not_allowed',
    'unstated-email-verification': 'signed in',
    'other-userinfo-subject': 'signed in',
    'missing-userinfo-subject': 'signed in',
    // Without a usable state nobody can tell which login the answer belongs to.
    'wrong-state': 'login_expired',
    'missing-state': 'bad_request',
  }

  const perLogin = personalityNames.filter(
    (name) => !/-at-(discovery|jwks)$|^discovery-|-discovery-|^endpoint-|^missing-token-endpoint/.test(name),
  )

  it.concurrent.each(perLogin)('with a provider that is %s', { timeout: PATIENT }, async (personality) => {
    const browser = open()
    const response = await logIn(browser, { personality })
    const expected = expectations[personality] ?? defaultExpectation(personality)
    if (expected === 'signed in') {
      expect(location(response)).toBe('/')
      expect((await session(browser))?.user.email).toBe('user@acme.example')
    } else {
      await expectRefused(browser, response, expected)
      expect(response.headers.getSetCookie().join()).not.toContain(SESSION_COOKIE)
    }
  })

  it.concurrent.each([...brokenProviders.filter((name) => !name.endsWith('-at-jwks')), 'down'])(
    'explains within the time limit that the provider is unavailable: %s',
    { timeout: PATIENT },
    async (id) => {
      const browser = open()
      const startedAt = performance.now()
      const response = await browser.navigate(`/api/auth/oidc/${id}/login/?next=/deep`)
      expect(performance.now() - startedAt).toBeLessThan(15_000)
      await expectRefused(browser, response, 'provider_unavailable')
      expect(location(response)).toContain('next=%2Fdeep')
      const api = await browser.call(`/api/auth/oidc/${id}/login/`, { headers: { 'sec-fetch-site': 'none' } })
      expect(api.status).toBe(424)
    },
  )

  it.concurrent.each(brokenProviders.filter((name) => name.endsWith('-at-jwks')))(
    'signs nobody in while the keys can not be had: %s',
    { timeout: PATIENT },
    async (connection) => {
      const browser = open()
      await expectRefused(browser, await logIn(browser, { connection }), 'provider_unavailable')
    },
  )

  it('refuses an address outside the domain of the connection', async () => {
    const browser = open()
    await expectRefused(browser, await logIn(browser, { user: 'outsider' }), 'not_allowed')
  })

  it('refuses an address in the domain of another connection, verified or not', async () => {
    const browser = open()
    await expectRefused(browser, await logIn(browser, { connection: 'open' }), 'not_allowed')
  })

  it('lets other addresses in where no domain is named, verified only if the provider says so', async () => {
    const browser = open()
    await logIn(browser, { connection: 'open', user: 'outsider' })
    expect((await session(browser))?.user).toMatchObject({
      email: 'user@elsewhere.example',
      email_verified: true,
    })
    await logIn(browser, { connection: 'open', user: 'without-address' })
    expect((await session(browser))?.user).toMatchObject({ email: null, email_verified: false })
  })
}

/** What the provider's fault comes to where nothing else is said. */
function defaultExpectation(name: PersonalityName): PublicErrorCode | 'signed in' {
  // Our ID Tokens carry the address, so the userinfo endpoint is not asked.
  if (personalities[name].login === 'must-succeed' || name.endsWith('-at-userinfo')) return 'signed in'
  return name.endsWith('-at-token') ? 'provider_unavailable' : 'login_failed'
}
