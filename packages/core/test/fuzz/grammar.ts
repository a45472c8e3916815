import type { Random } from '../random-configurations.ts'
import { names, now } from './setting.ts'

/** What an element may hold, and which attributes it may have; a `?` behind a name: it is often left out. */
interface Rule {
  readonly attributes: readonly string[]
  readonly children: readonly string[]
  readonly text?: readonly [string, ...string[]]
}

const instant = (offset: number) => new Date(now + offset).toISOString()

/** Right and wrong ones, and such as are not quite either. */
const values: Readonly<Record<string, readonly [string, ...string[]]>> = {
  ID: ['_a', '_b', '_response', '_assertion', '1', '', 'é'],
  Version: ['2.0', '2.0', '2.0', '1.1', '', '2.0 '],
  IssueInstant: [instant(0), instant(0), '2026-11-22', '', '2026-02-30T00:00:00Z'],
  Destination: [names.acsUrl, names.acsUrl, `${names.acsUrl}?x=1`, 'https://sp.example/', ''],
  InResponseTo: [names.requestId, names.requestId, '_another', ''],
  Recipient: [names.acsUrl, names.acsUrl, 'https://sp.example/', ''],
  NotBefore: [instant(-1000), instant(3_600_000), 'never', ''],
  NotOnOrAfter: [
    instant(300_000),
    instant(300_000),
    instant(-3_600_000),
    'never',
    '9999-12-31T23:59:59.999999999999Z',
  ],
  SessionNotOnOrAfter: [instant(3_600_000), instant(-3_600_000), '0001-01-01T00:00:00Z'],
  AuthnInstant: [instant(0), '+012026-11-22T00:00:00Z', instant(0).replace('Z', '+00:00')],
  SessionIndex: ['_session', '', '\u{1f600}'],
  Method: ['urn:oasis:names:tc:SAML:2.0:cm:bearer', 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key'],
  Format: [
    'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
    '',
  ],
  Value: ['urn:oasis:names:tc:SAML:2.0:status:Success', 'urn:oasis:names:tc:SAML:2.0:status:Responder', ''],
  Name: ['email', 'groups', '__proto__', 'constructor', ''],
  FriendlyName: ['email', 'groups', 'toString'],
  NameFormat: ['urn:oasis:names:tc:SAML:2.0:attrname-format:basic'],
  Algorithm: [
    'http://www.w3.org/2001/04/xmlenc#aes256-gcm',
    'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    'urn:x',
  ],
}

const rules: Readonly<Record<string, Rule>> = {
  'samlp:Response': {
    attributes: ['ID', 'Version', 'IssueInstant', 'Destination', 'InResponseTo'],
    children: [
      'saml:Issuer',
      'SIGNATURE?',
      'samlp:Extensions?',
      'samlp:Status',
      'saml:Assertion',
      'saml:EncryptedAssertion?',
    ],
  },
  'samlp:Extensions': { attributes: [], children: ['SIGNATURE?', 'saml:Assertion?', 'samlp:Response?'] },
  'samlp:Status': { attributes: [], children: ['samlp:StatusCode', 'samlp:StatusDetail?'] },
  'samlp:StatusCode': { attributes: ['Value'], children: ['samlp:StatusCode?'] },
  'samlp:StatusDetail': { attributes: [], children: ['saml:Assertion?', 'SIGNATURE?'] },
  'saml:Issuer': {
    attributes: ['Format?'],
    children: [],
    text: [names.idp, names.idp, ` ${names.idp}\n`, 'https://other.example', ''],
  },
  'saml:Assertion': {
    attributes: ['ID', 'Version', 'IssueInstant'],
    children: [
      'saml:Issuer',
      'SIGNATURE',
      'saml:Subject',
      'saml:Conditions',
      'saml:Advice?',
      'saml:AuthnStatement',
      'saml:AttributeStatement',
    ],
  },
  'saml:EncryptedAssertion': { attributes: [], children: ['xenc:EncryptedData'] },
  'saml:EncryptedID': { attributes: [], children: ['xenc:EncryptedData'] },
  'xenc:EncryptedData': {
    attributes: [],
    children: ['xenc:EncryptionMethod', 'ds:KeyInfo', 'xenc:CipherData'],
  },
  'xenc:EncryptedKey': { attributes: [], children: ['xenc:EncryptionMethod', 'xenc:CipherData'] },
  'xenc:EncryptionMethod': { attributes: ['Algorithm'], children: [] },
  'xenc:CipherData': { attributes: [], children: ['xenc:CipherValue'] },
  'xenc:CipherValue': { attributes: [], children: [], text: ['', 'AAAA', 'A'.repeat(344), '====', 'é'] },
  'ds:KeyInfo': { attributes: [], children: ['xenc:EncryptedKey'] },
  'saml:Subject': {
    attributes: [],
    children: ['saml:NameID', 'saml:EncryptedID?', 'saml:SubjectConfirmation', 'saml:SubjectConfirmation?'],
  },
  'saml:NameID': {
    attributes: ['Format'],
    children: [],
    text: ['user-1', 'victim', ' user-1', '', 'user\u0000'.slice(0, 4)],
  },
  'saml:SubjectConfirmation': {
    attributes: ['Method'],
    children: ['saml:SubjectConfirmationData', 'saml:NameID?'],
  },
  'saml:SubjectConfirmationData': {
    attributes: ['Recipient', 'InResponseTo', 'NotOnOrAfter', 'NotBefore?'],
    children: ['saml:Assertion?'],
  },
  'saml:Conditions': {
    attributes: ['NotBefore', 'NotOnOrAfter'],
    children: ['saml:AudienceRestriction', 'saml:OneTimeUse?', 'saml:Condition?'],
  },
  'saml:Condition': { attributes: [], children: [] },
  'saml:OneTimeUse': { attributes: [], children: [] },
  'saml:AudienceRestriction': { attributes: [], children: ['saml:Audience', 'saml:Audience?'] },
  'saml:Audience': {
    attributes: [],
    children: [],
    text: [names.audience, names.audience, 'https://sp.example/', ''],
  },
  'saml:Advice': { attributes: [], children: ['saml:Assertion', 'SIGNATURE?'] },
  'saml:AuthnStatement': {
    attributes: ['AuthnInstant', 'SessionIndex', 'SessionNotOnOrAfter?'],
    children: ['saml:AuthnContext'],
  },
  'saml:AuthnContext': { attributes: [], children: ['saml:AuthnContextClassRef'] },
  'saml:AuthnContextClassRef': {
    attributes: [],
    children: [],
    text: ['urn:oasis:names:tc:SAML:2.0:ac:classes:Password', ''],
  },
  'saml:AttributeStatement': { attributes: [], children: ['saml:Attribute', 'saml:Attribute?'] },
  'saml:Attribute': {
    attributes: ['Name', 'FriendlyName?', 'NameFormat?'],
    children: ['saml:AttributeValue', 'saml:AttributeValue?'],
  },
  'saml:AttributeValue': {
    attributes: [],
    children: ['saml:NameID?'],
    text: ['user@acme.example', 'victim@acme.example', 'staff', ''],
  },
}

const declared =
  ' xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"'

/**
 * Makes an answer out of SAML's own words, from nothing: most of it as it should be, here and there a part too many, too
 * few or elsewhere.
 *
 * @param signature one that somebody made of something else
 */
export function randomAnswer(random: Random, signature: string): string {
  return write(random.happens(0.98) ? 'samlp:Response' : random.pick(elementNames), {
    random,
    signature,
    depth: 0,
  })
}

/** A part of an answer, to be put somewhere. */
export function randomPart(random: Random): string {
  const name = random.happens(0.5) ? random.pick(whoIsMeant) : random.pick(elementNames)
  return write(name, { random, signature: '', depth: 0 })
}

/** What says who somebody is. */
const whoIsMeant = [
  'saml:NameID',
  'saml:Subject',
  'saml:Attribute',
  'saml:AttributeStatement',
  'saml:Issuer',
] as const

interface Writing {
  readonly random: Random
  readonly signature: string
  readonly depth: number
}

function write(name: string, { random, signature, depth }: Writing): string {
  if (name === 'SIGNATURE') return signature
  const rule = rules[name]
  if (!rule || depth > 12) return ''
  const attributes = rule.attributes.map((one) => attribute(one, random)).join('')
  const own = random.happens(0.97) ? name : random.pick(elementNames)
  const children = rule.children
    .flatMap((child) => repeated(child, random))
    .map((child) => write(child, { random, signature, depth: depth + 1 }))
  const ordered = random.happens(0.05) ? random.shuffled(children) : children
  const text = rule.text ? random.pick(rule.text) : random.pick(['', '', '', '\n  '])
  const around = depth === 0 || random.happens(0.02) ? declared : ''
  return `<${own}${around}${attributes}>${text}${ordered.join('')}</${own}>`
}

const elementNames = Object.keys(rules) as [string, ...string[]]

function repeated(child: string, random: Random): string[] {
  const isRare = child.endsWith('?')
  const name = isRare ? child.slice(0, -1) : child
  const times = isRare ? (random.happens(0.1) ? 1 : 0) : random.happens(0.95) ? 1 : random.pick([0, 2])
  return Array.from({ length: times }, () => name)
}

function attribute(written: string, random: Random): string {
  const isRare = written.endsWith('?')
  const name = isRare ? written.slice(0, -1) : written
  if (random.happens(isRare ? 0.8 : 0.03)) return ''
  const own = values[name] ?? ['']
  const value = random.happens(0.85) ? own[0] : random.pick(own)
  return ` ${name}="${value}"`
}
