import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { Secret } from '../encoding/secret.ts'
import { generateSigningKeys, rotateSigningKeys } from './signing-key-set.ts'
import { type PublishedKeySet, parseSigningKeys, type UnsignedToken } from './signing-keys.ts'

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0, 750)
const HOUR = 60 * 60 * 1000

const token: UnsignedToken = {
  typ: 'logout+jwt',
  issuer: 'https://sso.example.com',
  audience: 'wiki',
  claims: { sub: 'user-1', roles: ['reader'] },
  issuedAt: NOW,
  expiresAt: NOW + HOUR,
}

/** What an app does that has fetched `published`. */
function verify(jwt: string, published: PublishedKeySet, expected: { typ?: string; audience?: string } = {}) {
  const fetched = JSON.parse(JSON.stringify(published)) as JSONWebKeySet
  return jwtVerify(jwt, createLocalJWKSet(fetched), {
    algorithms: ['ES256'],
    typ: token.typ,
    issuer: token.issuer,
    audience: token.audience,
    currentDate: new Date(NOW),
    ...expected,
  })
}

const secret = await generateSigningKeys()
const keys = parseSigningKeys(secret)

describe('a signed token', () => {
  it('verifies with the published keys, and says what it was given', async () => {
    const { payload, protectedHeader } = await verify(await keys.sign(token), keys.published)
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'logout+jwt', kid: keys.published.keys[0]?.kid })
    expect(payload).toEqual({
      iss: 'https://sso.example.com',
      aud: 'wiki',
      sub: 'user-1',
      roles: ['reader'],
      iat: Math.floor(NOW / 1000),
      exp: Math.floor(NOW / 1000) + 3600,
    })
  })

  it.each([
    ['for another use', { typ: 'JWT' }],
    ['for another app', { audience: 'shop' }],
  ])('does not pass for one %s', async (_, expected) => {
    await expect(verify(await keys.sign(token), keys.published, expected)).rejects.toThrow('unexpected')
  })

  it('does not verify with the keys of another installation', async () => {
    const others = parseSigningKeys(await generateSigningKeys())
    await expect(verify(await keys.sign(token), others.published)).rejects.toThrow('no applicable key')
  })

  it('takes its issuer, audience and times from nothing but their arguments', async () => {
    const claims = { iss: 'https://other.example', aud: 'shop', iat: 1, exp: 9e9, sub: 'user-1' }
    // @ts-expect-error the compiler is the first to refuse them
    const jwt = await keys.sign({ ...token, claims })
    expect(decodeJwt(jwt)).toEqual({
      iss: token.issuer,
      aud: token.audience,
      sub: 'user-1',
      iat: Math.floor(NOW / 1000),
      exp: Math.floor(NOW / 1000) + 3600,
    })
  })

  it('is signed by the same key also when several are signed at once', async () => {
    const fresh = parseSigningKeys(secret)
    const tokens = await Promise.all([1, 2, 3].map(() => fresh.sign(token)))
    for (const jwt of tokens) await verify(jwt, keys.published)
  })
})

describe('the lifetime of a token', () => {
  it.each([
    ['an hour', HOUR],
    ['a second', 1000],
  ])('may be %s', async (_, lifetime) => {
    const { exp = 0, iat = 0 } = decodeJwt(await keys.sign({ ...token, expiresAt: NOW + lifetime }))
    expect(exp - iat).toBe(lifetime / 1000)
  })

  it.each([
    ['longer than an hour', NOW, NOW + HOUR + 1],
    ['nothing', NOW, NOW],
    ['negative', NOW, NOW - 1],
    ['without an end', NOW, Number.POSITIVE_INFINITY],
    ['not a number', NOW, Number.NaN],
    ['given in seconds', NOW, NOW / 1000 + 3600],
  ])('may not be %s', async (_, issuedAt, expiresAt) => {
    await expect(keys.sign({ ...token, issuedAt, expiresAt })).rejects.toThrow(RangeError)
  })
})

describe('the published keys', () => {
  it('have public members and no other', async () => {
    const { published } = parseSigningKeys(await rotateSigningKeys(secret))
    expect(Object.keys(published)).toEqual(['keys'])
    expect(published.keys).toHaveLength(3)
    for (const key of published.keys) {
      expect(Reflect.ownKeys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    }
  })

  it('hold nothing of the private parts, and neither does what signs', () => {
    const { keys: privateKeys } = JSON.parse(secret.reveal()) as { keys: { d: string }[] }
    for (const { d } of privateKeys) {
      expect(JSON.stringify(keys)).not.toContain(d)
    }
  })
})

describe('a rotation', () => {
  const rotated = rotateSigningKeys(secret)
  const afterRotation = rotated.then(parseSigningKeys)
  const afterTwo = rotated.then(rotateSigningKeys).then(parseSigningKeys)

  it('makes another key sign', async () => {
    const kids = await Promise.all(
      [keys, await afterRotation, await afterTwo].map(async (one) => kidOf(await one.sign(token))),
    )
    expect(new Set(kids).size).toBe(3)
  })

  it('fails no verifier that fetched the keys before it', async () => {
    await verify(await (await afterRotation).sign(token), keys.published)
    await verify(await (await afterTwo).sign(token), (await afterRotation).published)
  })

  it('fails no token that was signed before it', async () => {
    await verify(await keys.sign(token), (await afterRotation).published)
    await verify(await (await afterRotation).sign(token), (await afterTwo).published)
  })

  it('is the end of a key when it is the second', async () => {
    const jwt = await keys.sign(token)
    const { published } = await afterTwo
    expect(published.keys.map(({ kid }) => kid)).not.toContain(kidOf(jwt))
    await expect(verify(jwt, published)).rejects.toThrow('no applicable key')
  })
})

describe('parseSigningKeys', () => {
  it('refuses what is not a set of signing keys', () => {
    expect(() => parseSigningKeys(new Secret('{}'))).toThrow('not a JSON Web Key Set')
  })

  it('signs nothing with a key that is not sound', async () => {
    await expect(parseSigningKeys(swapPrivateParts(secret)).sign(token)).rejects.toMatchObject({
      code: 'installation_invalid',
    })
  })
})

function kidOf(jwt: string): string | undefined {
  return decodeProtectedHeader(jwt).kid
}

/** A set with the right key ids, in which each key has the private part of the other. */
function swapPrivateParts(set: Secret): Secret {
  const [first, second] = (JSON.parse(set.reveal()) as { keys: { d: string }[] }).keys
  const swapped = [
    { ...first, d: second?.d },
    { ...second, d: first?.d },
  ]
  return new Secret(JSON.stringify({ keys: swapped }))
}
