import { all, element, first, insertBefore, type SamlHooks, type XmlElement } from '@doorward/testkit/saml'
import { foreign, setAttributes, unsigned, withAttributes, withText } from '../../edits.ts'
import { accepted, type PlannedCase, type Refusal, refused } from '../../planned-case.ts'
import { assertion } from '../refusals.ts'
import { changed, core, notATime, profiles, unreadable } from './common.ts'

const forAnother: Refusal = ['saml_audience_mismatch', 'the assertion is for another service provider']

const unknownCondition = assertion('the assertion has a condition that is not known here')

const OURS = 'https://sso.example.com/api/auth/saml/acme/metadata/'

const restriction = (...audiences: readonly string[]): XmlElement =>
  element(
    'saml:AudienceRestriction',
    {},
    ...audiences.map((audience) => element('saml:Audience', {}, audience)),
  )

function conditioned(...children: readonly XmlElement[]): SamlHooks {
  return unsigned((root) => first(root, 'Conditions').children.push(...children))
}

/** A second element like the first one of this name, behind it. */
function doubled(name: string): SamlHooks {
  return unsigned((root) => {
    const found = first(root, name)
    insertBefore(root, found, found)
  })
}

const assertedByAnother: Refusal = ['saml_issuer_mismatch', 'the assertion is from another identity provider']

const noName = assertion('the name of the subject is empty, or has elements in it or white space around it')

const twice = assertion('a part of the assertion is there twice')

/** What an assertion says, times apart. */
export const assertions: readonly PlannedCase[] = [
  changed(
    'issue-instant-unparsable',
    'the Assertion was made "now"',
    withAttributes('Assertion', { IssueInstant: 'now' }),
    notATime,
  ),
  changed(
    'assertion-id-is-no-name-in-signed-response',
    'the ID of the Assertion in the signed Response has a blank in it',
    { plan: (good) => ({ ...good, sign: 'response' }), ...withAttributes('Assertion', { ID: 'a b' }) },
    assertion('the assertion has no ID, or one that is no name'),
  ),
  changed(
    'two-assertion-issuers',
    'the Assertion has two issuers',
    unsigned((root) => {
      const found = all(root, 'Issuer')[1]
      if (found) insertBefore(root, found, found)
    }),
    twice,
  ),
  changed(
    'issuer-with-element',
    'the issuer of the Assertion has an element in it',
    unsigned((root) => all(root, 'Issuer')[1]?.children.push(foreign('x'))),
    unreadable,
  ),
  changed(
    'issuer-of-another-format-in-assertion',
    'the issuer of the Assertion is said to be a transient name',
    unsigned((root) => {
      const found = all(root, 'Issuer')[1]
      if (found) found.attributes['Format'] = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
    }),
    assertedByAnother,
  ),
  changed('two-authn-contexts', 'the AuthnStatement has two AuthnContext', doubled('AuthnContext'), twice),
  changed(
    'two-authn-context-classes',
    'the AuthnContext has two classes',
    doubled('AuthnContextClassRef'),
    twice,
  ),
  changed(
    'empty-authn-context-class',
    'the class of the AuthnContext is empty',
    withText('AuthnContextClassRef', ' '),
    unreadable,
  ),
  changed(
    'authn-instant-unparsable',
    'the AuthnInstant is no date',
    withAttributes('AuthnStatement', { AuthnInstant: 'x' }),
    notATime,
  ),
  changed(
    'name-id-with-blank-before',
    'there is a blank in front of the NameID',
    withText('NameID', ' user-1'),
    noName,
  ),
  changed(
    'name-id-with-blank-behind',
    'there is a line end behind the NameID',
    withText('NameID', 'user-1\n'),
    noName,
  ),
  changed(
    'name-id-with-no-break-space',
    'there is a no-break space behind the NameID',
    withText('NameID', 'user-1\u00a0'),
    noName,
  ),
  changed(
    'name-id-and-encrypted-id',
    'the subject has a NameID and an EncryptedID',
    unsigned((root) => first(root, 'Subject').children.unshift(element('saml:EncryptedID'))),
    assertion('the subject has two names'),
  ),
  changed(
    'base-id',
    'the subject has a BaseID in place of a NameID',
    unsigned((root) => {
      first(root, 'NameID').name = 'saml:BaseID'
    }),
    assertion('the assertion is about nobody'),
    `${core} 2.2.1`,
  ),
  changed(
    'authn-statement-in-advice',
    'the AuthnStatement stands in the Advice',
    unsigned((root) => {
      const found = first(root, 'AuthnStatement')
      const { children } = first(root, 'Assertion')
      children.splice(children.indexOf(found), 1, element('saml:Advice', {}, found))
    }),
    assertion('the assertion does not say that somebody was authenticated'),
  ),
  changed(
    'foreign-condition',
    'a condition is of another namespace, and called like one that is known',
    conditioned(foreign('OneTimeUse')),
    unknownCondition,
    `${core} 2.5.1`,
  ),
  changed(
    'unknown-condition-of-saml',
    'a condition of SAML is one that nobody knows',
    conditioned(element('saml:Delegation')),
    unknownCondition,
    `${core} 2.5.1`,
  ),
  changed(
    'abstract-condition',
    'there is a Condition that says its type by xsi:type',
    conditioned(
      element('saml:Condition', {
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        'xsi:type': 'x',
      }),
    ),
    unknownCondition,
    `${core} 2.5.1`,
  ),
  changed(
    'audience-of-other-case',
    'the audience is in capitals',
    withText('Audience', OURS.toUpperCase()),
    forAnother,
    `${core} 2.5.1.4`,
  ),
  changed(
    'audience-without-slash',
    'the audience lacks the last slash',
    withText('Audience', OURS.slice(0, -1)),
    forAnother,
    `${core} 2.5.1.4`,
  ),
  changed(
    'second-restriction-empty',
    'of two audience restrictions the second has no audience',
    conditioned(restriction()),
    forAnother,
    `${core} 2.5.1.4`,
  ),
  changed(
    'audience-beside-restriction',
    'the audience stands in Conditions, outside of its restriction',
    unsigned((root) => {
      first(root, 'Conditions').children = [element('saml:Audience', {}, OURS)]
    }),
    forAnother,
    `${core} 2.5.1.4`,
  ),
  changed(
    'no-confirmation-method',
    'the confirmation names no method',
    withAttributes('SubjectConfirmation', { Method: undefined }),
    assertion('the subject is confirmed by another method than bearer'),
    `${profiles} 4.1.4.3`,
  ),
  changed(
    'recipient-of-other-case',
    'the recipient is in capitals',
    withAttributes('SubjectConfirmationData', {
      Recipient: 'HTTPS://SSO.EXAMPLE.COM/API/AUTH/SAML/ACME/ACS/',
    }),
    ['saml_recipient_mismatch', 'the assertion is for another address'],
    `${profiles} 4.1.4.3`,
  ),
  changed(
    'recipient-without-slash',
    'the recipient lacks the last slash',
    withAttributes('SubjectConfirmationData', {
      Recipient: 'https://sso.example.com/api/auth/saml/acme/acs',
    }),
    ['saml_recipient_mismatch', 'the assertion is for another address'],
    `${profiles} 4.1.4.3`,
  ),
  changed(
    'destination-without-slash',
    'the destination lacks the last slash',
    withAttributes('Response', { Destination: 'https://sso.example.com/api/auth/saml/acme/acs' }),
    ['saml_destination_mismatch', 'the response was sent to another address'],
    'saml-bindings section 3.5.5.2',
  ),
  changed(
    'empty-in-response-to',
    'Response and confirmation answer the empty request',
    unsigned((root) => {
      setAttributes(root, { InResponseTo: '' })
      setAttributes(first(root, 'SubjectConfirmationData'), { InResponseTo: '' })
    }),
    ['saml_request_mismatch', 'the response does not answer the request of this login'],
    `${profiles} 4.1.4.3`,
  ),
  changed(
    'empty-in-response-to-in-confirmation',
    'the confirmation answers the empty request',
    withAttributes('SubjectConfirmationData', { InResponseTo: '' }),
    ['saml_request_mismatch', 'the assertion does not answer the request of this login'],
    `${profiles} 4.1.4.3`,
  ),
  refused('answer-to-another-login', 'the browser asked for something else', {
    specification: `${profiles} 4.1.4.3; login CSRF`,
    expected: { requestId: '_request-2' },
    refusal: ['saml_request_mismatch', 'the response does not answer the request of this login'],
  }),
  accepted('proxy-restriction', 'The conditions say to whom the assertion may be passed on', {
    specification: `${core} 2.5.1.6`,
    hooks: conditioned(element('saml:ProxyRestriction', { Count: '0' })),
  }),
  accepted('second-audience-restriction', 'A second restriction names other service providers and this one', {
    specification: `${core} 2.5.1.4`,
    hooks: conditioned(restriction('https://other.example', OURS)),
  }),
  accepted('no-authn-context', 'The AuthnStatement does not say how somebody was authenticated', {
    specification: `${core} 2.7.2`,
    hooks: unsigned((root) => {
      first(root, 'AuthnStatement').children = []
    }),
  }),
  accepted('other-statements', 'The Assertion decides as well what somebody may do', {
    specification: `${core} 2.7.4`,
    hooks: unsigned((root) =>
      first(root, 'Assertion').children.push(
        element('saml:AuthzDecisionStatement', { Decision: 'Permit', Resource: 'urn:x' }),
      ),
    ),
  }),
  accepted('name-id-with-blank-inside', 'There is a blank in the middle of the NameID', {
    specification: `${core} 2.2.3`,
    hooks: withText('NameID', 'user 1'),
    identity: {
      nameId: {
        value: 'user 1',
        format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        nameQualifier: undefined,
        spNameQualifier: undefined,
      },
    },
  }),
]
