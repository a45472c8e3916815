import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { examineKeys } from './examine.ts'

async function publicKey(algorithm: string, bits?: number) {
  const options = { extractable: true, ...(bits === undefined ? {} : { modulusLength: bits }) }
  const { publicKey: key } = await generateKeyPair(algorithm, options)
  const { kty = '', ...rest } = await exportJWK(key)
  return { kty, ...rest }
}

async function algorithmsOf(key: { kty: string; [member: string]: unknown }) {
  const [examined] = await examineKeys({ keys: [key] })
  return examined?.algorithms
}

describe('what a login could verify', () => {
  it('by an RSA key: both families, or the one algorithm that the key names', async () => {
    const key = await publicKey('RS256')
    expect(await algorithmsOf(key)).toEqual(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'])
    expect(await algorithmsOf({ ...key, kid: 'k1', use: 'sig', alg: 'PS384' })).toEqual(['PS384'])
  })

  it('by elliptic curves', async () => {
    expect(await algorithmsOf(await publicKey('ES256'))).toEqual(['ES256'])
    expect(await algorithmsOf(await publicKey('ES512'))).toEqual(['ES512'])
    expect(await algorithmsOf(await publicKey('Ed25519'))).toEqual(['EdDSA', 'Ed25519'])
  })

  it('nothing by a key for encryption, for another operation, or with an algorithm that is not accepted', async () => {
    const key = await publicKey('RS256')
    expect(await algorithmsOf({ ...key, use: 'enc' })).toEqual([])
    expect(await algorithmsOf({ ...key, key_ops: [] })).toEqual([])
    expect(await algorithmsOf({ ...key, alg: 'RSA-OAEP' })).toEqual([])
  })

  it('nothing by a key that is too short, broken or of an unknown kind', async () => {
    const short = await crypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        modulusLength: 1024,
        publicExponent: new Uint8Array([1, 0, 1]),
        hash: 'SHA-256',
      },
      true,
      ['verify', 'sign'],
    )
    const { kty = '', n = '', e = '' } = await exportJWK(short.publicKey)
    expect(await algorithmsOf({ kty, n, e })).toEqual([])
    const curve = await publicKey('ES256')
    expect(await algorithmsOf({ ...curve, x: 'AAAA' })).toEqual([])
    expect(await algorithmsOf({ kty: 'moon' })).toEqual([])
  })

  it('nothing by no key', async () => {
    expect(await examineKeys({ keys: [] })).toEqual([])
  })
})
