import { beforeAll, describe, expect, it } from 'vitest'
import { testCertificates } from '../../test/certificates.ts'
import {
  type EncodedKeyPair,
  expectNothingOf,
  generateEncodedKeyPair,
  secretOf,
  spkiOf,
} from '../../test/key-pairs.ts'
import { decodeBase64, encodeBase64 } from '../encoding/base64.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { type DerElement, derTag, parseDer, parseDerInside } from '../encoding/der.ts'
import { encodeDer, encodeSequence } from '../encoding/der-writer.ts'
import { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'
import { parseServiceProviderKeys } from './sp-keys.ts'

const { pem } = testCertificates.rsa2048
let pair: EncodedKeyPair
let otherPair: EncodedKeyPair
beforeAll(async () => {
  pair = await generateEncodedKeyPair()
  otherPair = await generateEncodedKeyPair()
})

describe('keys that were read', () => {
  it('are in the order of the text', () => {
    const { pairs } = parseServiceProviderKeys(secretOf(pair, otherPair))
    expect(pairs.map(({ certificate }) => certificate)).toEqual([pair.certificate, otherPair.certificate])
  })

  it('are read with white space around', () => {
    expect(parseServiceProviderKeys(new Secret(`\n${secretOf(pair).reveal()}\n`)).pairs).toHaveLength(1)
  })

  it('sign what the certificate verifies, and do nothing else', async () => {
    const [{ signingKey }] = parseServiceProviderKeys(secretOf(pair)).pairs
    const key = await signingKey()
    expect(key).toMatchObject({ type: 'private', extractable: false, usages: ['sign'] })
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const verifier = await crypto.subtle.importKey('spki', spkiOf(pair), rsa, false, ['verify'])
    const message = encodeUtf8('a message')
    expect(
      await crypto.subtle.verify(rsa, verifier, await crypto.subtle.sign(rsa, key, message), message),
    ).toBe(true)
    expect(await signingKey()).toBe(key)
  })

  it.each(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const)(
    'decrypt what was encrypted by RSA-OAEP with %s, and do nothing else',
    async (hash) => {
      const [{ decryptionKey }] = parseServiceProviderKeys(secretOf(pair)).pairs
      const key = await decryptionKey(hash)
      expect(key).toMatchObject({ type: 'private', extractable: false, usages: ['decrypt'] })
      const rsa = { name: 'RSA-OAEP', hash }
      const encrypter = await crypto.subtle.importKey('spki', spkiOf(pair), rsa, false, ['encrypt'])
      const encrypted = await crypto.subtle.encrypt(rsa, encrypter, encodeUtf8('a key'))
      expect(new Uint8Array(await crypto.subtle.decrypt(rsa, key, encrypted))).toEqual(encodeUtf8('a key'))
      expect(await decryptionKey(hash)).toBe(key)
    },
  )

  it('are imported for each hash by itself', async () => {
    const [{ decryptionKey }] = parseServiceProviderKeys(secretOf(pair)).pairs
    expect(await decryptionKey('SHA-1')).toMatchObject({ algorithm: { hash: { name: 'SHA-1' } } })
    expect(await decryptionKey('SHA-512')).toMatchObject({ algorithm: { hash: { name: 'SHA-512' } } })
  })

  it('are where printing does not reach them', () => {
    expect(JSON.stringify(parseServiceProviderKeys(secretOf(pair)))).not.toContain(pair.key.slice(40, 60))
  })
})

describe('parseServiceProviderKeys', () => {
  it.each<[string, () => string, string]>([
    ['nothing', () => '', 'not JSON'],
    ['white space', () => ' \n', 'not JSON'],
    ['a number', () => '7', 'an object with "keys"'],
    ['what is not JSON', () => pair.key, 'not JSON'],
    ['a text that was cut', () => secretOf(pair).reveal().slice(0, -9), 'not JSON'],
    ['null', () => 'null', 'an object with "keys"'],
    ['a list', () => JSON.stringify([pair]), 'an object with "keys"'],
    ['one pair alone', () => JSON.stringify(pair), 'an object with "keys"'],
    ['keys that are no list', () => JSON.stringify({ keys: pair }), 'an object with "keys"'],
    ['more than keys', () => JSON.stringify({ keys: [pair], [pair.key]: 1 }), 'and nothing else'],
    ['no key', () => secretOf().reveal(), '1 to 3'],
    ['four keys', () => secretOf(pair, pair, pair, pair).reveal(), '1 to 3'],
    ['null in place of a pair', () => secretOf(pair, null).reveal(), 'key 2 is not an object'],
    ['a text in place of a pair', () => secretOf(pair.key).reveal(), 'key 1 is not an object'],
    ['no certificate', () => secretOf({ key: pair.key }).reveal(), 'key 1 is not an object with'],
    [
      'no private key',
      () => secretOf({ certificate: pair.certificate }).reveal(),
      'key 1 is not an object with',
    ],
    [
      'another member',
      () => secretOf({ ...pair, [otherPair.key]: 1 }).reveal(),
      'key 1 is not an object with',
    ],
    [
      'a private key in base64url',
      () => secretOf({ ...pair, key: `-_${pair.key}` }).reveal(),
      'not in base64',
    ],
    [
      'a certificate in PEM',
      () => secretOf({ ...pair, certificate: pem }).reveal(),
      'key 1 is not in base64',
    ],
  ])('refuses %s, and says what to do and nothing of the keys', (_, text, words) => {
    const refusal = refusalOf(text())
    expect(refusal.code).toBe('installation_invalid')
    expect(refusal.message).toContain(words)
    expect(refusal.message).toContain('"doorward keygen saml-keys"')
    expectNothingOf([pair, otherPair], refusal)
  })

  it('quotes nothing of a text that is damaged anywhere', () => {
    const text = secretOf(pair, otherPair).reveal()
    for (let position = 0; position < text.length; position += 7) {
      expectNothingOf([pair, otherPair], refusalOf(`${text.slice(0, position)}"${text.slice(position)}`))
    }
  })

  it('lets a key that is broken inside fail when it is used', async () => {
    const broken = withoutPrivateNumbers(pair.key)
    const [{ signingKey }] = parseServiceProviderKeys(secretOf({ ...pair, key: broken })).pairs
    const error = await signingKey().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'installation_invalid' })
    expectNothingOf([pair], error)
  })
})

/** A private key that says nothing but its public part. */
function withoutPrivateNumbers(key: string): string {
  const pkcs8 = inside(parseDer(decodeBase64(key) ?? new Uint8Array()))
  const numbers = inside(parseDer(pkcs8[2]?.content ?? new Uint8Array()))
  const publicPart = encodeSequence(...numbers.slice(0, 3).map(({ encoding }) => encoding))
  const outside = pkcs8.slice(0, 2).map(({ encoding }) => encoding)
  return encodeBase64(encodeSequence(...outside, encodeDer(derTag.octetString, publicPart)))
}

function inside(element: DerElement | undefined): readonly DerElement[] {
  return parseDerInside(element, derTag.sequence) ?? []
}

function refusalOf(text: string): SsoError {
  try {
    parseServiceProviderKeys(new Secret(text))
  } catch (error) {
    if (error instanceof SsoError) return error
    throw error
  }
  throw new Error('the keys were accepted')
}
