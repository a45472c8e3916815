import { type EncryptionStyle, keyTransports } from '../crypto/encrypt.ts'
import { encryptPkcs1 } from '../crypto/raw-rsa.ts'
import { base64, fromBase64 } from '../encoding.ts'
import { ns } from '../names.ts'
import { all, element, first, isElement, localName, type XmlElement } from '../xml/tree.ts'
import type { ProtectionPlan, SamlPersonalityEntry } from './personality.ts'

const encrypting = 'saml-core section 6'
const oracle = 'Jager and Somorovsky, "How to Break XML Encryption" (2011)'
const needs = 'encryption'

/** The good plan, encrypted in another style; by default AES-256-GCM with RSA-OAEP. */
export function encrypted(
  change: Partial<EncryptionStyle> = {},
  plan: Partial<ProtectionPlan> = {},
): (good: ProtectionPlan) => ProtectionPlan {
  return (good) => ({
    ...good,
    sign: 'assertion',
    encrypt: 'assertion',
    ...plan,
    encryption: good.encryption && {
      ...good.encryption,
      cipher: 'aes256-gcm',
      keyTransport: 'rsa-oaep-mgf1p',
      ...change,
    },
  })
}

/** Changes the octets of the last CipherValue, which is that of the content. */
function changeCiphertext(root: XmlElement, change: (octets: Uint8Array) => Uint8Array): XmlElement {
  const value = all(root, 'CipherValue').at(-1)
  if (value !== undefined) value.children = [base64(change(fromBase64(value.children.join(''))))]
  return root
}

function flipLast(octets: Uint8Array): Uint8Array {
  return octets.with(-1, (octets.at(-1) ?? 0) ^ 1)
}

const mismatched = () =>
  element(
    'xenc:EncryptionMethod',
    { Algorithm: `${ns.xenc11}rsa-oaep` },
    element('ds:DigestMethod', { Algorithm: `${ns.xenc}sha256` }),
    element('xenc11:MGF', { 'xmlns:xenc11': ns.xenc11, Algorithm: `${ns.xenc11}mgf1sha1` }),
  )

/** Encrypted answers, good and bad. */
export const encryptions = {
  'encrypted-assertion': {
    wrong: 'nothing: the signed Assertion is encrypted',
    specification: encrypting,
    login: 'must-succeed',
    needs,
    hooks: { plan: encrypted() },
  },
  'encrypted-with-aes-128': {
    wrong: 'nothing: the signed Assertion is encrypted with AES-128-GCM',
    specification: encrypting,
    login: 'must-succeed',
    needs,
    hooks: { plan: encrypted({ cipher: 'aes128-gcm' }) },
  },
  'encrypted-with-oaep-sha256': {
    wrong: 'nothing: the key is handed over by RSA-OAEP with SHA-256 throughout',
    specification: 'XML Encryption 1.1 section 5.5.2',
    login: 'must-succeed',
    needs,
    hooks: { plan: encrypted({ keyTransport: 'rsa-oaep-sha256' }) },
  },
  'encrypted-in-signed-response': {
    wrong: 'nothing: the signed Assertion is encrypted, and the Response around it signed',
    specification: encrypting,
    login: 'must-succeed',
    needs,
    hooks: { plan: encrypted({}, { sign: 'both' }) },
  },
  'encrypted-and-only-response-signed': {
    wrong: 'the Assertion is encrypted and not signed, only the Response around it is',
    specification:
      'saml-core section 6.2: the signature covers the ciphertext; some want to see the Assertion signed',
    login: 'may-succeed',
    needs,
    hooks: { plan: encrypted({}, { sign: 'response' }) },
  },
  'encrypted-by-cbc-in-signed-response': {
    wrong:
      'nothing: AES-256-CBC, which does not protect itself, is protected by the signature of the Response',
    specification: oracle,
    login: 'must-succeed',
    needs,
    hooks: { plan: encrypted({ cipher: 'aes256-cbc' }, { sign: 'both' }) },
  },
  'encrypted-name-id': {
    wrong: 'nothing: the NameID is encrypted',
    specification: 'saml-core section 2.2.4',
    login: 'must-succeed',
    needs,
    hooks: { plan: encrypted({}, { encrypt: 'name-id' }) },
  },
  'encrypted-key-beside-data': {
    wrong: 'the key stands beside the data, in EncryptedAssertion, instead of inside',
    specification: 'saml-core section 2.3.4: zero or more EncryptedKey',
    login: 'may-succeed',
    needs,
    hooks: {
      plan: encrypted(),
      signed(root) {
        const key = first(root, 'EncryptedKey')
        const data = first(root, 'EncryptedData')
        data.children = data.children.filter((child) => !isElement(child) || localName(child) !== 'KeyInfo')
        Object.assign(key.attributes, { 'xmlns:xenc': ns.xenc, 'xmlns:ds': ns.ds })
        first(root, 'EncryptedAssertion').children.push(key)
        return root
      },
    },
  },
  'encrypted-by-cbc': {
    wrong: 'AES-256-CBC, which does not protect itself, and nothing around it is signed',
    specification: oracle,
    login: 'must-fail',
    needs,
    hooks: { plan: encrypted({ cipher: 'aes256-cbc' }) },
  },
  'encrypted-by-rsa-1.5': {
    wrong: 'the key is handed over by RSA with the padding of PKCS#1 version 1.5',
    specification: 'Bleichenbacher (1998); XML Encryption 1.1 section 5.5.1',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted(
        {
          keyTransport: {
            name: () => element('xenc:EncryptionMethod', { Algorithm: `${ns.xenc}rsa-1_5` }),
            wrap: encryptPkcs1,
          },
        },
        { sign: 'both' },
      ),
    },
  },
  'encrypted-by-3des': {
    wrong: 'the content is said to be encrypted with triple DES',
    specification: 'NIST SP 800-131A revision 2 section 2: disallowed',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted(),
      signed(root) {
        first(root, 'EncryptionMethod').attributes['Algorithm'] = `${ns.xenc}tripledes-cbc`
        return root
      },
    },
  },
  'encrypted-with-wrong-oaep-mask': {
    wrong: 'RSA-OAEP is said to have another mask function than it has',
    specification: 'XML Encryption 1.1 section 5.5.2',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted({ keyTransport: { ...keyTransports['rsa-oaep-sha256'], name: mismatched } }),
    },
  },
  'encrypted-with-wrong-tag': {
    wrong: 'the last bit of the authentication tag is wrong',
    specification: 'CVE-2026-32313 of xmlseclibs; XML Encryption 1.1 section 5.2.4',
    login: 'must-fail',
    needs,
    hooks: { plan: encrypted(), signed: (root) => changeCiphertext(root, flipLast) },
  },
  'encrypted-with-short-tag': {
    wrong: 'the authentication tag has but four octets',
    specification: 'XML Encryption 1.1 section 5.2.4: 128 bits',
    login: 'must-fail',
    needs,
    hooks: { plan: encrypted(), signed: (root) => changeCiphertext(root, (octets) => octets.slice(0, -12)) },
  },
  'encrypted-and-empty': {
    wrong: 'the ciphertext is empty',
    specification: encrypting,
    login: 'must-fail',
    needs,
    hooks: { plan: encrypted(), signed: (root) => changeCiphertext(root, () => new Uint8Array(0)) },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
