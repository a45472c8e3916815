import { constants, verify, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { observeResponse } from '../../test-support/observe-response.ts'
import { build, facts, useKeys } from '../../test-support/responses.ts'
import { createSamlKeyRing } from '../index.ts'
import { scanText } from '../xml/scan.ts'

const keys = useKeys()

function signatureOf(xml: string): { readonly octets: Buffer; readonly value: Buffer } {
  const signedInfo = xml.match(/<ds:SignedInfo>.*?<\/ds:SignedInfo>/)?.[0] ?? ''
  const octets = signedInfo.replace('>', ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')
  return { octets: Buffer.from(octets), value: Buffer.from(scanText(xml, 'SignatureValue') ?? '', 'base64') }
}

function publicKeyOf(certificates: readonly string[]): X509Certificate['publicKey'] {
  return new X509Certificate(Buffer.from(certificates[0] ?? '', 'base64')).publicKey
}

describe('Node takes the signature', () => {
  it.each([256, 384, 512] as const)('by RSA-PSS with SHA-%i', async (bits) => {
    const { xml, certificates } = await build(keys, 'good', { signatureMethod: `rsa-pss-sha${bits}` })
    const { octets, value } = signatureOf(xml)
    const key = {
      key: publicKeyOf(certificates),
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: bits / 8,
    }
    expect(verify(`sha${bits}`, octets, key, value)).toBe(true)
  })

  it('by Ed25519', async () => {
    const ring = createSamlKeyRing('Ed25519')
    const { xml, certificates } = await build(keys, 'good', { keys: ring, signatureMethod: 'ed25519' })
    const { octets, value } = signatureOf(xml)
    expect(verify(null, octets, publicKeyOf(certificates), value)).toBe(true)
  })
})

it('with fixed keys, identifiers and time an answer is always the same', async () => {
  const saved = { current: await keys.ring.get('current') }
  const again = await build(keys, 'good', { keys: createSamlKeyRing('RSA', saved) })
  expect(again.xml).toBe((await build(keys, 'good')).xml)
})

it('says what it was told', async () => {
  const { xml, acsUrl, parameters } = await build(keys, 'good', { relayState: 'r' })
  expect([acsUrl, parameters.get('RelayState')]).toEqual([facts.acsUrl, 'r'])
  expect(atob(parameters.get('SAMLResponse') ?? '')).toBe(xml)
  expect(observeResponse(xml)).toMatchObject({
    'Response@ID': '_response',
    'Assertion@ID': '_assertion',
    'Attribute@Name': 'email',
    AttributeValue: 'user@acme.example',
    'Attribute 5@Name': 'groups',
    'AttributeValue 6': 'engineering',
  })
})
