import { beforeAll, describe, expect, it } from 'vitest'
import {
  type BuildOptions,
  type BuiltResponse,
  buildResponse,
  type CanonicalizationName,
  createSamlKeyRing,
  defaultSamlUser,
  generateSamlKey,
  type KeyType,
  type LoginFacts,
  type SamlKey,
  type SamlKeyRing,
  type SignatureMethodName,
  samlPersonalities,
  samlPersonalityNames,
} from '../../src/saml/index.ts'
import { isWellFormed, xmlsecDecrypt, xmlsecVerify, xpath } from './programs.ts'

const facts: LoginFacts = {
  issuer: 'https://idp.example/metadata',
  audience: 'https://sp.example/metadata/',
  acsUrl: 'https://sp.example/acs/?a=1&b=2',
  inResponseTo: '_request-1',
  now: Date.UTC(2030, 0, 1),
  user: defaultSamlUser,
  ids: { response: '_response', assertion: '_assertion', session: '_session' },
}
const rings = new Map<KeyType, SamlKeyRing>()

function ringOf(type: KeyType): SamlKeyRing {
  const ring = rings.get(type) ?? createSamlKeyRing(type)
  rings.set(type, ring)
  return ring
}

function good(options: Partial<BuildOptions> = {}): Promise<BuiltResponse> {
  return buildResponse(facts, samlPersonalities.good, { keys: ringOf('RSA'), ...options })
}

function expectValid({ xml, certificates }: BuiltResponse): void {
  expect(isWellFormed(xml)).toBe(true)
  const verdict = xmlsecVerify(xml, certificates[0] ?? '')
  expect(verdict.says).toContain('OK')
  expect(verdict.valid).toBe(true)
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
    expectValid(await good({ signatureMethod, keys: ringOf(type) }))
  })

  it.each(['sha256', 'sha384', 'sha512'] as const)('over %s', async (digestMethod) => {
    expectValid(await good({ digestMethod }))
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
      expectValid(await good({ canonicalization, sign }))
  })

  it('with a PrefixList', async () => {
    expectValid(await good({ inclusivePrefixes: ['samlp', 'xs', ''] }))
  })

  it('without KeyInfo', async () => {
    const response = await good({ keyInfo: false })
    expect(response.xml).not.toContain('KeyInfo')
    expectValid(response)
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
  let recipient: SamlKey
  beforeAll(async () => {
    recipient = await generateSamlKey('RSA', 'sp.example')
  })

  it.each(
    (['aes128-gcm', 'aes256-gcm', 'aes128-cbc', 'aes256-cbc'] as const).flatMap((cipher) =>
      (['assertion', 'name-id'] as const).map((encrypt) => [cipher, encrypt] as const),
    ),
  )('%s around the %s', async (cipher, encrypt) => {
    const encryption = { cipher, keyTransport: 'rsa-oaep-mgf1p', certificate: recipient.certificate } as const
    const { xml, certificates } = await good({ encrypt, encryption })
    expect(xml).not.toContain('user-1')
    const plain = xmlsecDecrypt(xml, recipient.privateKey)
    expect(xpath(plain, 'string(//*[local-name()="NameID"])')).toBe('user-1')
    if (encrypt === 'assertion') expect(xmlsecVerify(plain, certificates[0] ?? '').says).toContain('OK')
  })
})

describe('xmlsec1 takes what must succeed', () => {
  /** This version of xmlsec1 does not know them. */
  const unknownToXmlsec = ['rsa-pss-sha256']
  const names = samlPersonalityNames.filter(
    (name) => samlPersonalities[name].login === 'must-succeed' && !unknownToXmlsec.includes(name),
  )
  it.each(names)('%s', async (name) => {
    const response = await buildResponse(facts, samlPersonalities[name], { keys: ringOf('RSA') })
    expectValid({ ...response, certificates: response.certificates.slice(-1) })
    if (name === 'good') return
    expect(String(response.parameters)).not.toBe(String((await good()).parameters))
  })
})
