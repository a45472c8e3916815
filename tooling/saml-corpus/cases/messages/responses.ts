import { all, element, first, insertBefore, type SamlHooks, type XmlElement } from '@doorward/testkit/saml'
import { setAttributes, text, unsigned, withAttributes, withText } from '../../edits.ts'
import { accepted, type PlannedCase, type Refusal, refused } from '../../planned-case.ts'
import { shape } from '../refusals.ts'
import { core, profiles, unreadable } from './common.ts'

const within = shape('there is a message within the message')

const fromAnother: Refusal = ['saml_issuer_mismatch', 'the response is from another identity provider']

function extended(...children: readonly XmlElement[]): SamlHooks {
  return unsigned((root) =>
    insertBefore(root, first(root, 'Status'), element('samlp:Extensions', {}, ...children)),
  )
}

function advised(...children: readonly XmlElement[]): SamlHooks {
  return unsigned((root) =>
    insertBefore(root, first(root, 'AuthnStatement'), element('saml:Advice', {}, ...children)),
  )
}

const signsResponse = { sign: 'response' } as const

/** The response around an assertion. */
export const responses: readonly PlannedCase[] = [
  refused('response-without-version', 'the Response does not say of which version it is', {
    specification: `${core} 3.2.2`,
    hooks: withAttributes('Response', { Version: undefined }),
    refusal: shape('the response is not of SAML 2.0'),
  }),
  refused('response-id-is-no-name', 'the ID of the Response begins with a digit', {
    specification: `${core} 1.3.4`,
    hooks: withAttributes('Response', { ID: '1' }),
    refusal: shape('the response has no ID, or one that is no name'),
  }),
  refused('response-id-with-blank', 'the ID of the Response has a blank behind it', {
    specification: `${core} 1.3.4`,
    hooks: withAttributes('Response', { ID: '_response-1 ' }),
    refusal: shape('the response has no ID, or one that is no name'),
  }),
  refused('two-status-codes', 'there are two StatusCode, the first says failure and the second success', {
    specification: `${core} 3.2.2.1`,
    hooks: unsigned((root) =>
      first(root, 'Status').children.unshift(
        element('samlp:StatusCode', { Value: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }),
      ),
    ),
    refusal: shape('the response has several statuses'),
  }),
  refused(
    'two-status-codes-success-first',
    'there are two StatusCode, the first says success and the second failure',
    {
      specification: `${core} 3.2.2.1`,
      hooks: unsigned((root) =>
        first(root, 'Status').children.push(
          element('samlp:StatusCode', { Value: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }),
        ),
      ),
      refusal: shape('the response has several statuses'),
    },
  ),
  refused('status-in-other-namespace', 'the Status is in the namespace of assertions', {
    specification: `${core} 3.2.2.1`,
    hooks: unsigned((root) => {
      first(root, 'Status').name = 'saml:Status'
      setAttributes(root, { 'xmlns:saml': 'urn:oasis:names:tc:SAML:2.0:assertion' })
    }),
    refusal: ['saml_status', 'the identity provider answered that it signs nobody in'],
  }),
  refused('status-in-extensions', 'the Status stands in Extensions', {
    specification: `${core} 3.2.2`,
    hooks: unsigned((root) => {
      const status = first(root, 'Status')
      root.children.splice(root.children.indexOf(status), 1, element('samlp:Extensions', {}, status))
    }),
    refusal: ['saml_status', 'the identity provider answered that it signs nobody in'],
  }),
  refused('two-response-issuers', 'the Response has two issuers, the second is another provider', {
    specification: `${core} 3.2.2`,
    hooks: unsigned((root) => {
      const issuer = first(root, 'Issuer')
      insertBefore(root, first(root, 'Status'), { ...issuer, children: ['https://other.example'] })
    }),
    refusal: shape('the response has several issuers'),
  }),
  refused('empty-response-issuer', 'the issuer of the Response is empty', {
    specification: `${core} 2.2.5`,
    hooks: withText('Issuer', ''),
    refusal: unreadable,
  }),
  refused('response-issuer-of-another-format', 'the issuer of the Response is said to be an e-mail address', {
    specification: `${profiles} 4.1.4.2`,
    hooks: withAttributes('Issuer', { Format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }),
    refusal: fromAnother,
  }),
  refused('response-issuer-of-other-case', 'the issuer of the Response is in capitals', {
    specification: `${core} 8.3.6: entity identifiers are compared as they are`,
    hooks: withText('Issuer', 'HTTPS://IDP.EXAMPLE'),
    refusal: fromAnother,
  }),
  refused('signed-response-without-issuer', 'the signed Response does not say who made it', {
    base: 'response-signed',
    specification: `${profiles} 4.1.4.2: signed, it must`,
    protection: signsResponse,
    hooks: { content: ({ issuer: _, ...good }) => good },
    refusal: fromAnother,
  }),
  refused(
    'signed-response-by-another',
    'the signed Response is by another provider, and the Assertion is not',
    {
      base: 'response-signed',
      specification: `${profiles} 4.1.4.2`,
      protection: signsResponse,
      hooks: { content: (good) => ({ ...good, issuer: 'https://other.example' }) },
      refusal: fromAnother,
    },
  ),
  accepted('issuer-with-white-space', 'The issuers stand on lines of their own', {
    specification: 'XML Schema part 2 section 4.3.6: white space around a URI is collapsed',
    hooks: unsigned((root) => {
      for (const issuer of all(root, 'Issuer')) issuer.children = ['\n  https://idp.example\n']
    }),
  }),
  refused('request-in-extensions', 'there is an AuthnRequest in Extensions', {
    specification: 'a way to have a signed message read as another one',
    hooks: extended(element('samlp:AuthnRequest', { ID: '_inner' })),
    refusal: within,
  }),
  refused('response-in-extensions', 'there is a LogoutResponse in Extensions', {
    specification: 'a way to have a signed message read as another one',
    hooks: extended(element('samlp:LogoutResponse', { ID: '_inner' })),
    refusal: within,
  }),
  refused('query-in-advice', 'there is an AttributeQuery in the Advice of the Assertion', {
    specification: 'a way to have a signed message read as another one',
    hooks: advised(
      element('samlp:AttributeQuery', { 'xmlns:samlp': 'urn:oasis:names:tc:SAML:2.0:protocol' }),
    ),
    refusal: within,
  }),
  refused('assertion-in-advice', 'there is an Assertion in the Advice of the Assertion', {
    specification: `${core} 2.6.1: allowed, and a way to have the wrong one read`,
    hooks: advised(element('saml:Assertion', { ID: '_inner' })),
    refusal: shape('there is more than one assertion'),
  }),
  refused('encrypted-assertion-in-advice', 'there is an EncryptedAssertion in the Advice of the Assertion', {
    specification: `${core} 2.6.1: allowed, and a way to have the wrong one read`,
    hooks: advised(element('saml:EncryptedAssertion')),
    refusal: shape('there is more than one assertion'),
  }),
  refused('assertion-in-attribute', 'there is an Assertion in the value of an attribute', {
    specification: 'Somorovsky et al., "On Breaking SAML" (2012)',
    hooks: unsigned((root) => {
      first(root, 'AttributeValue').children = [element('saml:Assertion', { ID: '_inner' })]
    }),
    refusal: shape('there is more than one assertion'),
  }),
  refused('assertion-in-confirmation-data', 'there is an Assertion in the SubjectConfirmationData', {
    specification: 'Somorovsky et al., "On Breaking SAML" (2012)',
    hooks: unsigned((root) =>
      first(root, 'SubjectConfirmationData').children.push(element('saml:Assertion', { ID: '_inner' })),
    ),
    refusal: shape('there is more than one assertion'),
  }),
  accepted('assertion-of-other-namespace', 'There is an Assertion of another namespace in Extensions', {
    specification: 'Namespaces in XML 1.0 section 3',
    hooks: text(
      '<samlp:Status>',
      '<samlp:Extensions><x:Assertion xmlns:x="urn:x"/><x:Response xmlns:x="urn:x"/></samlp:Extensions><samlp:Status>',
    ),
  }),
]
