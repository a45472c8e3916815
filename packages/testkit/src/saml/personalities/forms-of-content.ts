import { confirmationMethod, nameIdFormat, ns } from '../names.ts'
import { all, clone, element, first, insertAfter, type XmlElement } from '../xml/tree.ts'
import { attributed, authenticated, conditioned, confirmed, named } from './content-edits.ts'
import { extend, foreign } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

/** Writes times with a fraction of a second. */
function fractional(fraction: string): (root: XmlElement) => XmlElement {
  const times = ['IssueInstant', 'NotBefore', 'NotOnOrAfter', 'AuthnInstant', 'SessionNotOnOrAfter']
  return (root) => {
    for (const node of [
      root,
      ...['Assertion', 'Conditions', 'SubjectConfirmationData', 'AuthnStatement'].flatMap((name) =>
        all(root, name),
      ),
    ])
      for (const name of times)
        if (node.attributes[name] !== undefined)
          node.attributes[name] = node.attributes[name].replace('Z', `${fraction}Z`)
    return root
  }
}

/** Says a second time that somebody has logged in, a little differently. */
function authenticatedTwice(changes: Readonly<Record<string, string>>): (root: XmlElement) => XmlElement {
  return (root) => {
    const statement = first(root, 'AuthnStatement')
    const second = clone(statement)
    Object.assign(second.attributes, changes)
    insertAfter(root, statement, second)
    return root
  }
}

const elsewhere = 'https://another-sp.example/acs'

/** Things that good answers say and that not all service providers know. */
export const formsOfContent = {
  'fractional-seconds': {
    wrong: 'nothing: times have milliseconds',
    specification: 'saml-core section 1.3.3, XML Schema 1.0 part 2 section 3.2.7',
    login: 'must-succeed',
    hooks: { unsigned: fractional('.250') },
  },
  'seven-digit-fractions': {
    wrong: 'nothing: times have tenths of microseconds',
    specification: 'XML Schema 1.0 part 2 section 3.2.7: as many digits as one likes',
    login: 'must-succeed',
    hooks: { unsigned: fractional('.2500000') },
  },
  'typed-attribute-values': {
    wrong: 'nothing: attribute values say by xsi:type that they are strings',
    specification: 'saml-core section 2.7.3.1.1',
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        for (const value of all(root, 'AttributeValue'))
          Object.assign(value.attributes, { 'xmlns:xs': ns.xs, 'xmlns:xsi': ns.xsi, 'xsi:type': 'xs:string' })
        return root
      },
    },
  },
  'empty-attribute-value': {
    wrong: 'nothing: an attribute that nobody asked for has an empty value, another is nil, another has none',
    specification: 'saml-core section 2.7.3.1.1',
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        const nil = { 'xmlns:xsi': ns.xsi, 'xsi:nil': 'true' }
        first(root, 'AttributeStatement').children.push(
          element('saml:Attribute', { Name: 'empty' }, element('saml:AttributeValue')),
          element('saml:Attribute', { Name: 'nil' }, element('saml:AttributeValue', nil)),
          element('saml:Attribute', { Name: 'none' }),
        )
        return root
      },
    },
  },
  'element-valued-attribute': {
    wrong: 'nothing: an attribute that nobody asked for has an element as its value',
    specification: 'saml-core section 2.7.3.1.1: the content of a value is any XML',
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        const value = element('saml:NameID', { Format: nameIdFormat.persistent }, 'somebody-else')
        first(root, 'AttributeStatement').children.unshift(
          element(
            'saml:Attribute',
            { Name: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.10', FriendlyName: 'eduPersonTargetedID' },
            element('saml:AttributeValue', {}, value),
          ),
        )
        return root
      },
    },
  },
  'friendly-names': {
    wrong: 'nothing: attributes have a FriendlyName as well',
    specification: 'saml-core section 2.7.3.1',
    login: 'must-succeed',
    hooks: {
      user: (good) => ({
        ...good,
        attributes: good.attributes.map((attribute) => ({
          ...attribute,
          friendlyName: `my ${attribute.name}`,
        })),
      }),
    },
  },
  'friendly-names-only': {
    wrong:
      'the names of attributes are numbers, and only FriendlyName says what the service provider expects',
    specification: 'saml-core section 2.7.3.1: FriendlyName is not for identification',
    login: 'may-succeed',
    hooks: {
      user: (good) => ({
        ...good,
        attributes: good.attributes.map((attribute, index) => ({
          ...attribute,
          name: `urn:oid:1.2.3.${index}`,
          friendlyName: attribute.name,
        })),
      }),
    },
  },
  'many-groups': {
    wrong: 'nothing: the user is in two hundred groups',
    specification: 'no specification: large organisations are like this',
    login: 'must-succeed',
    hooks: {
      user: attributed('groups', (good) => [
        {
          ...good,
          values: Array.from({ length: 200 }, (_, index) => `CN=group-${index},OU=Groups,DC=acme,DC=example`),
        },
      ]),
    },
  },
  'groups-in-several-attributes': {
    wrong: 'nothing: each group comes in an attribute of its own, all under one name',
    specification: 'saml-core section 2.7.3: an attribute statement is a list',
    login: 'must-succeed',
    hooks: {
      user: attributed('groups', (good) => good.values.map((value) => ({ ...good, values: [value] }))),
    },
  },
  'several-audiences': {
    wrong: 'nothing: the restriction names another service provider and this one',
    specification: 'saml-core section 2.5.1.4: one of the audiences of a restriction is enough',
    login: 'must-succeed',
    hooks: {
      content: conditioned(({ audiences }) => ({
        audiences: audiences.map((good) => ['https://another-sp.example', ...good]),
      })),
    },
  },
  'several-audience-restrictions': {
    wrong: 'nothing: there are two restrictions, and this service provider is in both',
    specification: 'saml-core section 2.5.1.4: every restriction must be met',
    login: 'must-succeed',
    hooks: {
      content: conditioned(({ audiences }) => ({
        audiences: [...audiences, ...audiences.map((good) => [...good, 'https://another-sp.example'])],
      })),
    },
  },
  'several-confirmations': {
    wrong:
      'nothing: of three confirmations the last is right; the others are for somebody else or of another kind',
    specification: 'saml-profiles section 4.1.4.3: one of them has to be met',
    login: 'must-succeed',
    hooks: {
      content: confirmed((good) => [
        { ...good, recipient: elsewhere },
        { ...good, method: confirmationMethod.senderVouches },
        good,
      ]),
    },
  },
  'one-time-use': {
    wrong: 'nothing: the conditions say that the assertion is for one use',
    specification: 'saml-core section 2.5.1.5',
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        first(root, 'Conditions').children.push(element('saml:OneTimeUse'))
        return root
      },
    },
  },
  advice: {
    wrong: 'nothing: the assertion has advice, which may be ignored',
    specification: 'saml-core section 2.6.1',
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        insertAfter(root, first(root, 'Conditions'), element('saml:Advice', {}, foreign('Hint')))
        return root
      },
    },
  },
  extensions: {
    wrong: 'nothing: the Response has extensions, which may be ignored',
    specification: 'saml-core section 3.2.2',
    login: 'must-succeed',
    hooks: {
      unsigned: (root) => extend(root, foreign('Hint')),
    },
  },
  'status-with-message': {
    wrong: 'nothing: success comes with a message and a detail',
    specification: 'saml-core section 3.2.2.1',
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        first(root, 'Status').children.push(
          element('samlp:StatusMessage', {}, 'welcome'),
          element('samlp:StatusDetail', {}, element('x:Hint', { 'xmlns:x': 'urn:example:detail' })),
        )
        return root
      },
    },
  },
  'entity-format-on-issuer': {
    wrong: 'nothing: the issuers say that they are entity IDs',
    specification: 'saml-core section 2.2.5, saml-profiles section 4.1.4.2',
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        for (const issuer of all(root, 'Issuer'))
          issuer.attributes['Format'] = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity'
        return root
      },
    },
  },
  'qualified-name-id': {
    wrong: 'nothing: the NameID says for whom and by whom it is',
    specification: 'saml-core section 2.2.2',
    login: 'must-succeed',
    hooks: {
      content: (good, { facts }) =>
        named((nameId) => ({
          ...nameId,
          qualifiers: { NameQualifier: facts.issuer, SPNameQualifier: facts.audience },
        }))(good),
    },
  },
  'no-response-issuer': {
    wrong: 'nothing: the Response, which is not signed, does not say who made it, the Assertion does',
    specification: 'saml-profiles section 4.1.4.2: required only where the Response is signed or encrypted',
    login: 'must-succeed',
    hooks: {
      plan: (good) => ({ ...good, sign: 'assertion' }),
      content: (good) => ({ ...good, issuer: undefined }),
    },
  },
  'no-not-before': {
    wrong: 'nothing: the conditions do not say from when on',
    specification: 'saml-core section 2.5.1: NotBefore is optional',
    login: 'must-succeed',
    hooks: { content: conditioned(() => ({ notBefore: undefined })) },
  },
  'two-authn-statements': {
    wrong: 'nothing: it is said twice how the person has logged in, to one session',
    specification: 'saml-profiles section 4.1.4.2: at least one AuthnStatement',
    login: 'must-succeed',
    hooks: { unsigned: authenticatedTwice({}) },
  },
  'two-sessions': {
    wrong: 'a login makes two sessions at the provider, each with an end of its own',
    specification: 'saml-profiles section 4.1.4.2: nothing forbids it',
    login: 'may-succeed',
    hooks: { unsigned: authenticatedTwice({ SessionIndex: '_another-session' }) },
  },
  'no-session-index': {
    wrong: 'nothing: the provider does not name its session, nor its end',
    specification: 'saml-core section 2.7.2: both are optional',
    login: 'must-succeed',
    hooks: {
      content: authenticated(() => ({ sessionIndex: undefined, sessionNotOnOrAfter: undefined })),
    },
  },
  'within-clock-skew': {
    wrong: 'nothing: the clock of the provider is thirty seconds ahead',
    specification: 'saml-core section 1.3.3: parties should not rely on each other having the same time',
    login: 'must-succeed',
    hooks: {
      content: conditioned(({ notBefore = '' }) => ({
        // A good assertion is valid from a minute ago on.
        notBefore: new Date(Date.parse(notBefore) + 90_000).toISOString(),
      })),
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
