import { describe, expect, it } from 'vitest'
import { type SamlPersonalityName, samlPersonalities } from '../../src/saml/index.ts'
import { documentTypes } from '../../src/saml/personalities/document-types.ts'
import { messages } from '../../src/saml/personalities/messages.ts'
import { recipients } from '../../src/saml/personalities/recipients.ts'
import { times } from '../../src/saml/personalities/times.ts'
import { values } from '../../src/saml/personalities/values.ts'
import { wellFormedness } from '../../src/saml/personalities/well-formedness.ts'
import { build, useKeys } from '../../src/test-support/responses.ts'
import { isWellFormed, xmlsecDecrypt, xmlsecVerify, xpath } from './programs.ts'

const keys = useKeys()

async function octetsOf(name: SamlPersonalityName): Promise<{ octets: Buffer; certificate: string }> {
  const { parameters, certificates } = await build(keys, name)
  return {
    octets: Buffer.from(parameters.get('SAMLResponse') ?? '', 'base64'),
    certificate: certificates.at(-1) ?? '',
  }
}

function namesOf<Name extends SamlPersonalityName>(table: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(table) as Name[]
}

describe('to xmlsec1 the signature is good, so that it is all up to the service provider', () => {
  const others: readonly SamlPersonalityName[] = [
    'sha1-signature',
    'sha1-digest',
    'md5-signature',
    'md5-digest',
    'weak-key',
    'xpath-transform',
    'xpath-filter-transform',
    'xslt-transform',
    'three-transforms',
    'enveloped-twice',
    'transform-flood',
    'empty-reference-uri',
    'absent-reference-uri',
    'xpointer-reference',
    'xpointer-to-root',
    'object-in-signature',
    'invalid-assertion-signature',
    'duplicate-ID',
    'duplicate-Id',
    'duplicate-id',
    'duplicate-namespaced-ID',
    'polluted-response-id',
    'comment-in-name-id',
    'comment-in-attribute',
    'comment-in-audience',
    'signed-comment-in-name-id',
    'signed-instruction-in-name-id',
    'element-in-name-id',
    'name-id-in-other-namespace',
    'conditions-in-other-namespace',
    'namespaced-attributes',
    'assertion-of-saml-1.1',
    'response-in-no-namespace',
    'utf-16',
    'declared-latin-1',
    'attribute-flood',
    'element-flood',
    'encrypted-in-signed-response',
    'encrypted-by-rsa-1.5',
    'encrypted-two-assertions',
    'encrypted-forgery-beside-signed',
  ]
  const names = [
    ...namesOf(recipients),
    ...namesOf(times),
    ...namesOf(messages),
    ...namesOf(values),
    ...others,
  ]
  it.each(names)('%s', async (name) => {
    const { octets, certificate } = await octetsOf(name)
    expect(xmlsecVerify(octets, certificate).says).toContain('OK')
  })
})

describe('whoever then reads the first assertion meets the victim', () => {
  const names = [
    'xsw3',
    'xsw4',
    'xsw5',
    'forged-assertion-in-extensions',
    'forged-assertion-in-status-detail',
    'forged-assertion-in-key-info',
    'forged-response-around-response',
    'xpath-transform',
  ] as const
  it.each(names)('%s', async (name) => {
    const { octets, certificate } = await octetsOf(name)
    expect(xmlsecVerify(octets, certificate).valid).toBe(true)
    expect(xpath(octets, 'string((//*[local-name()="NameID"])[1])')).toBe('victim')
  })
})

describe('xmllint refuses what is not XML', () => {
  it.each(namesOf(wellFormedness))('%s', async (name) => {
    expect(isWellFormed((await octetsOf(name)).octets)).toBe(false)
  })
})

describe('xmllint reads document types', () => {
  const names = namesOf(documentTypes).filter((name) => !/laughs|quadratic|external|parameter/.test(name))
  it.each(names)('%s', async (name) => {
    expect(isWellFormed((await octetsOf(name)).octets)).toBe(true)
  })
})

describe('xmlsec1 decrypts what should not be decrypted', () => {
  const contents = [
    ['encrypted-by-cbc', 'user-1'],
    ['encrypted-by-rsa-1.5', 'user-1'],
    ['encrypted-forgery', 'victim'],
    ['encrypted-wrapping', 'victim'],
  ] as const
  it.each(contents)('%s', async (name, nameId) => {
    const { octets } = await octetsOf(name)
    const plain = xmlsecDecrypt(octets.toString(), keys.recipient.privateKey)
    expect(xpath(plain, 'string((//*[local-name()="NameID"])[1])')).toBe(nameId)
  })
})

it('every personality that encrypts says so', async () => {
  for (const [name, { needs }] of Object.entries(samlPersonalities)) {
    const { xml } = await build(keys, name as SamlPersonalityName)
    expect(xml.includes('EncryptedData'), name).toBe(needs === 'encryption')
  }
})
