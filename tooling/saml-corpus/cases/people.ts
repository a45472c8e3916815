import { first, insertAfter, type SamlHooks, type SamlUser } from '@doorward/testkit/saml'
import { unsigned, withAttributes, withPersonal, withText } from '../edits.ts'
import { accepted, type PlannedCase, refused } from '../planned-case.ts'
import { assertion, attribute } from './refusals.ts'

const asked = 'saml-core section 3.4.1.1: NameIDPolicy; whoever takes the request along can ask for another'
const mapping = 'saml-core section 2.7.3; attribute_mapping in docs/configuration.md'
const EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

const unprintable = attribute('an attribute holds control characters, or is longer than any')
const tooMany = attribute('more or longer groups than a session can hold')
const notThere = attribute('the attribute is missing or empty that attribute_mapping names as uid')
const tooLong = assertion('a name is longer than any')
const several = attribute('an attribute that may have one value has several')

function named(nameId: string, nameIdFormat: string): (good: SamlUser) => SamlUser {
  return (good) => ({ ...good, nameId, nameIdFormat })
}

const nameIdOf = (value: string, format: string) => ({
  value,
  format,
  nameQualifier: undefined,
  spNameQualifier: undefined,
})

const saidTrue = ['true', '1', 't', 'y', 'yes', 'TRUE', 'Yes']
const saidOtherwise = ['false', '0', 'no', 'ok', 'verified', 'on']

const verified: readonly PlannedCase[] = [
  ...saidTrue.map((value) =>
    accepted(
      `email-verified-${value === value.toLowerCase() ? value : `in-capitals-${value.toLowerCase()}`}`,
      `The address is said to be verified by "${value}"`,
      {
        specification: mapping,
        hooks: withPersonal({ email_verified: [value] }),
        identity: { emailVerified: true },
      },
    ),
  ),
  ...saidOtherwise.map((value) =>
    accepted(
      `email-not-verified-${value}`,
      `Whether the address is verified is said by "${value}", which is no yes`,
      {
        specification: mapping,
        hooks: withPersonal({ email_verified: [value] }),
      },
    ),
  ),
  accepted(
    'email-verified-about-another-address',
    'The address is the NameID, and what is said to be verified is an attribute that is not there',
    {
      specification: 'no specification: what is said about one address says nothing about another one',
      hooks: {
        user: (good) => {
          const { attributes } = withPersonal({ email: [], email_verified: ['true'] }).user?.(good) ?? good
          return { ...good, nameId: 'user@acme.example', nameIdFormat: EMAIL, attributes }
        },
      },
      identity: { nameId: nameIdOf('user@acme.example', EMAIL) },
    },
  ),
  accepted('email-within-domain', 'The address is in the domain that the administrator vouches for', {
    specification: 'no specification: a provider vouches only for the domains that it was given',
    expected: { emailDomain: 'acme.example' },
    identity: { emailVerified: true },
  }),
  refused('email-not-verified-within-domain', 'the provider says itself that the address is not verified', {
    base: 'email-within-domain',
    specification: 'no specification: an unverified address belongs to nobody',
    expected: { emailDomain: 'acme.example' },
    hooks: withPersonal({ email_verified: ['false'] }),
    refusal: ['email_unverified', 'the identity provider says that the e-mail address is not verified'],
  }),
  refused('email-verified-empty-within-domain', 'whether the address is verified is said by nothing', {
    base: 'email-within-domain',
    specification: 'no specification: whatever is no yes is a no',
    expected: { emailDomain: 'acme.example' },
    hooks: withPersonal({ email_verified: [' '] }),
    refusal: ['email_unverified', 'the identity provider says that the e-mail address is not verified'],
  }),
  refused('email-not-verified-as-name-id', 'the address is the NameID, and said to be not verified', {
    base: 'email-within-domain',
    specification: 'no specification: a no counts for whatever address there is',
    expected: { emailDomain: 'acme.example' },
    hooks: {
      user: (good) => {
        const { attributes } = withPersonal({ email: [], email_verified: ['false'] }).user?.(good) ?? good
        return { ...good, nameId: 'user@acme.example', nameIdFormat: EMAIL, attributes }
      },
    },
    refusal: ['email_unverified', 'the identity provider says that the e-mail address is not verified'],
  }),
  refused(
    'email-missing-within-domain',
    'there is no address, and the connection may bring only those of a domain',
    {
      base: 'email-within-domain',
      specification: 'no specification: a provider vouches only for the domains that it was given',
      expected: { emailDomain: 'acme.example' },
      hooks: withPersonal({ email: [] }),
      refusal: ['email_missing', 'the identity provider sent no e-mail address'],
    },
  ),
]

const uid = { attributes: { uid: ['employeeNumber', 'username'] } } as const

const subjects: readonly PlannedCase[] = [
  accepted('uid-by-attribute', 'An attribute says who it is, and not the NameID', {
    specification: mapping,
    expected: uid,
    hooks: withPersonal({ employeeNumber: ['4711'] }),
    identity: { subject: '4711' },
  }),
  accepted(
    'uid-by-second-attribute',
    'The second of two attributes says who it is, for the first is not there',
    {
      specification: mapping,
      expected: uid,
      identity: { subject: 'user' },
    },
  ),
  accepted(
    'uid-beside-transient-name-id',
    'The NameID is for this session only, and an attribute says who it is',
    {
      specification: 'saml-core section 8.3.8',
      expected: uid,
      hooks: { user: named('_only-today', TRANSIENT) },
      identity: { subject: 'user', nameId: nameIdOf('_only-today', TRANSIENT) },
    },
  ),
  refused('uid-missing', 'the attribute is not there that says who it is', {
    base: 'uid-by-second-attribute',
    specification: 'no specification: the name of one person may be the number of another',
    expected: uid,
    hooks: withPersonal({ username: [] }),
    refusal: notThere,
  }),
  refused('uid-empty', 'the attribute is empty that says who it is, and another one is not', {
    base: 'uid-by-second-attribute',
    specification: 'no specification: the name of one person may be the number of another',
    expected: uid,
    hooks: withPersonal({ employeeNumber: [' '] }),
    refusal: notThere,
  }),
  refused('username-with-no-break-space', 'there is a no-break space behind the user name', {
    specification: 'no specification: "user " and "user" may be two people',
    hooks: withPersonal({ username: ['user\u00a0'] }),
    refusal: attribute('there is white space around the username'),
  }),
  accepted('asked-name-id-format', 'The NameID is of the format that was asked for', {
    specification: asked,
    expected: { nameIdFormat: PERSISTENT },
  }),
  accepted('unspecified-name-id-format', 'It was asked for a NameID of any format', {
    specification: asked,
    expected: { nameIdFormat: UNSPECIFIED },
  }),
  accepted(
    'other-name-id-format-beside-uid',
    'The NameID is of another format, and an attribute says who it is',
    {
      specification: asked,
      expected: { ...uid, nameIdFormat: EMAIL },
      identity: { subject: 'user' },
    },
  ),
  refused('other-name-id-format', 'the NameID is of another format than was asked for', {
    specification: asked,
    expected: { nameIdFormat: EMAIL },
    refusal: attribute(
      'the NameID is of another format than name_id_format says, and attribute_mapping names no uid',
    ),
  }),
  refused('uid-with-blank', 'there is a blank behind the attribute that says who it is', {
    base: 'uid-by-attribute',
    specification: 'no specification: "user " and "user" may be two people',
    expected: uid,
    hooks: withPersonal({ employeeNumber: ['4711 '] }),
    refusal: attribute('there is white space around the uid'),
  }),
  refused('uid-twice', 'the attribute that says who it is has two values', {
    base: 'uid-by-attribute',
    specification: 'no specification: an identity has one value, and a second is somebody else',
    expected: uid,
    hooks: withPersonal({ employeeNumber: ['4711', '4712'] }),
    refusal: several,
  }),
  refused('uid-with-control-character', 'the attribute that says who it is has a control character in it', {
    base: 'uid-by-attribute',
    specification: 'no specification: what can not be shown can not be compared',
    expected: uid,
    hooks: withPersonal({ employeeNumber: ['47\u008511'] }),
    refusal: unprintable,
  }),
  refused('name-id-with-control-character', 'the NameID has a control character in it', {
    specification: 'no specification: what can not be shown can not be compared',
    hooks: withText('NameID', 'user\u00851'),
    refusal: unprintable,
  }),
  refused('name-id-too-long', 'the NameID has more than 1024 characters', {
    specification: 'saml-core section 8.3.7 allows 256',
    hooks: withText('NameID', 'x'.repeat(1025)),
    refusal: tooLong,
  }),
  refused('name-id-format-too-long', 'the Format of the NameID has more than 1024 characters', {
    specification: 'saml-core section 2.2.2 has an URI there',
    hooks: withAttributes('NameID', { Format: `urn:${'x'.repeat(1021)}` }),
    refusal: tooLong,
  }),
  refused('name-qualifier-too-long', 'the NameQualifier has more than 1024 characters', {
    specification: 'saml-core section 8.3.6 allows an entity ID 1024',
    hooks: withAttributes('NameID', { NameQualifier: 'x'.repeat(1025) }),
    refusal: tooLong,
  }),
  refused('sp-name-qualifier-too-long', 'the SPNameQualifier has more than 1024 characters', {
    specification: 'saml-core section 8.3.6 allows an entity ID 1024',
    hooks: withAttributes('NameID', { SPNameQualifier: 'x'.repeat(1025) }),
    refusal: tooLong,
  }),
  refused('session-index-too-long', 'the SessionIndex has more than 1024 characters', {
    specification: 'no specification: it is kept with the session, and looked for',
    hooks: withAttributes('AuthnStatement', { SessionIndex: 'x'.repeat(1025) }),
    refusal: tooLong,
  }),
  refused('groups-with-line-end', 'the name of a group has a line end in it', {
    specification: mapping,
    hooks: withPersonal({ groups: ['staff', 'a\nb'] }),
    refusal: unprintable,
  }),
  refused('too-many-groups', 'the person is in a thousand groups and one', {
    specification: 'no specification: to leave some out could let somebody in',
    hooks: withPersonal({ groups: Array.from({ length: 1001 }, (_, index) => `g${index}`) }),
    refusal: tooMany,
  }),
  refused('element-as-group', 'one of several groups is made of an element', {
    specification: 'saml-core section 2.7.3.1.1',
    hooks: unsigned((root) => {
      const last = first(root, 'AttributeStatement').children.at(-1)
      if (typeof last !== 'object' || !('children' in last)) throw new Error('there are no groups')
      last.children.push({
        name: 'saml:AttributeValue',
        attributes: {},
        children: [{ name: 'saml:x', attributes: {}, children: ['admins'] }],
      })
    }),
    refusal: attribute('the value of an attribute is made of elements'),
  }),
]

/** Gives the attribute with the address other attributes of its own. */
function emailWritten(
  change: (attribute: SamlUser['attributes'][number]) => SamlUser['attributes'][number],
): SamlHooks {
  return {
    user: (good) => ({
      ...good,
      attributes: good.attributes.map((one) => (one.name === 'email' ? change(one) : one)),
    }),
  }
}

const MAIL = 'urn:oid:0.9.2342.19200300.100.1.3'

const attributes: readonly PlannedCase[] = [
  accepted('groups-to-the-letter', 'A group has a blank behind it, and another value is empty', {
    specification: mapping,
    hooks: withPersonal({ groups: ['staff ', ' ', 'engineering'] }),
    identity: { groups: ['staff ', 'engineering'] },
  }),
  accepted('name-id-format-with-white-space', 'There is white space around the format of the NameID', {
    specification: 'XML Schema part 2 section 4.3.6: white space around a URI is collapsed',
    hooks: withAttributes('NameID', { Format: ` ${PERSISTENT}\n` }),
  }),
  accepted('values-with-white-space', 'Values that are shown have blanks around them', {
    specification: mapping,
    hooks: withPersonal({ firstName: ['  User '], lastName: ['One\t'] }),
  }),
  accepted(
    'name-before-friendly-name',
    'One attribute has the name that another has as FriendlyName, and the name counts',
    {
      specification: mapping,
      hooks: {
        user: (good) => ({
          ...good,
          attributes: [
            { name: 'urn:other', friendlyName: 'email', values: ['other@acme.example'] },
            ...good.attributes,
          ],
        }),
      },
    },
  ),
  accepted('email-by-friendly-name', 'The address is known by its FriendlyName only', {
    specification: mapping,
    hooks: emailWritten((one) => ({ ...one, name: MAIL, friendlyName: 'email' })),
  }),
  accepted('first-name-that-is-there', 'Of three names for the address the second is there', {
    specification: mapping,
    expected: { attributes: { email: ['urn:none', MAIL, 'email'] } },
    hooks: withPersonal({ [MAIL]: ['mail@acme.example'] }),
    identity: { email: 'mail@acme.example' },
  }),
  accepted('empty-value-is-none', 'The first of two names for the address has an empty value', {
    specification: mapping,
    expected: { attributes: { email: ['mail', 'email'] } },
    hooks: withPersonal({ mail: [''] }),
  }),
  accepted('full-name-and-picture', 'The person has a full name and a picture', {
    specification: mapping,
    hooks: withPersonal({ name: ['User One'], picture: ['https://idp.example/user.png'] }),
    identity: { name: 'User One', picture: 'https://idp.example/user.png' },
  }),
  accepted('statements-of-attributes', 'Attributes stand in two statements', {
    specification: 'saml-core section 2.7',
    hooks: unsigned((root) => {
      const statement = first(root, 'AttributeStatement')
      const [moved] = statement.children.splice(-1)
      if (moved !== undefined)
        insertAfter(root, statement, { name: 'saml:AttributeStatement', attributes: {}, children: [moved] })
    }),
  }),
  accepted('nameless-attribute', 'An attribute that nobody asked for has no name', {
    specification: 'saml-core section 2.7.3.1',
    hooks: unsigned((root) => {
      first(root, 'AttributeStatement').children.push({
        name: 'saml:Attribute',
        attributes: {},
        children: [],
      })
    }),
  }),
  refused('two-friendly-names', 'two attributes have the address as their FriendlyName', {
    base: 'email-by-friendly-name',
    specification: 'no specification: an identity has one value, and a second is somebody else',
    hooks: {
      user: (good) => ({
        ...good,
        attributes: [
          ...good.attributes.filter(({ name }) => name !== 'email'),
          { name: 'urn:1', friendlyName: 'email', values: ['user@acme.example'] },
          { name: 'urn:2', friendlyName: 'email', values: ['victim@acme.example'] },
        ],
      }),
    },
    refusal: several,
  }),
  refused('two-values-of-shown-name', 'the person has two first names in two values', {
    specification: mapping,
    hooks: withPersonal({ firstName: ['User', 'Victim'] }),
    refusal: several,
  }),
]

/** Who an assertion says it is. */
export const peopleCases: readonly PlannedCase[] = [...verified, ...subjects, ...attributes]
