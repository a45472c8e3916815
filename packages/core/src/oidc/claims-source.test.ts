import { describe, expect, it } from 'vitest'
import { connectionWith } from '../../test/configured.ts'
import { createScenario, goAndReturn, logIn, refusalOf, type Scenario, spoilt } from '../../test/scenario.ts'
import type { OidcConnection } from '../config/connection.ts'

type Claims = Record<string, unknown>

const { claims } = connectionWith()

/** A provider with these claims in the ID Token, and these in userinfo, beside `sub`. */
function scenarioWith(
  connection: Partial<OidcConnection>,
  idToken: Claims,
  userinfo: Claims,
): Promise<Scenario> {
  const personality = spoilt({
    idTokenClaims: (good) => ({ ...good, ...idToken }),
    userinfo: ({ sub }) => ({ sub, ...userinfo }),
  })
  return createScenario({ provider: { personality, user: { sub: 'user-1' } }, connection })
}

/** Who logs in there, and how often userinfo was asked. */
async function loginWith(connection: Partial<OidcConnection>, idToken: Claims, userinfo: Claims) {
  const scenario = await scenarioWith(connection, idToken, userinfo)
  const identity = await logIn(scenario)
  return { identity, calls: scenario.provider.requests.count('userinfo') }
}

const fromIdToken = { email: 'token@acme.example', email_verified: true, groups: ['token'] }
const fromUserinfo = {
  email: 'userinfo@acme.example',
  email_verified: true,
  name: 'User One',
  groups: ['userinfo'],
}

describe('claims from the ID Token alone', () => {
  const connection = { claimsSource: 'id_token' } as const

  it('are taken as they are', async () => {
    const { identity, calls } = await loginWith(connection, fromIdToken, fromUserinfo)
    expect(identity).toMatchObject({ email: 'token@acme.example', emailVerified: true, groups: ['token'] })
    expect(identity.name).toBeUndefined()
    expect(calls).toBe(0)
  })

  it('may lack an address: userinfo is not asked all the same', async () => {
    const { identity, calls } = await loginWith(connection, {}, fromUserinfo)
    expect(identity).toMatchObject({
      subject: 'user-1',
      email: undefined,
      emailVerified: undefined,
      groups: [],
    })
    expect(calls).toBe(0)
  })

  it('do without a userinfo endpoint', async () => {
    const personality = spoilt({ discoveryDocument: ({ userinfo_endpoint: _, ...rest }) => rest })
    const scenario = await createScenario({ provider: { personality }, connection })
    expect((await logIn(scenario)).email).toBe('user@acme.example')
  })
})

describe('claims from userinfo too', () => {
  const connection = { claimsSource: 'userinfo' } as const

  it('are asked for always, and the ID Token comes first', async () => {
    const { identity, calls } = await loginWith(connection, fromIdToken, fromUserinfo)
    expect(identity).toMatchObject({
      email: 'token@acme.example',
      emailVerified: true,
      name: 'User One',
      groups: ['token'],
    })
    expect(calls).toBe(1)
  })

  it('make good what the ID Token lacks', async () => {
    const { identity, calls } = await loginWith(connection, {}, fromUserinfo)
    expect(identity).toMatchObject({
      email: 'userinfo@acme.example',
      emailVerified: true,
      groups: ['userinfo'],
    })
    expect(calls).toBe(1)
  })

  it('may have nothing to add, as at ADFS, whose userinfo knows the subject alone', async () => {
    const { identity, calls } = await loginWith(connection, { upn: 'user' }, {})
    expect(identity).toMatchObject({
      subject: 'user-1',
      email: undefined,
      emailVerified: undefined,
      groups: [],
    })
    expect(calls).toBe(1)
  })

  it('are about the same person', async () => {
    const scenario = await createScenario({ provider: { personality: 'other-userinfo-subject' }, connection })
    expect(await refusalOf(logIn(scenario))).toBe('userinfo_subject_mismatch')
  })

  it.each<[string, Partial<OidcConnection>]>([
    ['discovered', {}],
    [
      'configured',
      {
        discovers: false,
        configuredIssuer: 'https://idp.example',
        endpoints: {
          authorization: 'https://idp.example/authorize',
          token: 'https://idp.example/token',
          jwks: 'https://idp.example/jwks',
        },
      },
    ],
  ])('need an endpoint, or nobody is sent to the provider: %s', async (_, changes) => {
    const personality = spoilt({ discoveryDocument: ({ userinfo_endpoint: _, ...rest }) => rest })
    const scenario = await createScenario({
      provider: { personality },
      connection: { ...connection, ...changes },
    })
    await expect(goAndReturn(scenario)).rejects.toMatchObject({
      name: 'SsoError',
      code: 'discovery_invalid',
      details: { attribute: 'userinfo_endpoint' },
    })
    expect(scenario.provider.requests.count('authorization')).toBe(0)
  })
})

describe('claims where they are', () => {
  it.each([
    ['the ID Token has an address', fromIdToken, 0, 'token@acme.example'],
    ['the ID Token has none', { name: 'User' }, 1, 'userinfo@acme.example'],
    ['the ID Token has an empty one', { email: '' }, 1, 'userinfo@acme.example'],
    ['the ID Token has null', { email: null }, 1, 'userinfo@acme.example'],
  ])('userinfo is asked when it must be: %s', async (_, idToken, count, email) => {
    const { identity, calls } = await loginWith({}, idToken, fromUserinfo)
    expect([calls, identity.email]).toEqual([count, email])
  })

  it.each([
    ['the claim is in the ID Token', { upn: 'upn@acme.example' }, 0, 'upn@acme.example'],
    ['only the usual claim is', { email: 'token@acme.example' }, 1, 'info@acme.example'],
    ['nothing is', {}, 1, 'info@acme.example'],
  ])('follows the claim that has the address: %s', async (_, idToken, count, email) => {
    const connection = { claims: { ...claims, email: 'upn' } }
    const { identity, calls } = await loginWith(connection, idToken, {
      ...fromUserinfo,
      upn: 'info@acme.example',
    })
    expect([calls, identity.email]).toEqual([count, email])
  })

  it('follows the path to the address', async () => {
    const connection = { claims: { ...claims, email: 'contact.mail' } }
    const idToken = { contact: { mail: 'path@acme.example' }, email: 'token@acme.example' }
    const { identity, calls } = await loginWith(connection, idToken, fromUserinfo)
    expect([calls, identity.email]).toEqual([0, 'path@acme.example'])
  })
})
