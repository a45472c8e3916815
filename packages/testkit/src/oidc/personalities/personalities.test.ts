import { createHmac } from 'node:crypto'
import { decodeJwt, exportSPKI, importJWK, type JWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  createOpenIdProvider,
  type OpenIdProvider,
  type PersonalityName,
  personalities,
  type TransportPersonalityName,
} from '../../index.ts'
import { authorize, careless, freshCode, redeem, returned } from '../../test-support/careless-client.ts'
import { differences, type Observation, observeLogin } from '../../test-support/observe.ts'

const now = 1_800_000_000
const gone = undefined
const nobody = 'https://other-issuer.example'
const html = 'text/html; charset=utf-8'
const invalidGrant = { 'token.status': 400, 'token.error': 'invalid_grant' }
const day = 86_400

/**
 * Every change that a personality makes to what a login shows, by name. What is not named here must be
 * good.
 */
const changes: Record<Exclude<PersonalityName, TransportPersonalityName>, Observation> = {
  good: {},
  'wrong-nonce': { 'claims.nonce': 'not-the-nonce-of-the-request' },
  'missing-nonce': { 'claims.nonce': gone },
  'wrong-issuer': { 'claims.iss': nobody },
  'issuer-differs-by-slash': { 'claims.iss': 'https://op.example/' },
  'missing-issuer': { 'claims.iss': gone },
  'wrong-audience': { 'claims.aud': 'another-client' },
  'missing-audience': { 'claims.aud': gone },
  'extra-audience-without-azp': { 'claims.aud': ['client-1', 'another-client'] },
  'wrong-azp': { 'claims.azp': 'another-client' },
  expired: { 'claims.exp': now - 600, 'claims.iat': now - 900 },
  'issued-in-future': { 'claims.iat': now + day, 'claims.nbf': now + day, 'claims.exp': now + 300 + day },
  'missing-subject': { 'claims.sub': gone },
  'empty-subject': { 'claims.sub': '' },
  'numeric-subject': { 'claims.sub': 1 },
  'missing-exp': { 'claims.exp': gone },
  'missing-iat': { 'claims.iat': gone },
  'string-exp': { 'claims.exp': String(now + 300) },
  'wrong-at-hash': { 'claims.at_hash': 'A'.repeat(22) },
  'wrong-c-hash': { 'claims.c_hash': 'A'.repeat(22) },
  'forged-signature': { signature: 'not by the provider' },
  'tampered-payload': { signature: 'not by the provider', 'claims.groups': ['administrators'] },
  'truncated-signature': { signature: 'none' },
  'alg-none': { signature: 'none', 'header.alg': 'none', 'header.kid': gone },
  'alg-none-mixed-case': { signature: 'none', 'header.alg': 'nOnE' },
  'hs256-with-public-key': { signature: 'not by the provider', 'header.alg': 'HS256' },
  'hs256-with-public-key-der': { signature: 'not by the provider', 'header.alg': 'HS256' },
  'hs256-with-public-key-jwk': { signature: 'not by the provider', 'header.alg': 'HS256' },
  'hs256-with-client-secret': { signature: 'not by the provider', 'header.alg': 'HS256', 'header.kid': gone },
  'embedded-jwk': {
    signature: 'not by the provider',
    'header.kid': expect.any(String),
    'header.jwk': expect.objectContaining({ kty: 'RSA', alg: 'RS256' }),
  },
  'unknown-kid': { 'header.kid': expect.any(String) },
  'missing-kid': { 'header.kid': gone },
  'unknown-critical-header': {
    'header.crit': ['http://unknown.example/extension'],
    'header.http://unknown.example/extension': true,
  },
  'wrong-state': { 'response.state': 'not-the-state-of-the-request' },
  'missing-state': { 'response.state': gone },
  'wrong-response-issuer': { 'response.iss': nobody },
  'missing-response-issuer': { 'response.iss': gone },
  'duplicate-code-parameters': { 'response.code': 2 },
  'code-and-error': { 'response.error': 'access_denied' },
  'unknown-code': invalidGrant,
  'no-code': { 'response.code': gone },
  'access-denied': { 'response.code': gone, 'response.error': 'access_denied' },
  'server-error': { 'response.code': gone, 'response.error': 'server_error' },
  'error-with-markup': { 'response.code': gone, 'response.error': 'access_denied' },
  'missing-id-token': { 'token.id_token': gone },
  'not-a-jwt': { 'token.id_token': 'not-a-jwt' },
  'missing-access-token': { 'token.access_token': gone },
  'unknown-token-type': { 'token.token_type': 'unknown' },
  'invalid-client': { 'token.status': 401, 'token.error': 'invalid_client' },
  'invalid-grant': invalidGrant,
  'lower-case-token-type': { 'token.token_type': 'bearer' },
  'missing-expires-in': { 'token.expires_in': gone },
  'other-userinfo-subject': { 'userinfo.sub': 'somebody-else' },
  'missing-userinfo-subject': { 'userinfo.sub': gone },
  'unverified-email': { 'claims.email_verified': false, 'userinfo.email_verified': false },
  'unverified-email-as-string': { 'claims.email_verified': 'false', 'userinfo.email_verified': 'false' },
  'unstated-email-verification': { 'claims.email_verified': gone, 'userinfo.email_verified': gone },
  'no-email': {
    'claims.email': gone,
    'userinfo.email': gone,
    'claims.email_verified': gone,
    'userinfo.email_verified': gone,
  },
  'accepts-used-codes': {},
  'ignores-code-verifier': {},
  'other-discovery-issuer': { 'discovery.issuer': nobody },
  'endpoint-on-http': { 'discovery.token_endpoint': 'http://other-issuer.example/token' },
  'missing-token-endpoint': { 'discovery.token_endpoint': gone },
  'discovery-not-json': { 'discovery.type': html },
  'discovery-500': { 'discovery.status': 500, 'discovery.type': html },
  'discovery-404': { 'discovery.status': 404, 'discovery.type': html },
  'discovery-redirect': { 'discovery.status': 302, 'discovery.type': null },
}

/** What can not be seen any more once the login has come to this end. */
const lostBy: Partial<Record<PersonalityName, RegExp>> = {
  'no-code': /^(token|claims|header|signature|userinfo)/,
  'access-denied': /^(token|claims|header|signature|userinfo|response\.error_description)/,
  'server-error': /^(token|claims|header|signature|userinfo|response\.error_description)/,
  'error-with-markup': /^(token|claims|header|signature|userinfo|response\.error_description)/,
  'unknown-code': /^(token\.(?!status|error$)|claims|header|signature|userinfo)/,
  'invalid-grant': /^(token\.(?!status|error$)|claims|header|signature|userinfo)/,
  'invalid-client': /^(token\.(?!status|error$)|claims|header|signature|userinfo)/,
  'missing-id-token': /^(claims|header|signature)/,
  'not-a-jwt': /^(claims|header|signature)/,
  'missing-access-token': /^userinfo|^claims\.at_hash/,
  'discovery-not-json': /^discovery\.(?!status|type)/,
  'discovery-500': /^discovery\.(?!status|type)/,
  'discovery-404': /^discovery\.(?!status|type)/,
  'discovery-redirect': /^discovery\.(?!status|type)/,
}

let provider: OpenIdProvider
let good: Observation

beforeAll(async () => {
  provider = await createOpenIdProvider({
    issuer: 'https://op.example',
    clients: [
      {
        client_id: careless.client_id,
        client_secret: careless.client_secret,
        redirect_uris: [careless.redirect_uri],
      },
    ],
    now: () => now * 1000,
    sid: 'sid-1',
  })
  good = await observeLogin(provider)
})

it('good is good in everything that the other tests compare with', () => {
  expect(good).toMatchObject({
    'discovery.status': 200,
    'discovery.issuer': 'https://op.example',
    'discovery.authorization_response_iss_parameter_supported': true,
    'jwks.keys': 1,
    'response.code': 1,
    'response.state': 'state-1',
    'response.iss': 'https://op.example',
    'token.status': 200,
    'header.alg': 'RS256',
    'header.kid': 'published',
    'claims.iss': 'https://op.example',
    'claims.aud': 'client-1',
    'claims.sub': 'user-1',
    'claims.nonce': 'nonce-1',
    'claims.iat': now,
    'claims.exp': now + 300,
    'claims.at_hash': 'fits',
    'claims.sid': 'sid-1',
    signature: 'by the provider',
    'userinfo.sub': 'user-1',
    'userinfo.email_verified': true,
  })
})

describe('each personality makes exactly the change it is named after', () => {
  it.each(Object.entries(changes) as [PersonalityName, Observation][])('%s', async (name, expected) => {
    provider.personality = name
    const lost = lostBy[name] ?? /^$/
    const seen = Object.entries(differences(good, await observeLogin(provider))).filter(
      ([part]) => !lost.test(part),
    )
    expect(Object.fromEntries(seen)).toStrictEqual(expected)
  })
})

it('every personality says what is wrong and where the rule is written', () => {
  for (const [name, personality] of Object.entries(personalities)) {
    expect(personality.name).toBe(name)
    expect(personality.wrong.length).toBeGreaterThan(6)
    expect(personality.specification).toMatch(/RFC \d+|OpenID Connect|no specification/)
  }
})

describe('HMAC forgeries are what a confused verifier would accept', () => {
  const secrets: [PersonalityName, (jwk: JWK) => string | Buffer | Promise<string | Buffer>][] = [
    ['hs256-with-public-key', pemOf],
    [
      'hs256-with-public-key-der',
      async (jwk) => Buffer.from((await pemOf(jwk)).replace(/-----.*-----|\n/g, ''), 'base64'),
    ],
    ['hs256-with-public-key-jwk', (jwk) => JSON.stringify(jwk)],
    ['hs256-with-client-secret', () => careless.client_secret],
  ]
  it.each(secrets)('%s', async (name, secretOf) => {
    provider.personality = name
    const { keys } = (await (await provider.fetch(new Request('https://op.example/jwks'))).json()) as {
      keys: [JWK]
    }
    const [header, payload, signature] = (await idTokenOf(provider)).split('.')
    const expected = createHmac('sha256', await secretOf(keys[0]))
      .update(`${header}.${payload}`)
      .digest('base64url')
    expect(signature).toBe(expected)
  })
})

async function pemOf(jwk: JWK): Promise<string> {
  const key = await importJWK(jwk, 'RS256', { extractable: true })
  if (key instanceof Uint8Array) throw new Error('a public key was expected')
  return exportSPKI(key)
}

async function idTokenOf({ fetch, issuer }: OpenIdProvider): Promise<string> {
  const tokens = (await (await redeem(fetch, issuer, await freshCode(fetch, issuer))).json()) as {
    id_token: string
  }
  return tokens.id_token
}

it('duplicate-code-parameters has the good code first', async () => {
  provider.personality = 'duplicate-code-parameters'
  const [first = '', second] = returned(await authorize(provider.fetch, provider.issuer)).getAll('code')
  expect(second).toBe('a-code-from-somewhere-else')
  expect((await redeem(provider.fetch, provider.issuer, first)).status).toBe(200)
})

it('accepts-used-codes gives tokens for a code every time', async () => {
  provider.personality = 'accepts-used-codes'
  const code = await freshCode(provider.fetch, provider.issuer)
  const answers = await Promise.all([1, 2, 3].map(() => redeem(provider.fetch, provider.issuer, code)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
})

it('ignores-code-verifier gives tokens for any verifier, and for none', async () => {
  provider.personality = 'ignores-code-verifier'
  for (const code_verifier of ['wrong', undefined]) {
    const code = await freshCode(provider.fetch, provider.issuer)
    expect((await redeem(provider.fetch, provider.issuer, code, { code_verifier })).status).toBe(200)
  }
})

it("a personality of one's own is one hook", async () => {
  provider.personality = {
    ...personalities.good,
    name: 'groups-as-string',
    wrong: 'the groups are one string',
    hooks: { idTokenClaims: (claims) => ({ ...claims, groups: 'staff' }) },
  }
  expect(differences(good, await observeLogin(provider))).toEqual({ 'claims.groups': 'staff' })
  expect(decodeJwt(await idTokenOf(provider))['groups']).toBe('staff')
})
