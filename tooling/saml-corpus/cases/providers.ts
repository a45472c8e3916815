import { all, element, first, type SamlHooks, type XmlElement } from '@doorward/testkit/saml'
import type { AcceptedIdentity } from '../../../packages/core/test/saml-corpus/case.ts'
import { renamePrefixes, setAttributes } from '../edits.ts'
import { now } from '../make.ts'
import { accepted, type PlannedCase } from '../planned-case.ts'

const XS = 'http://www.w3.org/2001/XMLSchema'
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const MICROSOFT = 'http://schemas.microsoft.com/identity/claims'
const EMAIL = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
const UNSPECIFIED = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'

/** How a product writes what all of them say. */
interface Manner {
  readonly about: string
  /** What `samlp`, `saml` and `ds` are called there. */
  readonly prefixes: readonly [samlp: string, saml: string, ds: string]
  /** What stands in the answer besides. */
  readonly written?: (root: XmlElement) => void
  readonly keyInfo?: (signature: XmlElement) => void
  readonly user?: SamlHooks['user']
  readonly protection?: PlannedCase['protection']
  readonly expected?: PlannedCase['expected']
  readonly identity?: Partial<AcceptedIdentity>
}

/** By what is known of their answers from their own documents. None of them is a product's output. */
function provider(name: string, manner: Manner): PlannedCase {
  const { about, prefixes, written, keyInfo, user, protection, expected, identity } = manner
  const [samlp, saml, ds] = prefixes
  return accepted(name, about, {
    specification: 'no specification: how a product writes what the specification leaves open',
    ...(protection && { protection }),
    ...(expected && { expected }),
    ...(identity && { identity }),
    hooks: {
      ...(user && { user }),
      unsigned(root) {
        written?.(root)
        renamePrefixes(root, { saml, samlp })
        return root
      },
      signedInfo(_, { signature }) {
        keyInfo?.(signature)
        renamePrefixes(signature, { ds })
      },
    },
  })
}

function named(value: string, format: string): Pick<AcceptedIdentity, 'nameId'> {
  return {
    nameId: { value, format, nameQualifier: undefined, spNameQualifier: undefined },
  }
}

/** Times with milliseconds, and no end of the session. */
function likeMicrosoft(root: XmlElement): void {
  setAttributes(root, { Consent: 'urn:oasis:names:tc:SAML:2.0:consent:unspecified' })
  for (const one of [root, first(root, 'Assertion')])
    one.attributes['IssueInstant'] = '2026-01-01T12:00:00.123Z'
  setAttributes(first(root, 'Conditions'), {
    NotBefore: '2026-01-01T11:59:59.998Z',
    NotOnOrAfter: '2026-01-01T13:00:00.123Z',
  })
  setAttributes(first(root, 'AuthnStatement'), {
    SessionNotOnOrAfter: undefined,
    SessionIndex: '_assertion-1',
  })
}

function typed(root: XmlElement, type: string): void {
  for (const value of all(root, 'AttributeValue')) {
    setAttributes(value, { 'xmlns:xs': XS, 'xmlns:xsi': XSI, 'xsi:type': type })
  }
}

const microsoftUser: SamlHooks['user'] = (good) => ({
  ...good,
  nameId: 'AAAA4711==',
  attributes: [
    { name: `${MICROSOFT}/tenantid`, values: ['00000000-0000-4000-8000-000000000000'] },
    { name: `${MICROSOFT}/objectidentifier`, values: ['00000000-0000-4000-8000-000000004711'] },
    { name: `${MICROSOFT}/displayname`, values: ['User One'] },
    {
      name: `${MICROSOFT}/authnmethodsreferences`,
      values: [
        'http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password',
        'http://schemas.microsoft.com/claims/multipleauthn',
      ],
    },
    {
      name: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
      values: ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'],
    },
    { name: `${CLAIMS}/givenname`, values: ['User'] },
    { name: `${CLAIMS}/surname`, values: ['One'] },
    { name: `${CLAIMS}/emailaddress`, values: ['user@acme.example'] },
    { name: `${CLAIMS}/name`, values: ['user@acme.example'] },
  ],
})

const microsoftAttributes = {
  uid: [`${MICROSOFT}/objectidentifier`],
  email: [`${CLAIMS}/emailaddress`],
  username: [`${CLAIMS}/name`],
  name: [`${MICROSOFT}/displayname`],
  givenName: [`${CLAIMS}/givenname`],
  familyName: [`${CLAIMS}/surname`],
  groups: ['http://schemas.microsoft.com/ws/2008/06/identity/claims/groups'],
}

/** Answers as real identity providers write them. */
export const providerCases: readonly PlannedCase[] = [
  provider('like-entra', {
    about:
      'Written as Microsoft Entra ID does: no prefix in the Assertion, none in the Signature, claims by URI',
    prefixes: ['samlp', '', ''],
    written: likeMicrosoft,
    user: microsoftUser,
    expected: { attributes: microsoftAttributes },
    identity: {
      subject: '00000000-0000-4000-8000-000000004711',
      username: 'user@acme.example',
      name: 'User One',
      groups: ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'],
      nameId: { ...named('AAAA4711==', 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent').nameId },
      sessionIndex: '_assertion-1',
      sessionEndsAt: undefined,
    },
  }),
  provider('like-adfs', {
    about:
      'Written as AD FS does: no prefix in the Assertion, `ds` in the Signature, an encrypted Assertion in a signed Response',
    prefixes: ['samlp', '', 'ds'],
    written: likeMicrosoft,
    protection: { sign: 'both', encrypt: 'assertion' },
    user: (good) => ({
      ...good,
      nameId: 'ACME\\user',
      nameIdFormat: UNSPECIFIED,
      attributes: [
        { name: `${CLAIMS}/upn`, values: ['user@acme.example'] },
        { name: `${CLAIMS}/emailaddress`, values: ['user@acme.example'] },
        { name: 'http://schemas.xmlsoap.org/claims/Group', values: ['Domain Users', 'R&D'] },
      ],
    }),
    expected: {
      attributes: {
        email: [`${CLAIMS}/emailaddress`],
        username: [`${CLAIMS}/upn`],
        groups: ['http://schemas.xmlsoap.org/claims/Group'],
      },
    },
    identity: {
      ...named('ACME\\user', UNSPECIFIED),
      username: 'user@acme.example',
      givenName: undefined,
      familyName: undefined,
      groups: ['Domain Users', 'R&D'],
      sessionIndex: '_assertion-1',
      sessionEndsAt: undefined,
    },
  }),
  provider('like-okta', {
    about:
      'Written as Okta does: `saml2p` and `saml2`, both signed, a list of prefixes, types of values, certificates in lines',
    prefixes: ['saml2p', 'saml2', 'ds'],
    protection: { sign: 'both', inclusivePrefixes: ['xs'] },
    written(root) {
      root.attributes['xmlns:xs'] = XS
      for (const issuer of all(root, 'Issuer'))
        issuer.attributes['Format'] = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity'
      first(root, 'Assertion').attributes['xmlns:xs'] = XS
      typed(root, 'xs:string')
      setAttributes(first(root, 'AuthnStatement'), { SessionNotOnOrAfter: undefined })
    },
    user: (good) => ({ ...good, nameId: 'user@acme.example', nameIdFormat: EMAIL }),
    keyInfo(signature) {
      for (const one of all(signature, 'X509Certificate'))
        one.children = [one.children.join('').replaceAll(/.{64}/g, '$&\n')]
    },
    identity: { ...named('user@acme.example', EMAIL), sessionEndsAt: undefined },
  }),
  provider('like-google', {
    about:
      'Written as Google does: `saml2p` and `saml2`, only the Response signed, a subject name in KeyInfo, no types of values',
    prefixes: ['saml2p', 'saml2', 'ds'],
    protection: { sign: 'response' },
    keyInfo: (signature) =>
      first(signature, 'X509Data').children.unshift(
        element(
          'ds:X509SubjectName',
          {},
          'ST=California,C=US,OU=Google For Work,CN=Google,L=Mountain View,O=Google Inc.',
        ),
      ),
    written: (root) => setAttributes(first(root, 'AuthnStatement'), { SessionNotOnOrAfter: undefined }),
    user: (good) => ({
      ...good,
      nameId: 'user@acme.example',
      nameIdFormat: EMAIL,
      attributes: good.attributes.filter(({ name }) => name !== 'email'),
    }),
    identity: { ...named('user@acme.example', EMAIL), sessionEndsAt: undefined },
  }),
  provider('like-keycloak', {
    about:
      'Written as Keycloak does: `dsig`, both signed, a KeyName and a KeyValue, each role in an attribute of its own',
    prefixes: ['samlp', 'saml', 'dsig'],
    protection: { sign: 'both' },
    keyInfo(signature) {
      const info = first(signature, 'KeyInfo')
      info.children.unshift(element('ds:KeyName', {}, 'key-1'))
      info.children.push(
        element(
          'ds:KeyValue',
          {},
          element(
            'ds:RSAKeyValue',
            {},
            element('ds:Modulus', {}, 'AAAA'),
            element('ds:Exponent', {}, 'AQAB'),
          ),
        ),
      )
    },
    written(root) {
      typed(root, 'xs:string')
      first(root, 'AuthnContextClassRef').children = ['urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified']
    },
    user: (good) => ({
      ...good,
      nameId: 'G-00000000-0000-4000-8000-000000000000',
      attributes: [
        ...good.attributes.filter(({ name }) => name !== 'groups'),
        ...['offline_access', 'uma_authorization', 'admin'].map((role) => ({ name: 'Role', values: [role] })),
      ],
    }),
    expected: { attributes: { groups: ['Role'] } },
    identity: {
      ...named(
        'G-00000000-0000-4000-8000-000000000000',
        'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      ),
      groups: ['offline_access', 'uma_authorization', 'admin'],
    },
  }),
  provider('like-simplesamlphp', {
    about:
      'Written as SimpleSAMLphp does: prefixes of types declared at the Assertion, a qualified NameID, both signed',
    prefixes: ['samlp', 'saml', 'ds'],
    protection: { sign: 'both' },
    written(root) {
      setAttributes(first(root, 'Assertion'), { 'xmlns:xs': XS, 'xmlns:xsi': XSI })
      for (const value of all(root, 'AttributeValue')) value.attributes['xsi:type'] = 'xs:string'
      setAttributes(first(root, 'NameID'), {
        SPNameQualifier: 'https://sso.example.com/api/auth/saml/acme/metadata/',
      })
      const issuer = first(root, 'Issuer')
      root.attributes['xmlns:saml'] = issuer.attributes['xmlns:saml'] ?? ''
      delete issuer.attributes['xmlns:saml']
    },
    identity: {
      nameId: {
        ...named('user-1', 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent').nameId,
        spNameQualifier: 'https://sso.example.com/api/auth/saml/acme/metadata/',
      },
    },
  }),
  provider('like-shibboleth', {
    about:
      'Written as Shibboleth does: `saml2`, names by number with FriendlyName, the address of the browser, an encrypted Assertion in a signed Response',
    prefixes: ['saml2p', 'saml2', 'ds'],
    protection: { sign: 'response', encrypt: 'assertion', inclusivePrefixes: ['xsd'] },
    written(root) {
      for (const one of [root, first(root, 'Assertion')]) one.attributes['xmlns:xsd'] = XS
      typed(root, 'xsd:string')
      for (const value of all(root, 'AttributeValue')) delete value.attributes['xmlns:xs']
      first(root, 'SubjectConfirmationData').attributes['Address'] = '192.0.2.1'
      first(root, 'AuthnStatement').children.unshift(
        element('saml:SubjectLocality', { Address: '192.0.2.1' }),
      )
    },
    user: (good) => ({
      ...good,
      attributes: [
        { name: 'urn:oid:0.9.2342.19200300.100.1.3', friendlyName: 'mail', values: ['user@acme.example'] },
        {
          name: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6',
          friendlyName: 'eduPersonPrincipalName',
          values: ['user@acme.example'],
        },
        {
          name: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.9',
          friendlyName: 'eduPersonScopedAffiliation',
          values: ['staff@acme.example', 'member@acme.example'],
        },
      ],
    }),
    expected: {
      attributes: {
        uid: ['eduPersonPrincipalName'],
        email: ['mail'],
        groups: ['urn:oid:1.3.6.1.4.1.5923.1.1.1.9'],
      },
    },
    identity: {
      subject: 'user@acme.example',
      username: undefined,
      givenName: undefined,
      familyName: undefined,
      groups: ['staff@acme.example', 'member@acme.example'],
    },
  }),
  provider('like-auth0', {
    about:
      'Written as Auth0 does: only the Assertion signed, values of any type, its own claims beside those of others',
    prefixes: ['samlp', 'saml', ''],
    written(root) {
      typed(root, 'xs:anyType')
      setAttributes(first(root, 'Conditions'), {
        NotBefore: '2026-01-01T12:00:00.000Z',
        NotOnOrAfter: '2026-01-01T13:00:00.000Z',
      })
      setAttributes(first(root, 'AuthnStatement'), {
        SessionNotOnOrAfter: undefined,
        AuthnInstant: '2026-01-01T12:00:00.000Z',
      })
    },
    user: (good) => ({
      ...good,
      nameId: 'auth0|4711',
      nameIdFormat: UNSPECIFIED,
      attributes: [
        { name: `${CLAIMS}/emailaddress`, values: ['user@acme.example'] },
        { name: 'http://schemas.auth0.com/email_verified', values: ['true'] },
        { name: 'http://schemas.auth0.com/identities/default/isSocial', values: ['false'] },
        {
          name: 'http://schemas.auth0.com/updated_at',
          values: ['Thu Jan 01 2026 12:00:00 GMT+0000 (Coordinated Universal Time)'],
        },
      ],
    }),
    expected: {
      attributes: {
        email: [`${CLAIMS}/emailaddress`],
        emailVerified: ['http://schemas.auth0.com/email_verified'],
      },
    },
    identity: {
      ...named('auth0|4711', UNSPECIFIED),
      emailVerified: true,
      username: undefined,
      givenName: undefined,
      familyName: undefined,
      groups: [],
      sessionEndsAt: undefined,
    },
  }),
  provider('like-pingfederate', {
    about:
      'Written as PingFederate does: pretty little, the Response signed in front of its Status, times with milliseconds',
    prefixes: ['samlp', 'saml', 'ds'],
    protection: { sign: 'response', keyInfo: false, canonicalization: 'exclusive' },
    written(root) {
      delete first(root, 'AuthnStatement').attributes['SessionNotOnOrAfter']
      root.attributes['IssueInstant'] = new Date(now).toISOString()
      typed(root, 'xs:string')
    },
    identity: { sessionEndsAt: undefined },
  }),
]
