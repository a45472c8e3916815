import type { SamlUser } from '../message/content.ts'
import { nameIdFormat } from '../names.ts'
import { all, element, first } from '../xml/tree.ts'
import { attributed, named } from './content-edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const single = 'no specification: an identity has one value, and a second is somebody else'
const vouched = 'no specification: a provider vouches only for the domains that it was given'
const plain = 'RFC 5321 section 4.1.2; Unicode Technical Report 36: what looks alike is not the same'

/** The user has this address. */
function addressed(
  wrong: string,
  specification: string,
  address: (good: string) => readonly string[],
): SamlPersonalityEntry {
  return {
    wrong,
    specification,
    login: 'must-fail',
    hooks: {
      user: attributed('email', (good) => [{ ...good, values: address(good.values[0] ?? '') }]),
    },
  }
}

function withEmailNameId(change: (good: SamlUser) => string): (good: SamlUser) => SamlUser {
  return (good) => ({ ...good, nameId: change(good), nameIdFormat: nameIdFormat.email })
}

function addressOf({ attributes }: SamlUser): string {
  return attributes.find(({ name }) => name === 'email')?.values[0] ?? 'user@acme.example'
}

/** Users whose names or addresses must not be believed. The provider signs them. The address is in `email`. */
export const values = {
  'email-as-name-id': {
    wrong: 'nothing: the NameID is an e-mail address, and there is no attribute for it',
    specification: 'saml-core section 8.3.2',
    login: 'may-succeed',
    hooks: {
      user: (good) => ({
        ...withEmailNameId(addressOf)(good),
        attributes: good.attributes.filter(({ name }) => name !== 'email'),
      }),
    },
  },
  'transient-name-id': {
    wrong: 'the NameID is for this session only, and can not tell who the user is the next time',
    specification: 'saml-core section 8.3.8',
    login: 'may-succeed',
    hooks: { user: (good) => ({ ...good, nameId: '_only-today', nameIdFormat: nameIdFormat.transient }) },
  },
  'no-name-id': {
    wrong: 'the subject has no NameID',
    specification: 'saml-core section 2.4.1',
    login: 'may-succeed',
    hooks: { content: named(() => undefined) },
  },
  'empty-name-id': {
    wrong: 'the NameID is empty',
    specification: 'saml-core section 1.3.1: values have at least one character that is not white space',
    login: 'must-fail',
    hooks: { content: named((good) => ({ ...good, value: '' })) },
  },
  'blank-name-id': {
    wrong: 'the NameID is a blank',
    specification: 'saml-core section 1.3.1: values have at least one character that is not white space',
    login: 'must-fail',
    hooks: { content: named((good) => ({ ...good, value: ' ' })) },
  },
  'two-name-ids': {
    wrong: 'the subject has two NameIDs, the first is of somebody else',
    specification: 'saml-core section 2.4.1: one identifier',
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        first(root, 'Subject').children.unshift(element('saml:NameID', {}, 'victim'))
        return root
      },
    },
  },
  'two-subjects': {
    wrong: 'the Assertion has two subjects, the first is somebody else',
    specification: 'saml-core section 2.3.3: at most one',
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        const { children } = first(root, 'Assertion')
        const other = element('saml:Subject', {}, element('saml:NameID', {}, 'victim'))
        children.splice(children.indexOf(first(root, 'Subject')), 0, other)
        return root
      },
    },
  },
  'two-email-values': addressed('the user has two addresses, the first of somebody else', single, (good) => [
    good.replace(/^[^@]*/, 'victim'),
    good,
  ]),
  'two-email-attributes': {
    wrong: 'the attribute with the address comes twice, first with that of somebody else',
    specification: single,
    login: 'must-fail',
    hooks: {
      user: attributed('email', (good) => [
        { ...good, values: good.values.map((value) => value.replace(/^[^@]*/, 'victim')) },
        good,
      ]),
    },
  },
  'element-as-email': {
    wrong: 'the value of the address is an element with the address in it',
    specification: 'saml-core section 2.7.3.1.1: this is not a text',
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        for (const attribute of all(root, 'Attribute').filter(
          ({ attributes }) => attributes['Name'] === 'email',
        ))
          for (const value of all(attribute, 'AttributeValue'))
            value.children = [element('x:mail', { 'xmlns:x': 'urn:example:x' }, ...value.children)]
        return root
      },
    },
  },
  'email-of-another-domain': addressed(
    'the address is in a domain that is not of this provider',
    vouched,
    (good) => [good.replace(/@.*/, '@attacker.example')],
  ),
  'email-of-sub-domain': addressed(
    'the address is in a domain below that of this provider',
    vouched,
    (good) => [good.replace('@', '@attacker.')],
  ),
  'email-domain-as-prefix': addressed(
    'the domain of the address only begins like that of this provider',
    vouched,
    (good) => [`${good}.attacker.example`],
  ),
  'email-with-two-ats': addressed('the address has two at signs', vouched, (good) => [
    `victim@attacker.example@${good.split('@')[1]}`,
  ]),
  'email-with-look-alike': {
    ...addressed('a letter of the address only looks like one', plain, (good) => [
      good.replace('e', '\u0435'),
    ]),
    // RFC 6531 allows it in front of the @, and who is whom there is for the domain's owner to say.
    login: 'may-succeed',
  },
  'email-with-kelvin-sign': addressed(
    'the address has a Kelvin sign, which becomes a k in small letters',
    plain,
    (good) => [`\u212a${good}`],
  ),
  'email-with-invisible-character': addressed('the address has a character of no width', plain, (good) => [
    good.replace('@', '\u200b@'),
  ]),
  'email-with-line-end': addressed('the address has a line end in it', 'RFC 5321 section 4.1.2', (good) => [
    good.replace('@', '\n@'),
  ]),
  'email-with-blanks': {
    ...addressed('the address has blanks around it', 'RFC 5321 section 4.1.2', (good) => [` ${good} `]),
    login: 'may-succeed',
  },
  'email-in-capitals': {
    ...addressed('nothing: the address is in capital letters', 'RFC 5321 section 2.4', (good) => [
      good.toUpperCase(),
    ]),
    login: 'must-succeed',
  },
  'email-not-an-address': addressed('the address has no at sign', 'RFC 5321 section 4.1.2', () => ['user']),
  'no-email': {
    wrong: 'the provider gives no e-mail address',
    specification: 'saml-core section 2.7.3: attributes are optional',
    login: 'may-succeed',
    hooks: { user: attributed('email', () => []) },
  },
  'no-attributes': {
    wrong: 'the provider says nothing about the user but the NameID',
    specification: 'saml-profiles section 4.1.4.2: attribute statements are optional',
    login: 'may-succeed',
    hooks: { user: (good) => ({ ...good, attributes: [] }) },
  },
  'names-of-prototypes': {
    wrong: 'attributes are called like members of every JavaScript object',
    specification: 'CWE-1321',
    login: 'may-succeed',
    hooks: {
      user: (good) => ({
        ...good,
        attributes: [
          ...['__proto__', 'constructor', 'toString'].map((name) => ({ name, values: ['administrators'] })),
          ...good.attributes,
        ],
      }),
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
