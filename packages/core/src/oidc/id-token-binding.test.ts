import { generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createScenario, logIn, refusalOf, spoilt } from '../../test/scenario.ts'
import { encodeBase64Url } from '../encoding/base64url.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { verifyIdToken } from './id-token.ts'

const now = Date.UTC(2026, 0, 1)

/** The left half of a digest, as both claims have it. */
async function halfOf(hash: string, text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest(hash, encodeUtf8(text)))
  return encodeBase64Url(digest.subarray(0, digest.length / 2))
}

/** Verifies a token with these claims beside the good ones, signed with a new key. */
async function verifyWith(alg: string, claims: Record<string, unknown>, code: string | null = 'code-1') {
  const { privateKey, publicKey } = await generateKeyPair(alg)
  const token = await new SignJWT({ nonce: 'nonce', ...claims })
    .setProtectedHeader({ alg })
    .setIssuer('https://idp.example')
    .setAudience('client-1')
    .setSubject('user-1')
    .setIssuedAt(now / 1000)
    .setExpirationTime(now / 1000 + 300)
    .sign(privateKey)
  const expected = { issuer: 'https://idp.example', clientId: 'client-1', nonce: 'nonce', now }
  return verifyIdToken(token, {
    ...expected,
    accessToken: 'token-1',
    code: code ?? undefined,
    getKey: async () => publicKey,
  })
}

// OpenID Connect Core says "the hash algorithm used in the alg Header Parameter"; of EdDSA that is SHA-512.
describe.each([
  ['RS256', 'SHA-256'],
  ['RS384', 'SHA-384'],
  ['RS512', 'SHA-512'],
  ['PS256', 'SHA-256'],
  ['PS384', 'SHA-384'],
  ['PS512', 'SHA-512'],
  ['ES256', 'SHA-256'],
  ['ES384', 'SHA-384'],
  ['ES512', 'SHA-512'],
  ['EdDSA', 'SHA-512'],
  ['Ed25519', 'SHA-512'],
])('an ID Token signed with %s', (alg, hash) => {
  it(`is bound to access token and code by ${hash}`, async () => {
    const at_hash = await halfOf(hash, 'token-1')
    const c_hash = await halfOf(hash, 'code-1')
    expect((await verifyWith(alg, { at_hash, c_hash })).sub).toBe('user-1')
    const other = hash === 'SHA-512' ? 'SHA-256' : 'SHA-512'
    const wrong = { at_hash: await halfOf(other, 'token-1') }
    expect(await refusalOf(verifyWith(alg, wrong))).toBe('id_token_access_token_mismatch')
  })
})

describe('an ID Token that names a code', () => {
  it.each(['at_hash', 'c_hash'])(
    'is refused when %s is about another one, and the log says which',
    async (claim) => {
      await expect(verifyWith('ES256', { [claim]: await halfOf('SHA-256', 'other') })).rejects.toMatchObject({
        code: 'id_token_access_token_mismatch',
        details: { claim },
      })
    },
  )

  it.each(['', null, 7, ['x']])('is refused when c_hash is %j', async (c_hash) => {
    expect(await refusalOf(verifyWith('ES256', { c_hash }))).toBe('id_token_access_token_mismatch')
  })

  it('is not compared with a code where there was none', async () => {
    expect((await verifyWith('ES256', { c_hash: 'x' }, null)).sub).toBe('user-1')
  })
})

describe('the header of an ID Token', () => {
  it('leads us to no key: neither is an address in it fetched, nor a certificate in it used', async () => {
    const elsewhere = 'https://idp.example/keys-of-somebody'
    const personality = spoilt({
      idTokenHeader: (good) => ({
        ...good,
        jku: elsewhere,
        x5u: elsewhere,
        x5c: ['AAAA'],
        jwk: { kty: 'EC' },
      }),
    })
    const scenario = await createScenario({ provider: { personality } })
    expect((await logIn(scenario)).subject).toBe('user-1')
    expect(scenario.provider.requests.count('unknown')).toBe(0)
  })
})

describe('userinfo', () => {
  it.each(['forged-signature', 'wrong-nonce', 'wrong-audience', 'wrong-at-hash'] as const)(
    'is not asked after an ID Token that is refused: %s',
    async (personality) => {
      const scenario = await createScenario({
        provider: { personality },
        connection: { claimsSource: 'userinfo' },
      })
      await refusalOf(logIn(scenario))
      expect(scenario.provider.requests.count('token')).toBe(1)
      expect(scenario.provider.requests.count('userinfo')).toBe(0)
    },
  )
})
