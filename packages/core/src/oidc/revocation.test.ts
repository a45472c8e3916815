import { exportJWK, exportPKCS8, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { createScenario, logIn, refusalOf, type Scenario, spoilt } from '../../test/scenario.ts'
import { Secret } from '../encoding/secret.ts'
import type { SsoEvent } from '../ports/events.ts'
import type { Fetch } from '../ports/fetch.ts'
import { createOidcProtocol } from './oidc-protocol.ts'

const endpoints = { revocation: 'https://idp.example/revoke' }

/** A provider that answers this where tokens are given back. */
const answering =
  (answer: (init: RequestInit) => Promise<Response>) =>
  (provider: Fetch): Fetch =>
  (url, init) =>
    url === endpoints.revocation ? answer(init ?? {}) : provider(url, init)

/** A scenario of which it is heard what happens. */
async function createHeard(options: Parameters<typeof createScenario>[0]) {
  const scenario = await createScenario(options)
  const events: SsoEvent[] = []
  const { fetch, clock, documents } = scenario
  const sink = { emit: (event: SsoEvent) => void events.push(event) }
  const protocol = createOidcProtocol({ fetch, clock: clock.now, documents, events: sink })
  return { scenario: { ...scenario, protocol } satisfies Scenario, events }
}

describe('the tokens of a login', () => {
  it('are given back where that is configured, once they are not needed any more', async () => {
    const { scenario, events } = await createHeard({
      connection: { endpoints, claimsSource: 'userinfo' },
    })
    expect((await logIn(scenario)).subject).toBe('user-1')
    const asked = scenario.provider.requests.all.map(({ endpoint }) => endpoint)
    expect(asked.indexOf('revocation')).toBeGreaterThan(asked.indexOf('userinfo'))
    expect(asked.filter((endpoint) => endpoint === 'revocation')).toHaveLength(1)
    const { parameters, clientAuthentication, status } = scenario.provider.requests.last('revocation')
    expect(parameters.get('token_type_hint')).toBe('access_token')
    const bearer = scenario.provider.requests.last('userinfo').headers.get('authorization')
    expect(bearer).toBe(`Bearer ${parameters.get('token')}`)
    expect([clientAuthentication, status]).toEqual([
      scenario.provider.requests.last('token').clientAuthentication,
      200,
    ])
    expect(events).toEqual([])
  })

  it.each<[string, Parameters<typeof spoilt>[0]]>([
    ['whose ID Token is refused', { idTokenClaims: (good) => ({ ...good, nonce: 'another' }) }],
    ['whose userinfo is refused', { userinfo: (good) => ({ ...good, sub: 'another' }) }],
  ])('are given back of a login %s, too', async (_, hooks) => {
    const { scenario } = await createHeard({
      connection: { endpoints, claimsSource: 'userinfo' },
      provider: { personality: spoilt(hooks) },
    })
    expect(await refusalOf(logIn(scenario))).toMatch(/mismatch$/)
    expect(scenario.provider.requests.count('revocation')).toBe(1)
  })

  it('are given back in the name of a client that signs, by another assertion', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const client = {
      client_id: 'client-1',
      redirect_uris: 'any' as const,
      token_endpoint_auth_method: 'private_key_jwt' as const,
      jwks: { keys: [await exportJWK(publicKey)] },
    }
    const { scenario, events } = await createHeard({
      connection: {
        endpoints,
        clientSecret: undefined,
        clientPrivateKey: new Secret(await exportPKCS8(privateKey)),
        assertionAudience: 'endpoint',
      },
      provider: { clients: [client], assertionAudience: 'endpoint' },
    })
    await logIn(scenario)
    const { clientAuthentication, status } = scenario.provider.requests.last('revocation')
    expect([clientAuthentication, status, events]).toEqual([['private_key_jwt'], 200, []])
  })

  it('are none in the implicit flow', async () => {
    const implicit = { responseType: 'id_token', responseMode: 'form_post', clientSecret: undefined } as const
    const { scenario, events } = await createHeard({ connection: { ...implicit, endpoints } })
    await logIn(scenario)
    expect([scenario.provider.requests.count('revocation'), events]).toEqual([0, []])
  })

  it('are one, the refresh token, where one came', async () => {
    const { scenario } = await createHeard({
      connection: { endpoints },
      provider: {
        personality: spoilt({ tokenResponse: (good) => ({ ...good, refresh_token: 'refresh-1' }) }),
      },
    })
    await logIn(scenario)
    const { parameters } = scenario.provider.requests.last('revocation')
    expect([parameters.get('token'), parameters.get('token_type_hint')]).toEqual([
      'refresh-1',
      'refresh_token',
    ])
  })

  it.each(['', null, 7])('are the access token where the refresh token is %j', async (refresh_token) => {
    const personality = spoilt({ tokenResponse: (good) => ({ ...good, refresh_token }) })
    const { scenario } = await createHeard({ connection: { endpoints }, provider: { personality } })
    await logIn(scenario)
    const { parameters } = scenario.provider.requests.last('revocation')
    expect(parameters.get('token_type_hint')).toBe('access_token')
  })

  it('are not given back where that is not configured, though the provider publishes where', async () => {
    const { scenario } = await createHeard({})
    await logIn(scenario)
    expect(scenario.provider.requests.count('revocation')).toBe(0)
  })

  it.each<[string, () => Promise<Response>, string]>([
    [
      'refuses them',
      async () => Response.json({ error: 'invalid_client' }, { status: 401 }),
      'provider_response_invalid',
    ],
    ['sends us elsewhere', async () => new Response(null, { status: 307 }), 'provider_response_invalid'],
    ['is away', () => Promise.reject(new Error('down')), 'provider_unreachable'],
  ])('keep nobody from signing in where the provider %s', async (_, answer, code) => {
    const { scenario, events } = await createHeard({
      connection: { endpoints },
      intercept: answering(answer),
    })
    expect((await logIn(scenario)).subject).toBe('user-1')
    expect(events).toEqual([expect.objectContaining({ type: 'tokens.kept', connection: 'acme', code })])
  })

  it('are not waited for longer than two seconds', async () => {
    const { scenario, events } = await createHeard({
      connection: { endpoints },
      intercept: answering(
        ({ signal }) =>
          new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      ),
    })
    const before = performance.now()
    expect((await logIn(scenario)).subject).toBe('user-1')
    expect(performance.now() - before).toBeLessThan(9000)
    expect(events).toEqual([expect.objectContaining({ type: 'tokens.kept', code: 'provider_timeout' })])
  })
})
