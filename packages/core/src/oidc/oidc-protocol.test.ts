import { type PersonalityName, personalities, personalityNames } from '@doorward/testkit'
import { describe, expect, it } from 'vitest'
import { createScenario, logIn, refusalOf, type Scenario } from '../../test/scenario.ts'
import type { ErrorCode } from '../errors/index.ts'

/** `transport`: the personality is tested in back-channel.test.ts. */
type Outcome = ErrorCode | 'succeeds'

/** What becomes of a login at each of testkit's providers whose messages are wrong, transport faults apart. */
const outcomes: Partial<Record<PersonalityName, Outcome>> = {
  good: 'succeeds',

  'wrong-nonce': 'id_token_nonce_mismatch',
  'missing-nonce': 'id_token_claim_invalid',
  'wrong-issuer': 'id_token_issuer_mismatch',
  'issuer-differs-by-slash': 'id_token_issuer_mismatch',
  'missing-issuer': 'id_token_claim_invalid',
  'wrong-audience': 'id_token_audience_mismatch',
  'missing-audience': 'id_token_claim_invalid',
  'extra-audience-without-azp': 'id_token_audience_mismatch',
  'wrong-azp': 'id_token_audience_mismatch',
  expired: 'id_token_expired',
  'issued-in-future': 'id_token_not_yet_valid',
  'missing-subject': 'id_token_claim_invalid',
  'empty-subject': 'id_token_claim_invalid',
  'numeric-subject': 'id_token_claim_invalid',
  'missing-exp': 'id_token_claim_invalid',
  'missing-iat': 'id_token_claim_invalid',
  'string-exp': 'id_token_claim_invalid',
  'wrong-at-hash': 'id_token_access_token_mismatch',
  'wrong-c-hash': 'id_token_access_token_mismatch',

  'forged-signature': 'id_token_signature_invalid',
  'tampered-payload': 'id_token_signature_invalid',
  'truncated-signature': 'id_token_signature_invalid',
  'alg-none': 'id_token_algorithm_refused',
  'alg-none-mixed-case': 'id_token_algorithm_refused',
  'hs256-with-public-key': 'id_token_algorithm_refused',
  'hs256-with-public-key-der': 'id_token_algorithm_refused',
  'hs256-with-public-key-jwk': 'id_token_algorithm_refused',
  'hs256-with-client-secret': 'id_token_algorithm_refused',
  'embedded-jwk': 'id_token_key_not_found',
  'unknown-kid': 'id_token_key_not_found',
  'unknown-critical-header': 'id_token_algorithm_refused',
  'missing-kid': 'succeeds',

  'wrong-state': 'authorization_response_invalid',
  'missing-state': 'authorization_response_invalid',
  'wrong-response-issuer': 'authorization_issuer_mismatch',
  'missing-response-issuer': 'authorization_issuer_mismatch',
  'duplicate-code-parameters': 'authorization_response_invalid',
  'code-and-error': 'authorization_denied',
  'unknown-code': 'token_request_refused',
  'no-code': 'authorization_response_invalid',
  'access-denied': 'authorization_denied',
  'server-error': 'authorization_failed',
  'error-with-markup': 'authorization_denied',

  'missing-id-token': 'token_response_invalid',
  'not-a-jwt': 'id_token_malformed',
  'missing-access-token': 'token_response_invalid',
  'unknown-token-type': 'token_response_invalid',
  'invalid-client': 'token_request_refused',
  'invalid-grant': 'token_request_refused',
  'lower-case-token-type': 'succeeds',
  'missing-expires-in': 'succeeds',

  'other-userinfo-subject': 'userinfo_subject_mismatch',
  'missing-userinfo-subject': 'userinfo_subject_mismatch',
  'unverified-email': 'succeeds',
  'unverified-email-as-string': 'succeeds',
  'unstated-email-verification': 'succeeds',
  'no-email': 'succeeds',

  'accepts-used-codes': 'succeeds',
  'ignores-code-verifier': 'succeeds',

  'other-discovery-issuer': 'discovery_issuer_mismatch',
  'endpoint-on-http': 'provider_url_refused',
  'missing-token-endpoint': 'discovery_invalid',
  'discovery-not-json': 'provider_response_invalid',
  'discovery-500': 'provider_response_invalid',
  'discovery-404': 'provider_response_invalid',
  'discovery-redirect': 'provider_response_invalid',
}

const isTransport = (name: string) => /-at-(discovery|jwks|token|userinfo)$/.test(name)

/** Userinfo is asked only where the ID Token is thin. */
const createAt = (personality: PersonalityName): Promise<Scenario> =>
  createScenario({
    provider: { personality, claimsIn: personality.includes('userinfo') ? 'userinfo' : 'both' },
  })

describe('a login', () => {
  for (const [name, outcome] of Object.entries(outcomes) as [PersonalityName, Outcome][]) {
    it(`at a provider that is ${name}: ${outcome}`, async () => {
      const scenario = await createAt(name)
      if (outcome === 'succeeds') expect((await logIn(scenario)).subject).toBe('user-1')
      else expect(await refusalOf(logIn(scenario))).toBe(outcome)
    })
  }

  it('is tried at every provider of the testkit, and ends as the testkit says it must', () => {
    expect(Object.keys(outcomes).sort()).toEqual(personalityNames.filter((name) => !isTransport(name)).sort())
    for (const [name, outcome] of Object.entries(outcomes) as [PersonalityName, Outcome][]) {
      const { login } = personalities[name]
      if (login !== 'may-succeed')
        expect([name, outcome === 'succeeds']).toEqual([name, login === 'must-succeed'])
    }
  })

  const atFault: PersonalityName[] = [
    'wrong-state',
    'missing-state',
    'wrong-response-issuer',
    'missing-response-issuer',
    'duplicate-code-parameters',
    'code-and-error',
    'no-code',
    'access-denied',
    'server-error',
  ]
  it.each(atFault)('sends no token request after an answer that is %s', async (name) => {
    const scenario = await createAt(name)
    await refusalOf(logIn(scenario))
    expect(scenario.provider.requests.count('token')).toBe(0)
  })

  it.each<PersonalityName>(['forged-signature', 'wrong-nonce', 'wrong-audience', 'wrong-at-hash'])(
    'asks no userinfo on the strength of an ID Token that is %s',
    async (personality) => {
      const scenario = await createScenario({ provider: { personality, claimsIn: 'userinfo' } })
      await refusalOf(logIn(scenario))
      expect(scenario.provider.requests.count('userinfo')).toBe(0)
    },
  )

  it('believes nobody who says that an address is verified but the provider', async () => {
    const verified = async (name: PersonalityName) => (await logIn(await createAt(name))).emailVerified
    expect(await verified('good')).toBe(true)
    expect(await verified('unverified-email')).toBe(false)
    expect(await verified('unverified-email-as-string')).toBe(false)
    expect(await verified('unstated-email-verification')).toBeUndefined()
    expect(await verified('no-email')).toBeUndefined()
  })

  it('keeps values from the wire out of messages', async () => {
    const scenario = await createAt('error-with-markup')
    await expect(logIn(scenario)).rejects.toMatchObject({
      message: 'the person or the identity provider ended the login',
      details: { error: 'access_denied' },
    })
  })
})

describe('PKCE', () => {
  it('is used with S256', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    const { parameters } = scenario.provider.requests.last('authorization')
    expect(parameters.get('code_challenge_method')).toBe('S256')
    expect(parameters.get('code_challenge')).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const verifier = scenario.provider.requests.last('token').parameters.get('code_verifier')
    expect(verifier).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(verifier).not.toBe(parameters.get('code_challenge'))
  })

  it('is left out where it is switched off, and the nonce is not', async () => {
    const scenario = await createScenario({ connection: { pkce: false } })
    expect((await logIn(scenario)).subject).toBe('user-1')
    const { parameters } = scenario.provider.requests.last('authorization')
    expect(parameters.has('code_challenge')).toBe(false)
    expect(parameters.has('code_challenge_method')).toBe(false)
    expect(parameters.get('nonce')).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(scenario.provider.requests.last('token').parameters.has('code_verifier')).toBe(false)
    scenario.provider.personality = 'wrong-nonce'
    expect(await refusalOf(logIn(scenario))).toBe('id_token_nonce_mismatch')
  })
})
