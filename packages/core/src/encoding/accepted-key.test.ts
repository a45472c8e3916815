import { describe, expect, it } from 'vitest'
import {
  type TestCertificate,
  testCertificates,
  testPublicKey,
  testRequest,
} from '../../test/certificates.ts'
import { acceptedKeyOf, isLongEnough } from './accepted-key.ts'
import { encodeBase64 } from './base64.ts'
import { readCertificates } from './certificate.ts'

const all: readonly [string, TestCertificate][] = Object.entries(testCertificates)
const base64 = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '')
const { rsa2048 } = testCertificates

describe('acceptedKeyOf', () => {
  it.each(all)('takes out of %s what reading all of it finds, if it is accepted', (_, { pem }) => {
    const read = readCertificates(pem)
    const [certificate] = 'certificates' in read ? read.certificates : []
    if (!certificate) throw new Error('the certificate can not be read')
    const { key, spki } = certificate
    const isAccepted = key.type !== 'other' && isLongEnough(key)
    expect(acceptedKeyOf(base64(pem))).toEqual(isAccepted ? { key, spki } : undefined)
  })

  it.each([
    ['nothing', ''],
    ['what is not base64', `${base64(rsa2048.pem)}!`],
    ['PEM', rsa2048.pem],
    ['a public key', base64(testPublicKey)],
    ['a certificate request', base64(testRequest)],
    ['two certificates', encodeBase64(new Uint8Array([...bytesOf(rsa2048.pem), ...bytesOf(rsa2048.pem)]))],
  ])('finds none in %s', (_, text) => {
    expect(acceptedKeyOf(text)).toBeUndefined()
  })

  it('finds none in a certificate that is cut off anywhere', () => {
    const bytes = bytesOf(rsa2048.pem)
    for (let length = 0; length < bytes.length; length++) {
      expect(acceptedKeyOf(encodeBase64(bytes.subarray(0, length)))).toBeUndefined()
    }
  })

  it('keeps no more of the memory than the key', () => {
    const { spki } = acceptedKeyOf(base64(rsa2048.pem)) ?? {}
    expect(spki?.buffer.byteLength).toBe(spki?.length)
  })
})

function bytesOf(pem: string): Uint8Array {
  return Uint8Array.from(atob(base64(pem)), (character) => character.charCodeAt(0))
}
