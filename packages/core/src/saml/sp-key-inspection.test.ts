import { beforeAll, describe, expect, it } from 'vitest'
import { testCertificates } from '../../test/certificates.ts'
import {
  type EncodedKeyPair,
  expectNothingOf,
  generateEncodedKeyPair,
  secretOf,
  spkiOf,
} from '../../test/key-pairs.ts'
import { encodeBase64 } from '../encoding/base64.ts'
import { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'
import { inspectServiceProviderKeys } from './sp-key-inspection.ts'

const base64 = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '')
let pair: EncodedKeyPair
let otherPair: EncodedKeyPair
let weakPair: EncodedKeyPair
let elliptic: string
beforeAll(async () => {
  pair = await generateEncodedKeyPair()
  otherPair = await generateEncodedKeyPair()
  weakPair = await generateEncodedKeyPair(1024)
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const { privateKey } = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  elliptic = encodeBase64(new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)))
})

describe('inspectServiceProviderKeys', () => {
  it('returns keys that fit their certificates, in their order', async () => {
    const pairs = inspectServiceProviderKeys(secretOf(pair, otherPair))
    expect(pairs.map(({ certificate }) => certificate)).toEqual([pair.certificate, otherPair.certificate])
    expect(pairs.map(({ spki }) => spki)).toEqual([spkiOf(pair), spkiOf(otherPair)])
    expect(await pairs[0]?.signingKey()).toMatchObject({ type: 'private' })
  })

  it.each<[string, () => string, string]>([
    ['what is no keys at all', () => '{}', 'an object with "keys"'],
    [
      'two certificates',
      () => secretOf({ ...pair, certificate: btoa(atob(pair.certificate).repeat(2)) }).reveal(),
      'not one certificate',
    ],
    [
      'a certificate that is none',
      () => secretOf(pair, { ...pair, certificate: pair.key }).reveal(),
      '"certificate" of key 2',
    ],
    [
      'a certificate of another kind of key',
      () => secretOf({ ...pair, certificate: base64(testCertificates.p256.pem) }).reveal(),
      'of an RSA key of 2048 bits',
    ],
    ['a key that is too short', () => secretOf(weakPair).reveal(), 'of an RSA key of 2048 bits'],
    ['a private key that is none', () => secretOf({ ...pair, key: pair.certificate }).reveal(), 'PKCS#8'],
    [
      'a private key for RSASSA-PSS alone',
      () => secretOf({ ...pair, key: forPss(pair.key) }).reveal(),
      'PKCS#8',
    ],
    [
      'a private key that is wrapped in something else',
      () => secretOf({ ...pair, key: replaced(pair.key, '\x05\x00\x04', '\x05\x00\x03') }).reveal(),
      'PKCS#8',
    ],
    [
      'a private key whose numbers are none',
      () => secretOf({ ...pair, key: replaced(pair.key, '\x02\x01\x00\x02', '\x02\x01\x00\x04') }).reveal(),
      'PKCS#8',
    ],
    [
      'a private key whose exponent is no number',
      () =>
        secretOf({
          ...pair,
          key: replaced(pair.key, '\x02\x03\x01\x00\x01', '\x04\x03\x01\x00\x01'),
        }).reveal(),
      'PKCS#8',
    ],
    ['a private key of another kind', () => secretOf({ ...pair, key: elliptic }).reveal(), 'PKCS#8'],
    [
      'a private key that was cut',
      () => secretOf({ ...pair, key: pair.key.slice(0, -40) }).reveal(),
      'PKCS#8',
    ],
    [
      'a private key of another certificate',
      () => secretOf(pair, { ...otherPair, key: pair.key }).reveal(),
      '"key" and "certificate" of key 2 do not belong together',
    ],
  ])('refuses %s, and says what to do and nothing of the keys', (_, text, words) => {
    const refusal = refusalOf(text())
    expect(refusal.code).toBe('installation_invalid')
    expect(refusal.message).toContain(words)
    expect(refusal.message).toContain('"doorward keygen saml-keys"')
    expectNothingOf([pair, otherPair, weakPair], refusal)
  })
})

/** A private key whose algorithm is id-RSASSA-PSS in place of rsaEncryption. */
function forPss(key: string): string {
  return replaced(key, '\x01\x01\x01\x05', '\x01\x01\x0a\x05')
}

/** A private key of which the first of these octets are others. */
function replaced(key: string, octets: string, others: string): string {
  return btoa(atob(key).replace(octets, others))
}

function refusalOf(text: string): SsoError {
  try {
    inspectServiceProviderKeys(new Secret(text))
  } catch (error) {
    if (error instanceof SsoError) return error
    throw error
  }
  throw new Error('the keys were accepted')
}
