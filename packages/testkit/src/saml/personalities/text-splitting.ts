import { canonicalizations } from '../xml/canonical.ts'
import { all, element, first, type XmlElement, type XmlNode } from '../xml/tree.ts'
import { attributed } from './content-edits.ts'
import { beforeStatus, respell, styled } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const splitting = 'CERT VU#475445 (2018): a value is all text of its element, and nothing but text'
const instructionAsText = 'OneUptime issue 2988: a canonicaliser must not write an instruction as text'

/** After signing, splits the text of an element where the attacker's domain begins. */
function split(name: string, at: string, node: XmlNode): (root: XmlElement) => XmlElement {
  return (root) => {
    respell(root, name, (text) => {
      const index = text.indexOf(at)
      return index === -1 ? [text] : [text.slice(0, index), node, text.slice(index)]
    })
    return root
  }
}

const attacker = '.attacker.example'
const victim = `victim@acme.example`
const registered = <User extends object>(good: User) => ({ ...good, nameId: `${victim}${attacker}` })

/**
 * Attackers who have an account with a name that ends like a victim's begins, and split it. Comments are not part of
 * the canonical form, so the signature stays good.
 */
export const textSplitting = {
  'comment-in-name-id': {
    wrong: 'a comment splits the NameID, and the first part is the name of somebody else',
    specification: splitting,
    login: 'must-fail',
    hooks: { user: registered, signed: split('NameID', attacker, { comment: '' }) },
  },
  'comment-in-attribute': {
    wrong: "a comment splits the user's address, and the first part is the address of somebody else",
    specification: splitting,
    login: 'must-fail',
    hooks: {
      user: attributed('email', (good) => [{ ...good, values: [`${victim}${attacker}`] }]),
      signed: split('AttributeValue', attacker, { comment: '' }),
    },
  },
  'comment-in-audience': {
    wrong: 'a comment splits the audience, which is another service provider; the first part is this one',
    specification: splitting,
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        respell(root, 'Audience', (text) => [`${text}${attacker}`])
        return root
      },
      signed: split('Audience', attacker, { comment: '' }),
    },
  },
  'signed-comment-in-name-id': {
    wrong: 'a comment splits the NameID, and the canonical form is called one with comments',
    specification: splitting,
    login: 'must-fail',
    hooks: {
      user: registered,
      plan: styled({ canonicalization: canonicalizations['exclusive-with-comments'] }),
      unsigned: split('NameID', attacker, { comment: '' }),
    },
  },
  'comment-between-elements': {
    wrong: 'there is a comment between two elements, where it harms nobody',
    specification: 'saml-core section 5.4.3 does not forbid it; some refuse all comments',
    login: 'may-succeed',
    hooks: { text: beforeStatus('<!-- harmless -->') },
  },
  'instruction-in-name-id': {
    wrong: 'the first letters of the NameID were made the content of a processing instruction',
    specification: instructionAsText,
    login: 'must-fail',
    hooks: {
      user: (good) => ({ ...good, nameId: 'not-victim' }),
      signed(root) {
        first(root, 'NameID').children = [{ target: 'p', data: 'not-' }, 'victim']
        return root
      },
    },
  },
  'signed-instruction-in-name-id': {
    wrong: 'a processing instruction splits the NameID, and is signed',
    specification: splitting,
    login: 'must-fail',
    hooks: { user: registered, unsigned: split('NameID', attacker, { target: 'p', data: 'x' }) },
  },
  'instruction-between-elements': {
    wrong: 'there is a processing instruction between two elements',
    specification: 'saml-core section 1.1: none has a meaning; some refuse all of them',
    login: 'may-succeed',
    hooks: { text: beforeStatus('<?harmless ?>') },
  },
  'element-in-name-id': {
    wrong: 'the NameID has an element in it, and the text in front of it is the name of somebody else',
    specification: splitting,
    login: 'must-fail',
    hooks: {
      user: registered,
      unsigned: split('NameID', attacker, element('x:b', { 'xmlns:x': 'urn:example:x' })),
    },
  },
  'element-in-attribute': {
    wrong: 'the address has an element in it',
    specification: splitting,
    login: 'must-fail',
    hooks: {
      user: attributed('email', (good) => [{ ...good, values: [`${victim}${attacker}`] }]),
      unsigned: split('AttributeValue', attacker, element('x:b', { 'xmlns:x': 'urn:example:x' })),
    },
  },
  'element-in-audience': {
    wrong: 'the audience is inside an element',
    specification: splitting,
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        for (const audience of all(root, 'Audience'))
          audience.children = [element('x:b', { 'xmlns:x': 'urn:example:x' }, ...audience.children)]
        return root
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
