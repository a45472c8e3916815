import { logoutPersonalities } from '@doorward/testkit'
import { describe, expect, it } from 'vitest'
import { baseUrl } from '../../test/configured.ts'
import { createEntra, type EntraOptions, privateAccounts, tenantA, tenantB } from '../../test/entra.ts'
import { logIn, refusalOf, type Scenario } from '../../test/scenario.ts'
import { userIdOf } from '../session/record.ts'

const issuerOf = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`
const stranger = '33333333-4444-4555-8666-777777777777'

const strange: readonly [string, string][] = [
  ['an organisation that is not named', issuerOf(stranger)],
  ['the gap', issuerOf('{tenantid}')],
  ['the address that is asked', issuerOf('organizations')],
  ['another cloud', `https://login.microsoftonline.us/${tenantA}/v2.0`],
  ['an organisation with a slash', `${issuerOf(tenantA)}/`],
]

/** A logout token of the provider that calls itself this. */
function tokenOf({ provider, connection }: Scenario, iss: unknown): Promise<string> {
  const claims = (good: object) => ({ ...good, iss })
  const personality = { ...logoutPersonalities.good, hooks: { claims } }
  return provider.logoutToken({ clientId: connection.clientId, sub: 'user-1', personality })
}

function read({ logout, connection, clock }: Scenario, unverifiedToken: string) {
  return logout.readToken({ connection, baseUrl, unverifiedToken, now: clock.now() })
}

describe('of several organisations at Microsoft', () => {
  const leave = (scenario: Scenario, issuer: string) =>
    scenario.logout.begin({
      connection: scenario.connection,
      baseUrl,
      session: { protocol: 'oidc', issuer, idToken: undefined },
    })

  it('people who sign out are sent there, whichever named one they are from', async () => {
    for (const tid of [tenantA, tenantB]) {
      const scenario = await createEntra({ tid })
      const { issuer } = await logIn(scenario)
      expect((await leave(scenario, issuer))?.departure).toMatchObject({
        url: { hostname: 'login.microsoftonline.com' },
      })
    }
  })

  it.each(strange)('nobody is sent there whose session is from %s', async (_, issuer) => {
    expect(await leave(await createEntra(), issuer)).toBeUndefined()
  })

  it('a logout token ends the sessions of a person of the organisation that it is from', async () => {
    const scenario = await createEntra()
    for (const tenant of [tenantA, tenantB]) {
      const issuer = issuerOf(tenant)
      const userId = await userIdOf({ connection: 'acme', issuer, subject: 'user-1' })
      const { groups } = await read(scenario, await tokenOf(scenario, issuer))
      expect(groups).toEqual([{ by: 'user', userId }])
    }
  })

  it.each<[string, unknown]>([...strange, ['nobody', undefined], ['a list', [issuerOf(tenantA)]]])(
    'a logout token counts for nothing from %s',
    async (_, iss) => {
      const scenario = await createEntra()
      expect(await refusalOf(read(scenario, await tokenOf(scenario, iss)))).toBe('logout_token_invalid')
    },
  )

  it.each(['', 'a.b.c', 'not-a-token'])('what is no token is refused as such: %j', async (text) => {
    expect(await refusalOf(read(await createEntra(), text))).toBe('logout_token_invalid')
  })

  it('a logout token is not signed by a key of another issuer', async () => {
    const keysFor = (issuer: string): EntraOptions => ({
      hooks: { jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, issuer })) }) },
    })
    const good = await createEntra(keysFor(issuerOf('{tenantid}')))
    expect(await read(good, await tokenOf(good, issuerOf(tenantA)))).toBeDefined()
    const bad = await createEntra(keysFor(issuerOf(privateAccounts)))
    const reading = read(bad, await tokenOf(bad, issuerOf(tenantA)))
    expect(await refusalOf(reading)).toBe('logout_token_invalid')
  })

  const notice = ({ logout, connection }: Scenario, iss: string) => {
    const unverifiedQuery = new URLSearchParams({ iss, sid: 'sid-1' })
    return logout.readNotice({ connection, baseUrl, unverifiedQuery })
  }

  it('a frame ends the session of the organisation that it names', async () => {
    const { group, framedBy } = await notice(await createEntra(), issuerOf(tenantB))
    expect(group).toMatchObject({ issuer: issuerOf(tenantB), sid: 'sid-1' })
    expect(framedBy).toEqual(['https://login.microsoftonline.com'])
  })

  it.each(strange)('a frame counts for nothing that names %s', async (_, iss) => {
    expect(await refusalOf(notice(await createEntra(), iss))).toBe('logout_notice_invalid')
  })
})
