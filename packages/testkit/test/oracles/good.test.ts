import { describe, expect, it } from 'vitest'
import {
  type BuildOptions,
  type BuiltResponse,
  type CanonicalizationName,
  createSamlKeyRing,
  type KeyType,
  type SamlKeyRing,
  type SignatureMethodName,
  samlPersonalities,
  samlPersonalityNames,
} from '../../src/saml/index.ts'
import { build, facts, useKeys } from '../../src/test-support/responses.ts'
import { isWellFormed, xmlsecDecrypt, xmlsecVerify, xpath } from './programs.ts'

const keys = useKeys()
const rings = new Map<KeyType, SamlKeyRing>()

function ringOf(type: KeyType): SamlKeyRing {
  const ring = rings.get(type) ?? createSamlKeyRing(type)
  rings.set(type, ring)
  return ring
}

function good(options: Partial<BuildOptions> = {}): Promise<BuiltResponse> {
  return build(keys, 'good', options)
}

function expectValid(xml: string, certificates: readonly string[]): void {
  expect(isWellFormed(xml)).toBe(true)
  const verdict = xmlsecVerify(xml, certificates.at(-1) ?? '')
  expect(verdict.says).toContain('OK')
  expect(verdict.valid).toBe(true)
}

async function expectGood(options: Partial<BuildOptions>): Promise<void> {
  const { xml, certificates } = await good(options)
  expectValid(xml, certificates)
}

describe('xmlsec1 takes the signature', () => {
  it.each<[SignatureMethodName, KeyType]>([
    ['rsa-sha256', 'RSA'],
    ['rsa-sha384', 'RSA'],
    ['rsa-sha512', 'RSA'],
    ['ecdsa-sha256', 'P-256'],
    ['ecdsa-sha384', 'P-384'],
    ['ecdsa-sha512', 'P-521'],
  ])('by %s', async (signatureMethod, type) => {
    await expectGood({ signatureMethod, keys: ringOf(type) })
  })

  it.each(['sha256', 'sha384', 'sha512'] as const)('over %s', async (digestMethod) => {
    await expectGood({ digestMethod })
  })

  it.each<CanonicalizationName>([
    'exclusive',
    'exclusive-with-comments',
    'inclusive-1.0',
    'inclusive-1.0-with-comments',
    'inclusive-1.1',
    'inclusive-1.1-with-comments',
  ])('of the canonical form %s', async (canonicalization) => {
    for (const sign of ['assertion', 'response', 'both'] as const)
      await expectGood({ canonicalization, sign })
  })

  it('with a PrefixList', async () => {
    await expectGood({ inclusivePrefixes: ['samlp', 'xs', ''] })
  })

  it('without KeyInfo', async () => {
    const response = await good({ keyInfo: false })
    expect(response.xml).not.toContain('KeyInfo')
    expectValid(response.xml, response.certificates)
  })

  it('not when one character was changed', async () => {
    const { xml, certificates } = await good()
    expect(xmlsecVerify(xml.replace('>user-1<', '>user-2<'), certificates[0] ?? '').valid).toBe(false)
  })
})

it('both signatures are valid where both are asked for', async () => {
  const { xml, certificates } = await good({ sign: 'both' })
  for (const parent of ['Response', 'Assertion']) {
    const signature = `//*[local-name()='${parent}']/*[local-name()='Signature']`
    expect(xmlsecVerify(xml, certificates[0] ?? '', ['--node-xpath', signature]).says).toContain('OK')
  }
})

it('the message is what a reader of XML expects', async () => {
  const { xml } = await good()
  expect(xpath(xml, 'string(/*[local-name()="Response"]/@Destination)')).toBe(facts.acsUrl)
  expect(xpath(xml, 'string(//*[local-name()="NameID"])')).toBe('user-1')
  expect(xpath(xml, 'count(//*[local-name()="Attribute"])')).toBe('5')
})

describe('xmlsec1 decrypts', () => {
  it.each(
    (['aes128-gcm', 'aes256-gcm', 'aes128-cbc', 'aes256-cbc'] as const).flatMap((cipher) =>
      (['assertion', 'name-id'] as const).map((encrypt) => [cipher, encrypt] as const),
    ),
  )('%s around the %s', async (cipher, encrypt) => {
    const encryption = {
      cipher,
      keyTransport: 'rsa-oaep-mgf1p',
      certificate: keys.recipient.certificate,
    } as const
    const { xml, certificates } = await good({ encrypt, encryption })
    expect(xml).not.toContain('user-1')
    const plain = xmlsecDecrypt(xml, keys.recipient.privateKey)
    expect(xpath(plain, 'string(//*[local-name()="NameID"])')).toBe('user-1')
    if (encrypt === 'assertion') expect(xmlsecVerify(plain, certificates[0] ?? '').says).toContain('OK')
  })
})

describe('xmlsec1 takes what must succeed', () => {
  /** This version of xmlsec1 does not know them. */
  const unknownToXmlsec: readonly string[] = ['rsa-pss-sha256', 'encrypted-with-oaep-sha256']
  const names = samlPersonalityNames.filter(
    (name) => samlPersonalities[name].login === 'must-succeed' && !unknownToXmlsec.includes(name),
  )
  it.each(names)('%s', async (name) => {
    const { xml, certificates } = await build(keys, name)
    const inTheClear = /^encrypted-(assertion|with)/.test(name)
      ? xmlsecDecrypt(xml, keys.recipient.privateKey)
      : xml
    expectValid(inTheClear, certificates)
  })
})
