import { beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, readCertificates } from './certificate.ts'
import { writeCertificate } from './certificate-writer.ts'

// The oracles, OpenSSL and Node, have their say in packages/cli/test/keygen-saml.test.ts.

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const validity = { notBefore: Date.UTC(2026, 10, 22, 12), notAfter: Date.UTC(2036, 10, 22, 12) }
let keys: CryptoKeyPair

beforeAll(async () => {
  const size = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }
  keys = await crypto.subtle.generateKey({ ...algorithm, ...size }, true, ['sign', 'verify'])
})

async function written(subject: string, times = validity): Promise<Certificate> {
  const der = await writeCertificate({ subject, ...times }, keys)
  const read = readCertificates(btoa(String.fromCharCode(...der)))
  if ('problem' in read || !read.certificates[0]) throw new Error('it can not be read')
  return read.certificates[0]
}

describe('a certificate that was written', () => {
  it('says what it was to say', async () => {
    expect(await written('sso.example.com')).toMatchObject({
      ...validity,
      key: { type: 'RSA', bits: 2048 },
      subject: 'sso.example.com',
    })
  })

  it('holds the public key that belongs to the private one', async () => {
    const { spki } = await written('sso.example.com')
    const publicKey = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify'])
    const message = new TextEncoder().encode('a message')
    const signature = await crypto.subtle.sign(algorithm, keys.privateKey, message)
    expect(await crypto.subtle.verify(algorithm, publicKey, signature, message)).toBe(true)
  })

  it('may go beyond 2049, where times are written otherwise', async () => {
    const times = { notBefore: Date.UTC(2045, 0, 1), notAfter: Date.UTC(2055, 0, 1) }
    expect(await written('sso.example.com', times)).toMatchObject(times)
  })

  it('cuts a name that is longer than names may be', async () => {
    expect((await written(`${'a'.repeat(70)}.example.com`)).subject).toBe('a'.repeat(64))
  })

  it('is another each time', async () => {
    expect((await written('sso.example.com')).der).not.toBe((await written('sso.example.com')).der)
  })
})
