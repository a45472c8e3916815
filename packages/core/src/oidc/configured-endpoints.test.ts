import { describe, expect, it } from 'vitest'
import { baseUrl } from '../../test/configured.ts'
import {
  createScenario,
  goAndReturn,
  logIn,
  refusalOf,
  type Scenario,
  spoilt,
  urlOf,
} from '../../test/scenario.ts'
import type { OidcConnection } from '../config/connection.ts'
import { callbackUrl } from '../config/urls.ts'

const endpoints = {
  authorization: 'https://idp.example/authorize',
  token: 'https://idp.example/token',
  jwks: 'https://idp.example/jwks',
  userinfo: 'https://idp.example/userinfo',
}

/** A provider that is asked nothing that the configuration says. */
const undiscovered: Partial<OidcConnection> = {
  discovers: false,
  configuredIssuer: 'https://idp.example',
  endpoints,
}

/** Which endpoints were called, by whomever. */
const called = ({ provider }: Scenario) => [...provider.requests].map(({ endpoint }) => endpoint)

const begin = ({ protocol, connection }: Scenario) =>
  protocol.begin({
    connection,
    baseUrl,
    answerUrl: callbackUrl(connection, baseUrl),
    transactionId: 'a'.repeat(22),
    loginHint: undefined,
    forceLogin: false,
  })

describe('a provider whose endpoints are all configured', () => {
  it('is never asked for its discovery document', async () => {
    const scenario = await createScenario({ connection: undiscovered })
    expect(await logIn(scenario)).toMatchObject({ issuer: 'https://idp.example', email: 'user@acme.example' })
    expect(called(scenario)).toEqual(['authorization', 'token', 'jwks'])
    await logIn(scenario)
    expect(called(scenario)).toEqual(['authorization', 'token', 'jwks', 'authorization', 'token'])
  })

  it('may have a server_url that leads nowhere', async () => {
    const scenario = await createScenario({
      connection: { ...undiscovered, serverUrl: 'https://unknown.example' },
      intercept: (provider) => (url, init) =>
        url.startsWith('https://unknown.example')
          ? Promise.reject(new Error('unreachable'))
          : provider(url, init),
    })
    expect((await logIn(scenario)).issuer).toBe('https://idp.example')
  })

  it('is asked for userinfo where the ID Token is thin', async () => {
    const scenario = await createScenario({ provider: { claimsIn: 'userinfo' }, connection: undiscovered })
    expect((await logIn(scenario)).email).toBe('user@acme.example')
    expect(called(scenario)).toEqual(['authorization', 'token', 'jwks', 'userinfo'])
  })

  it('may have no userinfo endpoint', async () => {
    const { userinfo: _, ...others } = endpoints
    const scenario = await createScenario({
      provider: { claimsIn: 'userinfo' },
      connection: { ...undiscovered, endpoints: others },
    })
    expect((await logIn(scenario)).email).toBeUndefined()
    expect(scenario.provider.requests.count('userinfo')).toBe(0)
  })

  it('gets the secret in the header, the default of the standard', async () => {
    const scenario = await createScenario({ connection: undiscovered })
    await logIn(scenario)
    expect(scenario.provider.requests.last('token').clientAuthentication).toEqual(['client_secret_basic'])
  })

  it.each([
    ['wrong-response-issuer', 'authorization_issuer_mismatch'],
    ['wrong-issuer', 'id_token_issuer_mismatch'],
    ['forged-signature', 'id_token_signature_invalid'],
    ['wrong-nonce', 'id_token_nonce_mismatch'],
  ] as const)('is checked as any other: %s is %s', async (personality, code) => {
    const scenario = await createScenario({ provider: { personality }, connection: undiscovered })
    expect(await refusalOf(logIn(scenario))).toBe(code)
  })

  it.each([
    ['with a slash', 'https://idp.example', 'https://idp.example/'],
    ['without a slash', 'https://idp.example/', 'https://idp.example'],
    ['in other letters', 'https://idp.example', 'https://IDP.example'],
    ['from elsewhere', 'https://idp.example', 'https://other.example'],
  ])('must call itself as configured, to the letter: not %s', async (_, issuer, configuredIssuer) => {
    const personality = 'missing-response-issuer'
    const connection = { ...undiscovered, configuredIssuer }
    const scenario = await createScenario({ provider: { issuer, personality }, connection })
    await expect(logIn(scenario)).rejects.toMatchObject({
      code: 'id_token_issuer_mismatch',
      details: { expected: configuredIssuer, received: issuer },
    })
    const named = await createScenario({ provider: { issuer }, connection })
    expect(await refusalOf(logIn(named))).toBe('authorization_issuer_mismatch')
  })
})

describe('an endpoint that is configured beside discovery', () => {
  const elsewhere = 'https://proxy.example'

  it.each([
    ['token', { token: `${elsewhere}/token` }],
    ['jwks', { jwks: `${elsewhere}/jwks` }],
    ['userinfo', { userinfo: `${elsewhere}/userinfo` }],
    ['authorization', { authorization: `${elsewhere}/authorize` }],
  ] as const)('is called instead of the one in the document, and no other: %s', async (name, configured) => {
    const scenario = await createScenario({
      provider: { claimsIn: 'userinfo' },
      connection: { endpoints: configured },
    })
    expect((await logIn(scenario)).email).toBe('user@acme.example')
    const { requests } = scenario.provider
    for (const endpoint of ['discovery', 'authorization', 'token', 'jwks', 'userinfo'] as const) {
      expect([endpoint, requests.count(endpoint)]).toEqual([endpoint, 1])
      const host = endpoint === name ? 'proxy.example' : 'idp.example'
      expect([endpoint, requests.last(endpoint).url.host]).toEqual([endpoint, host])
    }
  })

  it.each([
    ['authorization_endpoint', undefined],
    ['token_endpoint', 'http://idp.example/token'],
    ['jwks_uri', 7],
    ['userinfo_endpoint', ''],
    ['userinfo_endpoint', undefined],
  ])('makes good what the document says: %s %j', async (attribute, value) => {
    const personality = spoilt({ discoveryDocument: (good) => ({ ...good, [attribute]: value }) })
    const scenario = await createScenario({
      provider: { personality, claimsIn: 'userinfo' },
      connection: { endpoints },
    })
    expect((await logIn(scenario)).email).toBe('user@acme.example')
  })

  it('may be the authorization endpoint with a query', async () => {
    const authorization = 'https://idp.example/authorize?tenant=1&prompt=none'
    const { departure } = await begin(await createScenario({ connection: { endpoints: { authorization } } }))
    expect(urlOf(departure).href).toMatch(
      /^https:\/\/idp\.example\/authorize\?tenant=1&prompt=none&client_id=client-1&/,
    )
  })

  it('does not excuse what else is wrong in the document', async () => {
    const personality = spoilt({ discoveryDocument: (good) => ({ ...good, jwks_uri: undefined }) })
    const { jwks: _, ...others } = endpoints
    const scenario = await createScenario({ provider: { personality }, connection: { endpoints: others } })
    await expect(begin(scenario)).rejects.toMatchObject({
      code: 'discovery_invalid',
      details: { attribute: 'jwks_uri' },
    })
  })

  it('is refused in the clear', async () => {
    const scenario = await createScenario({
      connection: { endpoints: { token: 'http://idp.example/token' } },
    })
    await expect(begin(scenario)).rejects.toMatchObject({
      code: 'provider_url_refused',
      details: { attribute: 'token_endpoint' },
    })
  })

  it('is forgotten when the configuration no longer has it', async () => {
    const scenario = await createScenario({ connection: { endpoints: { token: `${elsewhere}/token` } } })
    await logIn(scenario)
    const connection = { ...scenario.connection, endpoints: {} }
    await logIn({ ...scenario, connection })
    expect(scenario.provider.requests.last('token').url.host).toBe('idp.example')
  })
})

describe('an issuer that is configured beside discovery', () => {
  it.each([
    ['https://idp.example', 'https://idp.example'],
    ['https://idp.example/', 'https://idp.example/'],
    ['https://idp.example/realms/acme', 'https://proxy.example/realms/acme'],
  ])('may be %s for a document at %s', async (issuer, serverUrl) => {
    const scenario = await createScenario({
      provider: { issuer },
      connection: { configuredIssuer: issuer, serverUrl: serverUrl.replace(/\/$/, '') },
    })
    expect((await logIn(scenario)).issuer).toBe(issuer)
    expect(scenario.provider.requests.last('discovery').url.href).toBe(
      `${serverUrl.replace(/\/$/, '')}/.well-known/openid-configuration`,
    )
  })

  it.each([
    ['https://idp.example', 'https://idp.example/'],
    ['https://idp.example/', 'https://idp.example'],
    ['https://idp.example', 'https://IDP.example'],
    ['https://idp.example', 'https://idp.example:443'],
    ['https://idp.example', 'https://other.example'],
  ])('is compared to the letter: %s is not %s', async (issuer, configuredIssuer) => {
    const scenario = await createScenario({ provider: { issuer }, connection: { configuredIssuer } })
    await expect(goAndReturn(scenario)).rejects.toMatchObject({
      code: 'discovery_issuer_mismatch',
      details: { expected: configuredIssuer, received: issuer },
    })
    expect(called(scenario)).toEqual(['discovery'])
  })
})
