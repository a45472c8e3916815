import type { PersonalityName } from '@doorward/testkit'
import { describe, expect, it } from 'vitest'
import { createScenario, goAndReturn, logIn, refusalOf, spoilt, verify } from '../../test/scenario.ts'
import type { ErrorCode } from '../errors/index.ts'

const implicit = {
  responseType: 'id_token',
  responseMode: 'form_post',
  clientSecret: undefined,
  pkce: false,
} as const

const scenarioWith = (personality: PersonalityName | ReturnType<typeof spoilt> = 'good') =>
  createScenario({ provider: { personality }, connection: implicit })

describe('a login by the implicit flow', () => {
  it('asks for an ID Token alone, by a form, with a nonce and no PKCE', async () => {
    const scenario = await scenarioWith()
    await logIn(scenario)
    const { parameters } = scenario.provider.requests.last('authorization')
    expect(Object.fromEntries(parameters)).toEqual({
      client_id: 'client-1',
      redirect_uri: 'https://sso.example.com/api/auth/oidc/acme/login/callback/',
      response_type: 'id_token',
      response_mode: 'form_post',
      scope: 'openid profile email',
      state: expect.stringMatching(/^.{22}$/),
      nonce: expect.stringMatching(/^.{22}$/),
    })
  })

  it('takes all that it knows from the ID Token, and asks the provider for its keys and nothing else', async () => {
    const scenario = await scenarioWith()
    const { identity, providerSession } = await verify(scenario, await goAndReturn(scenario))
    expect(identity).toMatchObject({
      subject: 'user-1',
      email: 'user@acme.example',
      emailVerified: true,
      issuer: 'https://idp.example',
    })
    expect(providerSession).toMatchObject({ protocol: 'oidc', idToken: expect.anything() })
    const { requests } = scenario.provider
    expect([requests.count('token'), requests.count('userinfo'), requests.count('jwks')]).toEqual([0, 0, 1])
  })

  it('asks no userinfo even where the ID Token has no address', async () => {
    const scenario = await scenarioWith('no-email')
    expect((await logIn(scenario)).email).toBeUndefined()
    expect(scenario.provider.requests.count('userinfo')).toBe(0)
  })

  it('needs no token endpoint', async () => {
    const scenario = await scenarioWith(
      spoilt({ discoveryDocument: ({ token_endpoint: _, ...document }) => document }),
    )
    expect((await logIn(scenario)).subject).toBe('user-1')
    const code = await createScenario({
      provider: { personality: spoilt({ discoveryDocument: ({ token_endpoint: _, ...rest }) => rest }) },
    })
    expect(await refusalOf(logIn(code))).toBe('discovery_invalid')
  })

  it.each<[PersonalityName, ErrorCode]>([
    ['wrong-nonce', 'id_token_nonce_mismatch'],
    ['missing-nonce', 'id_token_claim_invalid'],
    ['wrong-issuer', 'id_token_issuer_mismatch'],
    ['wrong-audience', 'id_token_audience_mismatch'],
    ['wrong-azp', 'id_token_audience_mismatch'],
    ['extra-audience-without-azp', 'id_token_audience_mismatch'],
    ['expired', 'id_token_expired'],
    ['issued-in-future', 'id_token_not_yet_valid'],
    ['missing-subject', 'id_token_claim_invalid'],
    ['missing-exp', 'id_token_claim_invalid'],
    ['missing-iat', 'id_token_claim_invalid'],
    ['forged-signature', 'id_token_signature_invalid'],
    ['tampered-payload', 'id_token_signature_invalid'],
    ['alg-none', 'id_token_algorithm_refused'],
    ['hs256-with-public-key', 'id_token_algorithm_refused'],
    ['embedded-jwk', 'id_token_key_not_found'],
    ['unknown-kid', 'id_token_key_not_found'],
    ['wrong-state', 'authorization_response_invalid'],
    ['missing-state', 'authorization_response_invalid'],
    ['wrong-response-issuer', 'authorization_issuer_mismatch'],
    ['access-denied', 'authorization_denied'],
    ['server-error', 'authorization_failed'],
  ])('is refused at a provider that is %s', async (personality, code) => {
    expect(await refusalOf(logIn(await scenarioWith(personality)))).toBe(code)
  })

  it('needs no issuer beside the ID Token, which names it; an error does', async () => {
    expect((await logIn(await scenarioWith('missing-response-issuer'))).subject).toBe('user-1')
    const scenario = await scenarioWith('access-denied')
    const returned = await goAndReturn(scenario)
    returned.answer.delete('id_token')
    returned.answer.delete('iss')
    expect(await refusalOf(verify(scenario, returned))).toBe('authorization_issuer_mismatch')
  })

  it('is refused with an ID Token of another login', async () => {
    const scenario = await scenarioWith()
    const [mine, stolen] = [await goAndReturn(scenario), await goAndReturn(scenario)]
    mine.answer.set('id_token', stolen.answer.get('id_token') ?? '')
    expect(await refusalOf(verify(scenario, mine))).toBe('id_token_nonce_mismatch')
  })

  it.each<[string, (answer: URLSearchParams) => void]>([
    ['without an ID Token', (answer) => answer.delete('id_token')],
    ['with an empty one', (answer) => answer.set('id_token', '')],
    ['with two', (answer) => answer.append('id_token', 'x')],
    [
      'with a code in its place',
      (answer) => {
        answer.delete('id_token')
        answer.set('code', 'x')
      },
    ],
  ])('is refused %s', async (_, change) => {
    const scenario = await scenarioWith()
    const returned = await goAndReturn(scenario)
    change(returned.answer)
    expect(await refusalOf(verify(scenario, returned))).toBe('authorization_response_invalid')
  })

  it('has nothing to do with one by a code: an ID Token in its answer is refused', async () => {
    const scenario = await createScenario()
    const other = await goAndReturn(await scenarioWith())
    const returned = await goAndReturn(scenario)
    returned.answer.set('id_token', other.answer.get('id_token') ?? '')
    expect(await refusalOf(verify(scenario, returned))).toBe('authorization_response_invalid')
    expect(scenario.provider.requests.count('token')).toBe(0)
  })

  it('does not look at a hash that belongs to no token', async () => {
    const scenario = await scenarioWith(
      spoilt({ idTokenClaims: (good) => ({ ...good, at_hash: 'A'.repeat(22) }) }),
    )
    expect((await logIn(scenario)).subject).toBe('user-1')
  })
})
