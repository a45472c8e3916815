import { describe, expect, it } from 'vitest'
import { baseUrl, connectionWith, parseOptionsWith } from '../../test/configured.ts'
import { createScenario, logIn, refusalOf, spoilt, urlOf, visit } from '../../test/scenario.ts'
import { loadConfiguration } from '../config/compile.ts'
import type { OidcConnection } from '../config/connection.ts'
import { parseConfiguration } from '../config/parse.ts'
import { callbackUrl } from '../config/urls.ts'
import { discover } from './discovery.ts'

/** The connection that comes of what an administrator wrote as `server_url`. */
function connectionFor(server_url: string): Partial<OidcConnection> {
  const { id, name, clientId: client_id } = connectionWith()
  const entry = {
    id,
    name,
    protocol: 'OIDC',
    server_url,
    client_id,
    client_secret: 'x',
    email_domain: 'acme.example',
  }
  const { compiled } = parseConfiguration(
    { sso: { enabled: true, identity_providers: [entry] } },
    parseOptionsWith(),
  )
  if (!compiled) throw new Error('the configuration is invalid')
  const connection = loadConfiguration(compiled, () => undefined).connections[0]?.open()
  if (connection?.protocol !== 'oidc') throw new Error('there is no such connection')
  const { serverUrl, discovers } = connection
  return { serverUrl, discovers }
}

describe('discovery', () => {
  it.each([
    ['https://idp.example', 'https://idp.example'],
    ['https://idp.example/', 'https://idp.example'],
    ['https://idp.example', 'https://idp.example/'],
    ['https://idp.example/', 'https://idp.example/'],
    ['https://IDP.example', 'https://idp.example'],
    ['https://idp.example/realms/acme/', 'https://idp.example/realms/acme'],
    ['https://idp.example/realms/acme', 'https://idp.example/realms/acme/'],
    ['https://idp.example/.well-known/openid-configuration', 'https://idp.example'],
    ['https://idp.example/realms/acme/.well-known/openid-configuration', 'https://idp.example/realms/acme/'],
  ])('with server_url %s finds the issuer %s', async (written, issuer) => {
    const scenario = await createScenario({
      provider: { issuer },
      connection: connectionFor(written),
    })
    expect((await logIn(scenario)).issuer).toBe(issuer)
  })

  it.each([
    ['https://idp.example/realms/acme', 'https://idp.example/realms/other'],
    ['https://idp.example/realms/acme', 'https://idp.example/realms/ACME'],
    ['https://idp.example', 'https://idp.example.evil.example'],
    ['https://idp.example', 'http://idp.example'],
    ['https://idp.example', 'https://idp.example:8443'],
    ['https://idp.example', 'https://idp.example/realms/acme'],
    ['https://idp.example', 'https://idp.example//'],
    ['https://idp.example', 'https://idp.example?'],
    ['https://idp.example', ''],
  ])('with server_url %s refuses the issuer %j', async (serverUrl, issuer) => {
    const personality = spoilt({ discoveryDocument: (good) => ({ ...good, issuer }) })
    const scenario = await createScenario({
      provider: { issuer: serverUrl, personality },
      connection: { serverUrl },
    })
    expect(await refusalOf(logIn(scenario))).toBe('discovery_issuer_mismatch')
  })

  it.each([
    ['issuer', undefined],
    ['issuer', 7],
    ['authorization_endpoint', undefined],
    ['authorization_endpoint', 'not a URL'],
    ['token_endpoint', ['https://idp.example/token']],
    ['token_endpoint', 'https://idp.example/token#fragment'],
    ['jwks_uri', undefined],
    ['jwks_uri', '/jwks'],
    ['userinfo_endpoint', ''],
    ['authorization_endpoint', `https://idp.example/${'x'.repeat(2048)}`],
    ['authorization_endpoint', `https://idp.example/${'ü'.repeat(2000)}`],
  ])('refuses a document whose %s is %j', async (attribute, value) => {
    const personality = spoilt({ discoveryDocument: (good) => ({ ...good, [attribute]: value }) })
    const scenario = await createScenario({ provider: { personality } })
    await expect(logIn(scenario)).rejects.toMatchObject({ code: 'discovery_invalid', details: { attribute } })
  })

  it.each([
    ['authorization_endpoint', 'http://idp.example/authorize'],
    ['authorization_endpoint', 'javascript:alert(1)'],
    ['token_endpoint', 'http://127.0.0.1/token'],
    ['jwks_uri', 'data:application/json,{}'],
    ['jwks_uri', 'file:///etc/passwd'],
    ['userinfo_endpoint', 'http://169.254.169.254/latest/meta-data'],
  ])('refuses a document that leads to another scheme: %s %s', async (attribute, value) => {
    const personality = spoilt({ discoveryDocument: (good) => ({ ...good, [attribute]: value }) })
    const scenario = await createScenario({ provider: { personality } })
    await expect(logIn(scenario)).rejects.toMatchObject({
      code: 'provider_url_refused',
      details: { attribute },
    })
  })

  it('takes addresses of 2048 characters, and none of 2049', async () => {
    const ofLength = (length: number) => 'https://idp.example/'.padEnd(length, 'x')
    const attempt = (issuer: string, token: string) => {
      const document = {
        issuer,
        authorization_endpoint: ofLength(100),
        token_endpoint: token,
        jwks_uri: ofLength(100),
      }
      return discover({ serverUrl: issuer, endpoints: {} }, baseUrl, { getJson: async () => document })
    }
    expect(await attempt(ofLength(2048), ofLength(2048))).toMatchObject({
      issuer: ofLength(2048),
      token_endpoint: ofLength(2048),
    })
    expect(await refusalOf(attempt(ofLength(2049), ofLength(100)))).toBe('discovery_invalid')
    expect(await refusalOf(attempt(ofLength(100), ofLength(2049)))).toBe('discovery_invalid')
  })

  it('does not keep a document that it refused', async () => {
    const scenario = await createScenario({ provider: { personality: 'other-discovery-issuer' } })
    await refusalOf(logIn(scenario))
    scenario.provider.personality = 'good'
    scenario.clock.advance(5000)
    await expect(logIn(scenario)).resolves.toBeDefined()
  })

  it('keeps the query of the authorization endpoint', async () => {
    const personality = spoilt({
      discoveryDocument: (good) => ({
        ...good,
        authorization_endpoint: `${good.authorization_endpoint}?tenant=1`,
      }),
    })
    const { protocol, connection } = await createScenario({ provider: { personality } })
    const begin = {
      connection,
      baseUrl,
      answerUrl: callbackUrl(connection, baseUrl),
      transactionId: 'a'.repeat(22),
      loginHint: undefined,
      forceLogin: false,
    }
    const url = urlOf((await protocol.begin(begin)).departure)
    expect(url.searchParams.get('tenant')).toBe('1')
    expect(url.searchParams.get('state')).toBe('a'.repeat(22))
  })

  it('does without a userinfo endpoint', async () => {
    const personality = spoilt({ discoveryDocument: ({ userinfo_endpoint: _, ...rest }) => rest })
    const scenario = await createScenario({ provider: { personality, claimsIn: 'userinfo' } })
    expect((await logIn(scenario)).email).toBeUndefined()
    expect(scenario.provider.requests.count('userinfo')).toBe(0)
  })

  it('does not ask for the issuer in the answer where it was not promised, and still compares it', async () => {
    const withoutPromise = spoilt({
      discoveryDocument: (good) => ({ ...good, authorization_response_iss_parameter_supported: false }),
    })
    const scenario = await createScenario({ provider: { personality: withoutPromise } })
    const { connection, protocol, clock } = scenario
    const finish = async (change: (answer: URLSearchParams) => void) => {
      const transactionId = 'b'.repeat(22)
      const { departure, state } = await protocol.begin({
        connection,
        baseUrl,
        answerUrl: callbackUrl(connection, baseUrl),
        transactionId,
        loginHint: undefined,
        forceLogin: false,
      })
      const unverifiedAnswer = await visit(scenario, urlOf(departure))
      change(unverifiedAnswer)
      return protocol.complete({
        connection,
        baseUrl,
        answerUrl: callbackUrl(connection, baseUrl),
        transactionId,
        state,
        unverifiedAnswer,
        now: clock.now(),
      })
    }
    await expect(finish((answer) => answer.delete('iss'))).resolves.toBeDefined()
    const mixedUp = finish((answer) => answer.set('iss', 'https://other.example'))
    expect(await refusalOf(mixedUp)).toBe('authorization_issuer_mismatch')
  })
})
