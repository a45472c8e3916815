import { describe, expect, it } from 'vitest'
import { configurationWith, connectionWith, reachWith } from '../../test/configured.ts'
import { createEntra, type EntraOptions, tenantA } from '../../test/entra.ts'
import { createScenario, logIn, refusalOf, spoilt } from '../../test/scenario.ts'
import type { OidcConnection } from '../config/connection.ts'
import { admit } from '../login/policy.ts'
import { createSelector } from '../selection/select.ts'

type Claims = Record<string, unknown>

const { claims: usual } = connectionWith()
const email = 'user@acme.example'
const edov = (xms_edov: unknown): Claims => ({ email, xms_edov })

/** At one organisation of Microsoft's, or for several. */
async function verifiedAt(claims: Claims, options: Omit<EntraOptions, 'claims'> = {}) {
  return (await logIn(await createEntra({ ...options, claims }))).emailVerified
}
const one: EntraOptions = { whose: tenantA, connection: { tenants: [] } }

describe('an address that Entra ID brings', () => {
  it.each<[string, Claims, boolean | undefined, boolean]>([
    ['nothing is said', { email }, undefined, false],
    ['the domain is its owner’s', edov(true), true, true],
    ['the same, as a text', edov('true'), true, true],
    ['the same, as 1', edov(1), true, true],
    ['the same, as "1"', edov('1'), true, true],
    ['the domain is somebody else’s', edov(false), false, false],
    ['the same, as a text', edov('false'), false, false],
    ['the same, as 0', edov(0), false, false],
    ['the same, as "0"', edov('0'), false, false],
    ['null is said', edov(null), undefined, false],
    ['a list is said', edov([true]), false, false],
    ['it is an own address of the account', { email, verified_primary_email: [email] }, true, true],
    ['the same, in other letters', { email, verified_primary_email: ['x', 'USER@acme.example'] }, true, true],
    ['the same, alone', { email, verified_primary_email: email }, true, true],
    [
      'the own addresses are others',
      { email, verified_primary_email: ['other@acme.example'] },
      undefined,
      false,
    ],
    [
      'the own addresses are no texts',
      { email, verified_primary_email: [{ email }, null] },
      undefined,
      false,
    ],
    ['there are no own addresses', { email, verified_primary_email: [] }, undefined, false],
    [
      'it is an own address, of a domain of somebody else',
      { ...edov(false), verified_primary_email: [email] },
      false,
      false,
    ],
    ['the claim of the standard says yes', { email, email_verified: true }, true, true],
    ['the claim of the standard says no', { ...edov(true), email_verified: false }, false, false],
  ])('%s: %j is %s for one organisation, %s for several', async (_, claims, forOne, forSeveral) => {
    expect(await verifiedAt(claims, one)).toBe(forOne)
    expect(await verifiedAt(claims)).toBe(forSeveral)
  })

  it('is nothing where there is none', async () => {
    const connection: Partial<OidcConnection> = { tenants: [], claimsSource: 'id_token' }
    const claims = { email: undefined, verified_primary_email: undefined, xms_edov: true }
    expect(await verifiedAt(claims, { ...one, connection })).toBeUndefined()
  })

  it.each(['https://sts.windows.net', 'https://sts.chinacloudapi.cn'])(
    'is judged so by version 1.0 at %s too',
    async (host) => {
      const issuer = `${host}/${tenantA}/`
      const connection = { tenants: [], configuredIssuer: issuer }
      expect(await verifiedAt({ ...edov(true), iss: issuer }, { whose: tenantA, issuer, connection })).toBe(
        true,
      )
    },
  )

  it('of another claim is not what the owner of the domain is asked about; a no counts all the same', async () => {
    const connection: Partial<OidcConnection> = {
      tenants: [],
      claims: { ...usual, email: 'upn', emailVerified: undefined },
    }
    const at = (claims: Claims) => verifiedAt(claims, { ...one, connection })
    expect(await at({ ...edov(true), upn: 'upn@acme.example' })).toBeUndefined()
    expect(await at({ ...edov(false), upn: 'upn@acme.example' })).toBe(false)
    expect(await at({ upn: email, verified_primary_email: [email] })).toBe(true)
  })

  it('from userinfo is not what the ID Token says yes about', async () => {
    const hooks = { userinfo: ({ sub }: Claims) => ({ sub, email }) }
    const scenario = await createEntra({ ...one, hooks, claims: { email: undefined, xms_edov: true } })
    expect(await logIn(scenario)).toMatchObject({ email, emailVerified: undefined })
  })

  it('may be mapped to what Microsoft says, in any of its spellings', async () => {
    const connection = { tenants: [], claims: { ...usual, emailVerified: 'xms_edov' } }
    expect(await verifiedAt(edov('1'), { ...one, connection })).toBe(true)
    expect(await verifiedAt(edov('0'), { ...one, connection })).toBe(false)
  })
})

it.each([
  'https://idp.example',
  'https://login.microsoftonline.com.idp.example',
  'http://login.microsoftonline.com',
])('what Microsoft would say counts for nothing at %s', async (issuer) => {
  const personality = spoilt({
    discoveryDocument: (good) => ({
      ...good,
      issuer,
      authorization_response_iss_parameter_supported: false,
    }),
    authorizationResponse: (good) => new URLSearchParams([...good].filter(([name]) => name !== 'iss')),
    idTokenClaims: (good) => ({ ...good, iss: issuer, email_verified: undefined, ...edov(true) }),
  })
  const connection = { configuredIssuer: issuer }
  expect(
    (await logIn(await createScenario({ provider: { personality }, connection }))).emailVerified,
  ).toBeUndefined()
})

describe('a connection for several organisations that names a domain', () => {
  const connection = { reach: reachWith({ domains: ['acme.example'] }) }

  async function attempt(claims: Claims) {
    const scenario = await createEntra({ claims, connection })
    const identity = await logIn(scenario)
    const selector = createSelector(configurationWith([scenario.connection]))
    return admit(identity, scenario.connection, selector)
  }

  it('lets in who has an address there that is said to be verified', async () => {
    expect(await attempt(edov(true))).toMatchObject({ email, emailVerified: true })
  })

  it.each([[{ email }], [edov(false)], [edov('yes')]])(
    'does not vouch for anybody: %j is refused, for any organisation can write any address',
    async (claims) => {
      expect(await refusalOf(attempt(claims))).toBe('email_unverified')
    },
  )
})
