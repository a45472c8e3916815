import { constants, createHash, createPrivateKey, privateDecrypt, verify, X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { utf8 } from '../encoding.ts'
import { der, objectIdentifier, sequence } from './der.ts'
import { generateSamlKey, type SamlKey } from './keys.ts'
import { md5 } from './md5.ts'
import { encryptPkcs1, signDigest } from './raw-rsa.ts'

describe('what WebCrypto lacks is as Node has it', () => {
  let key: SamlKey
  beforeAll(async () => {
    key = await generateSamlKey('RSA', 'idp.example')
  })

  it.each([0, 1, 55, 56, 63, 64, 65, 1000])('MD5 of %i octets', (length) => {
    const message = Uint8Array.from({ length }, (_, index) => index * 7)
    expect(Buffer.from(md5(message)).toString('hex')).toBe(createHash('md5').update(message).digest('hex'))
  })

  it('a signature by RSA with MD5', async () => {
    const identifier = sequence(objectIdentifier('1.2.840.113549.2.5'), der(0x05))
    const message = utf8('message')
    const signature = await signDigest(key, identifier, md5(message))
    const { publicKey } = new X509Certificate(Buffer.from(key.certificate, 'base64'))
    expect(verify('md5', message, publicKey, signature)).toBe(true)
  })

  it('encryption by RSA with the padding of PKCS#1 version 1.5', () => {
    const ciphertext = encryptPkcs1(key.certificate, utf8('a key'))
    const privateKey = createPrivateKey({
      key: Buffer.from(key.privateKey, 'base64'),
      format: 'der',
      type: 'pkcs8',
    })
    const block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, ciphertext)
    expect([...block.subarray(0, 2)]).toEqual([0, 2])
    expect(block.indexOf(0, 2)).toBe(block.length - 6)
    expect(block.subarray(-5).toString()).toBe('a key')
  })
})

describe('certificates', () => {
  it.each(['RSA', 'P-256', 'P-384', 'P-521', 'Ed25519'] as const)(
    'of a key on %s are read by Node',
    async (type) => {
      const now = Date.UTC(2030, 0, 1)
      const { certificate } = await generateSamlKey(type, 'idp.example', now)
      const x509 = new X509Certificate(Buffer.from(certificate, 'base64'))
      expect(x509.verify(x509.publicKey)).toBe(true)
      expect(x509.subject).toBe('CN=idp.example')
      expect(x509.validFromDate.getTime()).toBeLessThan(now)
      expect(x509.validToDate.getTime()).toBeGreaterThan(now)
    },
  )
})
