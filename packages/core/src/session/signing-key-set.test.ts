import { calculateJwkThumbprint, type JWK_EC_Private } from 'jose'
import { describe, expect, it } from 'vitest'
import { encodeBase64Url } from '../encoding/base64url.ts'
import { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'
import {
  generateSigningKeys,
  importSigningKey,
  parseSigningKeySet,
  rotateSigningKeys,
} from './signing-key-set.ts'

type PrivateKey = JWK_EC_Private & { readonly kid: string }

const readKeys = (secret: Secret): PrivateKey[] =>
  (JSON.parse(secret.reveal()) as { keys: PrivateKey[] }).keys

const setOf = (keys: readonly unknown[]) => new Secret(JSON.stringify({ keys }))

const [current, next, previous] = readKeys(await rotateSigningKeys(await generateSigningKeys())) as [
  PrivateKey,
  PrivateKey,
  PrivateKey,
]

describe('generateSigningKeys', () => {
  it('makes two private P-256 keys, each with its thumbprint as key id, in one line', async () => {
    const secret = await generateSigningKeys()
    expect(secret.reveal()).not.toContain('\n')
    const keys = readKeys(secret)
    expect(keys).toHaveLength(2)
    for (const key of keys) {
      expect(key).toEqual({
        kty: 'EC',
        crv: 'P-256',
        alg: 'ES256',
        use: 'sig',
        kid: await calculateJwkThumbprint(key),
        x: expect.stringMatching(/^[\w-]{43}$/),
        y: expect.stringMatching(/^[\w-]{43}$/),
        d: expect.stringMatching(/^[\w-]{43}$/),
      })
    }
  })

  it('makes other keys each time', async () => {
    const keys = [...readKeys(await generateSigningKeys()), ...readKeys(await generateSigningKeys())]
    expect(new Set(keys.map(({ d }) => d)).size).toBe(4)
  })

  it('makes what can be read', async () => {
    expect(parseSigningKeySet(await generateSigningKeys())).toHaveLength(2)
  })
})

describe('rotateSigningKeys', () => {
  it('moves each key on by one, and makes a new next one', async () => {
    const first = readKeys(await generateSigningKeys())
    const second = readKeys(await rotateSigningKeys(setOf(first)))
    expect(second).toEqual([first[1], expect.anything(), first[0]])
    expect(first).not.toContainEqual(second[1])
  })

  it('drops the key that signed before the last rotation', async () => {
    const rotated = readKeys(await rotateSigningKeys(setOf([current, next, previous])))
    expect(rotated).toEqual([next, expect.anything(), current])
    expect([current, next, previous]).not.toContainEqual(rotated[1])
  })

  it.each([
    ['current', setOf([{ ...current, d: next.d }, next])],
    ['next', setOf([current, { ...next, d: current.d }])],
  ])('refuses a set whose %s key is not sound: what follows would sign in vain', async (_, secret) => {
    await expect(rotateSigningKeys(secret)).rejects.toThrow('do not belong together')
  })
})

describe('an imported key', () => {
  it('signs, and does nothing else', async () => {
    const [key] = parseSigningKeySet(await generateSigningKeys())
    const imported = await importSigningKey(key, 'current')
    expect(imported).toMatchObject({ type: 'private', extractable: false, usages: ['sign'] })
    await expect(crypto.subtle.exportKey('jwk', imported)).rejects.toThrow()
  })

  it.each([
    ['a private part of another key', { d: next.d }, 'do not belong together'],
    ['a private part of zero', { d: 'A'.repeat(43) }, 'do not belong together'],
    ['the key id of another key', { kid: next.kid }, '"kid" of the current key is not its thumbprint'],
    ['the coordinates of another key', { x: next.x, y: next.y }, 'is not its thumbprint'],
  ])('is not made with %s', async (_, wrong, words) => {
    const [key] = parseSigningKeySet(setOf([{ ...current, ...wrong }, previous]))
    const refusal = await importSigningKey(key, 'current').catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'installation_invalid' })
    expect((refusal as SsoError).message).toContain(words)
    expectNothingOf(refusal)
  })

  it('is not made of a point that is not on the curve, whatever its key id says', async () => {
    const stray = { ...current, x: next.x }
    const [key] = parseSigningKeySet(
      setOf([{ ...stray, kid: await calculateJwkThumbprint(stray) }, previous]),
    )
    await expect(importSigningKey(key, 'current')).rejects.toThrow('do not belong together')
  })
})

const set = (...keys: readonly unknown[]) => JSON.stringify({ keys })
const without = (name: keyof PrivateKey) =>
  Object.fromEntries(Object.entries(current).filter(([member]) => member !== name))
const bytes = (length: number) => encodeBase64Url(new Uint8Array(length).fill(7))

describe('parseSigningKeySet', () => {
  it('reads two keys, and three', () => {
    expect(parseSigningKeySet(setOf([current, next]))).toHaveLength(2)
    expect(parseSigningKeySet(setOf([current, next, previous]))).toHaveLength(3)
  })

  it('reads a set with white space around and within it', () => {
    const text = `\n${JSON.stringify({ keys: [current, next] }, undefined, 2)}\n`
    expect(parseSigningKeySet(new Secret(text))).toHaveLength(2)
  })

  it('keeps the private part where printing does not reach it', () => {
    const keys = parseSigningKeySet(setOf([current, next]))
    expect(JSON.stringify(keys)).not.toContain(current.d)
    expect(JSON.stringify(keys)).toContain(current.x)
  })

  it.each([
    ['nothing', '', 'there are none'],
    ['white space', ' \n', 'there are none'],
    ['what is not JSON', 'correct-horse', 'not JSON'],
    ['a private value alone', current.d, 'not JSON'],
    ['a set that was cut', set(current, next).slice(0, -20), 'not JSON'],
    ['a set with something behind it', `${set(current, next)} ${current.d}`, 'not JSON'],
    ['a set in quotes', JSON.stringify(set(current, next)), 'not a JSON Web Key Set'],
    ['null', 'null', 'not a JSON Web Key Set'],
    ['a list of keys', JSON.stringify([current, next]), 'not a JSON Web Key Set'],
    ['a key', JSON.stringify(current), 'not a JSON Web Key Set'],
    ['keys that are no list', JSON.stringify({ keys: { current, next } }), 'not a JSON Web Key Set'],
    ['more than keys', JSON.stringify({ keys: [current, next], [current.d]: 1 }), 'and nothing else'],
    ['no key', set(), 'two or three'],
    ['one key', set(current), 'two or three'],
    ['four keys', set(current, next, previous, { ...current, kid: bytes(32) }), 'two or three'],
    ['the same key twice', set(current, next, current), 'the same "kid"'],
    ['two keys under one id', set(current, { ...next, kid: current.kid }), 'the same "kid"'],
    ['null in place of a key', set(current, null), 'the next key is not an object'],
    ['a text in place of a key', set(current, next, current.d), 'the previous key is not an object'],
    ['a list in place of a key', set([current], next), 'the current key is not an object'],
    ['another member', set({ ...current, ext: true }, next), 'the current key has other members'],
    ['a secret name', set({ ...current, [next.d]: 1 }, next), 'the current key has other members'],
    ['an inherited name', set(current, next).replace('"kty"', '"__proto__"'), 'has other members'],
    ['another kind of key', set(current, { ...next, kty: 'RSA' }), '"kty" of the next key is not "EC"'],
    ['another curve', set({ ...current, crv: 'P-384' }, next), '"crv" of the current key is not "P-256"'],
    ['another algorithm', set({ ...current, alg: 'none' }, next), '"alg" of the current key is not "ES256"'],
    ['another use', set({ ...current, use: 'enc' }, next), '"use" of the current key is not "sig"'],
    ['no kind', set(without('kty'), next), '"kty" of the current key'],
    ['no algorithm', set(without('alg'), next), '"alg" of the current key'],
    ['no use', set(without('use'), next), '"use" of the current key'],
    ['no key id', set(without('kid'), next), '"kid" of the current key is not 32 bytes'],
    ['a key id of its own', set({ ...current, kid: 'key-1' }, next), '"kid" of the current key'],
    ['a public key', set(without('d'), next), '"d" of the current key is not 32 bytes'],
    ['a private part that is a number', set({ ...current, d: 7 }, next), '"d" of the current key'],
    ['a private part that is too short', set({ ...current, d: bytes(31) }, next), '"d" of the current key'],
    ['a private part that is too long', set({ ...current, d: bytes(33) }, next), '"d" of the current key'],
    ['a padded private part', set({ ...current, d: `${current.d}=` }, next), '"d" of the current key'],
    ['base64 that is not base64url', set({ ...current, x: '+'.repeat(43) }, next), '"x" of the current key'],
    [
      'bits beyond the last byte',
      set({ ...current, y: `${'A'.repeat(42)}B` }, next),
      '"y" of the current key',
    ],
    ['a line break in a value', set({ ...current, d: `${current.d}\n` }, next), '"d" of the current key'],
  ])('refuses %s, and says what to do and nothing of the keys', (_, text, words) => {
    const refusal = refusalOf(text)
    expect(refusal.code).toBe('installation_invalid')
    expect(refusal.message).toContain(words)
    expect(refusal.message).toContain('DOORWARD_SIGNING_KEYS')
    expect(refusal.message).toContain('"doorward keygen signing-keys"')
    expectNothingOf(refusal)
  })

  it('quotes nothing of a set that is damaged anywhere', () => {
    const text = set(current, next)
    for (let position = 0; position < text.length; position++) {
      const damaged = `${text.slice(0, position)}"${text.slice(position)}`
      expectNothingOf(refusalOf(damaged))
    }
  })
})

function refusalOf(text: string): SsoError {
  try {
    parseSigningKeySet(new Secret(text))
  } catch (error) {
    if (error instanceof SsoError) return error
    throw error
  }
  throw new Error('the set was accepted')
}

/** Every piece of the keys' values that no message has by chance: eight characters in a row. */
const pieces = [current, next, previous].flatMap(({ x, y, d, kid }) =>
  [x, y, d, kid].flatMap((value) =>
    Array.from({ length: value.length - 7 }, (_, start) => value.slice(start, start + 8)),
  ),
)

function expectNothingOf(error: unknown): void {
  const { message, details, cause } = error as SsoError
  const said = JSON.stringify([message, details])
  expect(cause).toBeUndefined()
  expect(pieces.filter((piece) => said.includes(piece))).toEqual([])
}
