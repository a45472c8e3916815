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
  verify,
} from '../../test/scenario.ts'
import type { OidcConnection } from '../config/connection.ts'
import { postLogoutUrl } from '../config/urls.ts'
import { hasEndSession } from './end-session.ts'

/** A provider whose discovery document says this too; undefined takes something away. */
function createPublishing(changes: Record<string, unknown>, issuer = 'https://idp.example') {
  const personality = spoilt({
    discoveryDocument: (good) =>
      Object.fromEntries(Object.entries({ ...good, ...changes }).filter(([, value]) => value !== undefined)),
  })
  return createScenario({
    provider: { personality, issuer },
    connection: { serverUrl: issuer.replace(/\/$/, '') },
  })
}

/** Signs in. @returns the ID Token, which is what is left for the sign-out */
async function idTokenOf(scenario: Scenario): Promise<string> {
  const { providerSession } = await verify(scenario, await goAndReturn(scenario))
  if (providerSession.protocol !== 'oidc') throw new Error('that is another protocol')
  return providerSession.idToken.reveal()
}

interface Left {
  readonly idToken?: string | undefined
  /** Of the session. */
  readonly issuer?: string
  /** What is configured by now. */
  readonly connection?: Partial<OidcConnection>
}

function leave(scenario: Scenario, { idToken, issuer = scenario.provider.issuer, connection }: Left = {}) {
  const session = { protocol: 'oidc', issuer, idToken } as const
  return scenario.logout.begin({ connection: { ...scenario.connection, ...connection }, baseUrl, session })
}

/** Where that leads. */
async function urlOfLeaving(scenario: Scenario, left?: Left): Promise<URL> {
  const begun = await leave(scenario, left)
  if (!begun) throw new Error('there is no logout')
  return urlOf(begun.departure)
}

const namesOf = (url: URL) => [...url.searchParams.keys()].sort()

describe('somebody who signs out', () => {
  it('is sent to the provider, which sends them back with what they were sent with', async () => {
    const scenario = await createScenario()
    const idToken = await idTokenOf(scenario)
    const begun = await leave(scenario, { idToken })
    if (!begun) throw new Error('there is no logout')
    const url = urlOf(begun.departure)
    expect(`${url.origin}${url.pathname}`).toBe('https://idp.example/end-session')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      id_token_hint: idToken,
      client_id: 'client-1',
      post_logout_redirect_uri: 'https://sso.example.com/api/auth/oidc/acme/post-logout/',
      state: begun.requestId,
    })
    expect(begun.requestId).toMatch(/^[\w-]{22}$/)
    expect((await leave(scenario, { idToken }))?.requestId).not.toBe(begun.requestId)
    const back = (await scenario.provider.fetch(new Request(url))).headers.get('location')
    expect(back).toBe(`${postLogoutUrl(scenario.connection, baseUrl)}?state=${begun.requestId}`)
  })

  it('is named by nothing where no ID Token was kept, or it is for a client that we were before', async () => {
    const scenario = await createScenario()
    const idToken = await idTokenOf(scenario)
    const without = ['client_id', 'post_logout_redirect_uri', 'state']
    expect(namesOf(await urlOfLeaving(scenario))).toEqual(without)
    const anew = await urlOfLeaving(scenario, { idToken, connection: { clientId: 'client-2' } })
    expect(namesOf(anew)).toEqual(without)
    expect(anew.searchParams.get('client_id')).toBe('client-2')
  })

  it('is told apart from other accounts in the words that Entra gave for that', async () => {
    const scenario = await createScenario({
      provider: { personality: spoilt({ idTokenClaims: (good) => ({ ...good, login_hint: 'O.CiQ' }) }) },
    })
    const url = await urlOfLeaving(scenario, { idToken: await idTokenOf(scenario) })
    expect(url.searchParams.get('logout_hint')).toBe('O.CiQ')
  })

  it('is sent to the configured address rather than the published one, whose query stays', async () => {
    const endSession = 'https://sign-out.example/out?realm=acme'
    const discovering = await createScenario({ connection: { endpoints: { endSession } } })
    const configured = await createScenario({
      connection: {
        discovers: false,
        endpoints: {
          authorization: 'https://idp.example/authorize',
          token: 'https://idp.example/token',
          jwks: 'https://idp.example/jwks',
          endSession,
        },
      },
    })
    for (const scenario of [discovering, configured]) {
      const url = await urlOfLeaving(scenario)
      expect(url.href).toContain('https://sign-out.example/out?realm=acme&client_id=client-1&')
    }
  })

  it('stays where the session was from another provider', async () => {
    const scenario = await createScenario()
    expect(await leave(scenario, { issuer: 'https://idp.example/' })).toBeUndefined()
  })

  it.each([
    undefined,
    null,
    '',
    7,
    '/end-session',
    'http://idp.example/end-session',
    'javascript:alert(1)',
    'https://idp.example/out#here',
    `https://idp.example/${'x'.repeat(2048)}`,
  ])('stays where the provider publishes %j, and signs in there all the same', async (endpoint) => {
    const scenario = await createPublishing({ end_session_endpoint: endpoint })
    expect(await refusalOf(leave(scenario))).toBe('discovery_invalid')
    expect((await logIn(scenario)).subject).toBe('user-1')
  })

  it('is sent to an address as long as any may be', async () => {
    const endpoint = `https://idp.example/${'x'.repeat(2048 - 'https://idp.example/'.length)}`
    const scenario = await createPublishing({ end_session_endpoint: endpoint })
    expect((await urlOfLeaving(scenario)).href.startsWith(`${endpoint}?`)).toBe(true)
  })

  it('fails to leave where the provider can not be asked how', async () => {
    const down = await createScenario({ intercept: () => () => Promise.reject(new Error('down')) })
    expect(await refusalOf(leave(down))).toBe('provider_unreachable')
  })
})

describe('a logout of its own', () => {
  const returnUrl = 'https://sso.example.com/api/auth/oidc/acme/post-logout/'

  it.each([
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_a1B2c3D4e',
    'https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_a1B2c3D4e',
  ])('is what Cognito has at %s, also under a name of the customer’s', async (issuer) => {
    const scenario = await createPublishing(
      { end_session_endpoint: 'https://login.acme.example/logout' },
      issuer,
    )
    const begun = await leave(scenario, { idToken: await idTokenOf(scenario) })
    expect(begun?.requestId).toBe('')
    const url = begun && urlOf(begun.departure)
    expect(`${url?.origin}${url?.pathname}`).toBe('https://login.acme.example/logout')
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
      client_id: 'client-1',
      logout_uri: returnUrl,
    })
  })

  it('is what Auth0 has where its tenant does not publish the standard’s, or where that one is configured', async () => {
    const issuer = 'https://acme.eu.auth0.com/'
    const silent = await createPublishing({ end_session_endpoint: undefined }, issuer)
    const configured = await createScenario({
      connection: { endpoints: { endSession: 'https://login.acme.example/v2/logout' } },
    })
    for (const [scenario, host] of [
      [silent, 'acme.eu.auth0.com'],
      [configured, 'login.acme.example'],
    ] as const) {
      const begun = await leave(scenario)
      expect(begun?.requestId).toBe('')
      const url = begun && urlOf(begun.departure)
      expect([url?.host, url?.pathname]).toEqual([host, '/v2/logout'])
      expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
        client_id: 'client-1',
        returnTo: returnUrl,
      })
    }
  })

  it('is not what Auth0 has where it publishes the standard’s', async () => {
    const endpoint = 'https://acme.eu.auth0.com/oidc/logout'
    const scenario = await createPublishing({ end_session_endpoint: endpoint }, 'https://acme.eu.auth0.com/')
    const url = await urlOfLeaving(scenario)
    expect(url.href.startsWith(endpoint)).toBe(true)
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(returnUrl)
  })
})

describe('a provider that is known to say this', () => {
  const issuer = 'https://idp.example'

  it.each<[Parameters<typeof hasEndSession>[0], boolean]>([
    [{ issuer, end_session_endpoint: 'https://idp.example/out' }, true],
    [{ issuer: 'https://acme.eu.auth0.com/' }, true],
    [{ issuer }, false],
    [{ issuer: 'not-an-address' }, false],
    [{ issuer: 'not-an-address', end_session_endpoint: 'https://idp.example/out' }, false],
  ])('%j signs people out: %s', (metadata, answer) => {
    expect(hasEndSession(metadata)).toBe(answer)
  })
})
