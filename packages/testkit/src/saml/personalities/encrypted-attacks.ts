import { encryptElement } from '../message/encrypt.ts'
import { ns } from '../names.ts'
import { all, element, first, isElement, replace, type XmlElement } from '../xml/tree.ts'
import { forgedAssertion } from './edits.ts'
import { encrypted } from './encryption.ts'
import type { ResponseStep, SamlPersonalityEntry } from './personality.ts'

const encrypting = 'saml-core section 6'
const needs = 'encryption'

/** Encrypts what is no assertion, or not only one. The Response is signed, so that nothing else is wrong. */
function decryptingTo(
  wrong: string,
  plaintext: (good: string, step: ResponseStep) => string,
): SamlPersonalityEntry {
  return {
    wrong,
    specification: `${encrypting}; saml-core section 2.3.4: the content is an Assertion`,
    login: 'must-fail',
    needs,
    hooks: { plan: encrypted({}, { sign: 'both' }), plaintext },
  }
}

/** What an attacker can encrypt, who knows the public key as everybody does. */
async function encryptForged(root: XmlElement, { plan }: ResponseStep): Promise<XmlElement> {
  const forged = forgedAssertion(root)
  const holder = element('holder', {}, forged)
  if (plan.encryption === undefined) throw new Error('to encrypt, options.encryption has to say for whom')
  await encryptElement(holder, forged, plan.encryption)
  return holder.children.filter(isElement)[0] ?? holder
}

/** What attackers encrypt, who know the public key as everybody does, and what is not to be found in there. */
export const encryptedAttacks = {
  'encrypted-for-somebody-else': {
    wrong: 'the Assertion is encrypted for another service provider',
    specification: encrypting,
    login: 'must-fail',
    needs,
    hooks: {
      async plan(good, keys) {
        return encrypted({ certificate: (await keys.get('stranger')).certificate })(good)
      },
    },
  },
  'encrypted-content-elsewhere': {
    wrong: 'the ciphertext is at an address',
    specification: 'XML Encryption 1.1 section 3.3.1: a request to wherever the sender likes',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted(),
      signed(root) {
        const value = all(root, 'CipherValue').at(-1)
        const reference = element('xenc:CipherReference', { URI: 'http://127.0.0.1:9/ciphertext' })
        if (value !== undefined) replace(root, value, reference)
        return root
      },
    },
  },
  'encrypted-key-elsewhere': {
    wrong: 'the encrypted key is at an address',
    specification: 'XML Encryption 1.1 section 3.5.2: a request to wherever the sender likes',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted(),
      signed(root) {
        const method = element('ds:RetrievalMethod', { URI: 'http://127.0.0.1:9/key' })
        replace(root, first(root, 'EncryptedKey'), method)
        return root
      },
    },
  },
  'encrypted-forgery': {
    wrong: 'a forged Assertion without a signature is encrypted',
    specification: 'CVE-2024-4985 and CVE-2024-9487 of GitHub Enterprise: encryption proves nothing',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted({}, { encrypt: 'nothing' }),
      async signed(root, step) {
        replace(root, first(root, 'Assertion'), await encryptForged(root, step))
        return root
      },
    },
  },
  'encrypted-forgery-beside-signed': {
    wrong: 'a forged Assertion is encrypted, in front of the signed one in the clear',
    specification: 'CVE-2024-9487 of GitHub Enterprise; saml-core section 5.4.2',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted({}, { encrypt: 'nothing' }),
      async signed(root, step) {
        const good = first(root, 'Assertion')
        replace(root, good, await encryptForged(root, step), good)
        return root
      },
    },
  },
  'encrypted-wrapping': {
    wrong: 'the signed Assertion is encrypted together with a forged one around it',
    specification: 'CVE-2024-9487 of GitHub Enterprise; XSW4 within the ciphertext',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted(),
      plaintext: (good) =>
        `${good
          .replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, '')
          .replace(/ ID="[^"]*"/, ' ID="_forged-assertion"')
          .replace(/>[^<]*<\/saml:NameID>/, '>victim</saml:NameID>')
          .replace(/<\/saml:Assertion>$/, '')}${good}</saml:Assertion>`,
    },
  },
  'encrypted-response': decryptingTo(
    'what is encrypted is a Response',
    (good) => `<samlp:Response xmlns:samlp="${ns.samlp}" ID="_inner" Version="2.0">${good}</samlp:Response>`,
  ),
  'encrypted-text': decryptingTo('what is encrypted is a text', () => 'victim'),
  'encrypted-nothing': decryptingTo('what is encrypted is empty', () => ''),
  'encrypted-name-id-as-assertion': decryptingTo(
    'what is encrypted is a NameID',
    () => `<saml:NameID xmlns:saml="${ns.saml}">victim</saml:NameID>`,
  ),
  'encrypted-two-assertions': decryptingTo('what is encrypted is two Assertions', (good) => good + good),
  'encrypted-doctype': decryptingTo('what is encrypted has a document type', (good) => `<!DOCTYPE x>${good}`),
  'encrypted-twice': {
    wrong: 'what is encrypted is an EncryptedAssertion',
    specification: 'saml-core section 2.3.4: the content is an Assertion',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted(),
      async signed(root, { plan }) {
        const inner = first(root, 'EncryptedAssertion')
        if (plan.encryption !== undefined) await encryptElement(root, inner, plan.encryption)
        return root
      },
    },
  },
  'two-encrypted-assertions': {
    wrong: 'the Response has the encrypted Assertion twice',
    specification: 'saml-core section 1.3.4: an ID is unique',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted(),
      signed(root) {
        root.children.push(first(root, 'EncryptedAssertion'))
        return root
      },
    },
  },
  'encrypted-key-flood': {
    wrong: 'the content comes with a thousand encrypted keys',
    specification: 'no specification: each costs an RSA operation',
    login: 'must-fail',
    needs,
    hooks: {
      plan: encrypted(),
      signed(root) {
        const key = first(root, 'EncryptedKey')
        replace(root, key, ...Array.from({ length: 999 }, () => key), key)
        return root
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
