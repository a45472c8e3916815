import { type IdTokenClaims, personalities, type SigningAlgorithm } from '@doorward/testkit'
import { CompactSign, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { createScenario, logIn, refusalOf, type Scenario, spoilt } from '../../test/scenario.ts'
import { verifyIdToken } from './id-token.ts'
import { verifySignedToken } from './signed-token.ts'

type Claims = Record<string, unknown>

/** A provider whose key signs other claims. */
function claiming(change: (good: IdTokenClaims) => Claims): Promise<Scenario> {
  const personality = spoilt({ idTokenClaims: (good) => ({ ...good, ...change(good) }) })
  return createScenario({ provider: { personality } })
}

const accepted = async (change: (good: IdTokenClaims) => Claims) =>
  expect((await logIn(await claiming(change))).issuer).toBe('https://idp.example')
const refused = async (change: (good: IdTokenClaims) => Claims, code: string) =>
  expect(await refusalOf(logIn(await claiming(change)))).toBe(code)

describe.each<SigningAlgorithm>(['RS256', 'PS256', 'ES256', 'EdDSA'])(
  'an ID Token signed with %s',
  (algorithm) => {
    it('is accepted, and bound to its access token', async () => {
      const scenario = await createScenario({ provider: { algorithm } })
      expect((await logIn(scenario)).subject).toBe('user-1')
      scenario.provider.personality = 'wrong-at-hash'
      expect(await refusalOf(logIn(scenario))).toBe('id_token_access_token_mismatch')
    })

    it('is refused when another key signed it', async () => {
      const scenario = await createScenario({ provider: { algorithm, personality: 'forged-signature' } })
      expect(await refusalOf(logIn(scenario))).toBe('id_token_signature_invalid')
    })
  },
)

describe('the time of an ID Token', () => {
  it('may be 30 seconds off, and no more', async () => {
    await accepted(({ iat }) => ({ iat: iat - 600, exp: iat - 29 }))
    await refused(({ iat }) => ({ iat: iat - 600, exp: iat - 30 }), 'id_token_expired')
    await accepted(({ iat }) => ({ iat: iat + 30 }))
    await refused(({ iat }) => ({ iat: iat + 31 }), 'id_token_not_yet_valid')
    await accepted(({ iat }) => ({ nbf: iat + 30 }))
    await refused(({ iat }) => ({ nbf: iat + 31 }), 'id_token_not_yet_valid')
  })

  it.each<[string, (good: IdTokenClaims) => Claims, object]>([
    ['exp', ({ iat }) => ({ iat: iat - 7200, exp: iat - 3600 }), { claim: 'exp', sinceSeconds: 3600 }],
    ['iat', ({ iat }) => ({ iat: iat + 90 }), { claim: 'iat', aheadSeconds: 90 }],
    ['nbf', ({ iat }) => ({ nbf: iat + 90 }), { claim: 'nbf', aheadSeconds: 90 }],
  ])('says by how much it is off: %s', async (_, change, details) => {
    await expect(logIn(await claiming(change))).rejects.toMatchObject({ details })
  })

  it.each(['exp', 'iat', 'nbf'])('is refused when %s is not a number', async (claim) => {
    await refused(({ iat }) => ({ [claim]: String(iat) }), 'id_token_claim_invalid')
    await refused(() => ({ [claim]: null }), 'id_token_claim_invalid')
  })
})

describe('the audience of an ID Token', () => {
  it.each<[string, Claims]>([
    ['is us, in a list', { aud: ['client-1'] }],
    ['is us, and so is the authorized party', { azp: 'client-1' }],
    ['is us twice', { aud: ['client-1', 'client-1'] }],
  ])('%s: accepted', async (_, change) => {
    await accepted(() => change)
  })

  it.each<[string, Claims, string]>([
    [
      'has another beside us, and we are the authorized party',
      { aud: ['client-1', 'other'], azp: 'client-1' },
      'id_token_audience_mismatch',
    ],
    ['begins like us', { aud: 'client-10' }, 'id_token_audience_mismatch'],
    ['is us in capitals', { aud: 'CLIENT-1' }, 'id_token_audience_mismatch'],
    ['is an empty list', { aud: [] }, 'id_token_audience_mismatch'],
    ['is us, but the authorized party is nobody', { azp: null }, 'id_token_audience_mismatch'],
    ['is us, but the authorized party is a list', { azp: ['client-1'] }, 'id_token_audience_mismatch'],
  ])('%s: refused', async (_, change, code) => {
    await refused(() => change, code)
  })
})

describe('the claims of an ID Token', () => {
  it('have a subject of at most 255 characters', async () => {
    await accepted(() => ({ sub: 'x'.repeat(255), email: 'user@acme.example' }))
    await refused(() => ({ sub: 'x'.repeat(256) }), 'id_token_claim_invalid')
  })

  it.each([null, ['x'], { x: 1 }, true])('have no subject that is %j', async (sub) => {
    await refused(() => ({ sub }), 'id_token_claim_invalid')
  })

  it.each(['', null, 0, true])('have no nonce that is %j', async (nonce) => {
    await refused(() => ({ nonce }), 'id_token_nonce_mismatch')
  })

  it('have no nonce that is a list of the right one', async () => {
    await refused(({ nonce }) => ({ nonce: [nonce] }), 'id_token_nonce_mismatch')
  })

  const unprintable = { toString: 1, valueOf: 1 }

  it.each([
    ['iss', unprintable, 'id_token_issuer_mismatch'],
    ['aud', unprintable, 'id_token_audience_mismatch'],
    ['aud', [unprintable], 'id_token_audience_mismatch'],
    ['aud', JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`), 'id_token_audience_mismatch'],
    ['sub', unprintable, 'id_token_claim_invalid'],
    ['azp', unprintable, 'id_token_audience_mismatch'],
    ['exp', unprintable, 'id_token_claim_invalid'],
  ] as const)('have no %s that is %j', async (claim, value, code) => {
    await refused(() => ({ [claim]: value }), code)
  })

  it('may be without at_hash', async () => {
    await accepted(() => ({ at_hash: undefined }))
  })

  it.each(['', null, 7])('may not have %j as at_hash', async (at_hash) => {
    await refused(() => ({ at_hash }), 'id_token_access_token_mismatch')
  })
})

describe('a text in place of an ID Token', () => {
  it.each(['', '.', '..', 'a.b', 'a.b.c', 'a.b.c.d.e', `${'a'.repeat(100)}.b.c`, 'e30.e30.'])(
    '%j is refused',
    async (text) => {
      const scenario = await createScenario({ provider: { personality: spoilt({ idToken: () => text }) } })
      expect(['id_token_malformed', 'id_token_algorithm_refused']).toContain(await refusalOf(logIn(scenario)))
    },
  )

  it.each<[string, (good: string) => string]>([
    ['a fourth part', (good) => `${good}.e30`],
    ['padding at its end', (good) => `${good}=`],
    ['padding after its header', (good) => good.replace('.', '=.')],
    ['a header that is null', (good) => `bnVsbA${good.slice(good.indexOf('.'))}`],
    ['a line break', (good) => `${good}\n`],
    ['no signature but its dot', (good) => `${good.slice(0, good.lastIndexOf('.'))}.*`],
  ])('is malformed with %s', async (_, idToken) => {
    const scenario = await createScenario({ provider: { personality: spoilt({ idToken }) } })
    expect(await refusalOf(logIn(scenario))).toBe('id_token_malformed')
  })

  it.each([[[]], ['text'], [7]])('is refused when its claims are %j', async (claims) => {
    const personality = spoilt({ idTokenClaims: () => claims as unknown as Claims })
    const scenario = await createScenario({ provider: { personality } })
    expect(await refusalOf(logIn(scenario))).toBe('id_token_malformed')
  })
})

it('puts no personal data into the details of an error', async () => {
  const scenario = await createScenario({ provider: { personality: personalities['wrong-issuer'] } })
  await expect(logIn(scenario)).rejects.toMatchObject({
    details: { expected: 'https://idp.example', received: 'https://other-issuer.example' },
  })
})

it('accepts no algorithm but ours, whatever key is found for it', async () => {
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const secret = (await crypto.subtle.generateKey(hmac, false, ['sign', 'verify'])) as CryptoKey
  const now = Date.UTC(2026, 0, 1)
  const claims = {
    iss: 'https://idp.example',
    sub: 'user-1',
    aud: 'client-1',
    nonce: 'nonce',
    iat: now / 1000,
  }
  const token = await new SignJWT({ ...claims, exp: now / 1000 + 300 })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(secret)
  const attempt = verifyIdToken(token, {
    issuer: 'https://idp.example',
    clientId: 'client-1',
    nonce: 'nonce',
    accessToken: 'token',
    code: 'code',
    getKey: async () => secret,
    now,
  })
  expect(await refusalOf(attempt)).toBe('id_token_algorithm_refused')
})

it.each([
  ['short', 'key-1', true],
  ['as long as none is', 'x'.repeat(1024), false],
])('what a header says is remembered where it is %s', async (_, kid, isRemembered) => {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey)
  const headers: object[] = []
  const getKey = async (header: object) => {
    headers.push(header)
    return publicKey
  }
  await verifySignedToken(token, getKey)
  await verifySignedToken(token, getKey)
  expect(headers[0] === headers[1]).toBe(isRemembered)
})

it.each(['exp', 'iat', 'nbf', 'auth_time'])(
  'a time that is too large for a number is none: %s',
  async (claim) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    const now = Date.UTC(2026, 0, 1)
    const good = { iss: 'https://idp.example', aud: 'client-1', sub: 'user-1', nonce: 'nonce' }
    const times = {
      iat: now / 1000,
      exp: now / 1000 + 300,
      nbf: now / 1000,
      auth_time: now / 1000,
      [claim]: '1e999',
    }
    const text = JSON.stringify({ ...good, ...times }).replace('"1e999"', '1e999')
    const token = await new CompactSign(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'ES256' })
      .sign(privateKey)
    const expected = {
      issuer: good.iss,
      clientId: good.aud,
      nonce: good.nonce,
      accessToken: undefined,
      code: undefined,
      signedInSince: now / 1000,
    }
    const attempt = verifyIdToken(token, { ...expected, getKey: async () => publicKey, now })
    await expect(attempt).rejects.toMatchObject({ code: 'id_token_claim_invalid', details: { claim } })
  },
)
