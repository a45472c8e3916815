import { element, first, replace, type XmlElement } from '@doorward/testkit/saml'
import { text } from '../../edits.ts'
import { accepted, type PlannedCase, type Refusal, refused } from '../../planned-case.ts'
import { refusedSignature } from '../refusals.ts'
import { profile, wrongElement } from './common.ts'

const missing = (message: string): Refusal => ['saml_signature_missing', message]

const DS = 'http://www.w3.org/2000/09/xmldsig#'

const wrongPlace = refusedSignature('a signature stands where none belongs, or two stand in one place')

/** Where a copy of the signature of the Assertion is put. */
function copied(
  name: string,
  change: string,
  place: (root: XmlElement) => XmlElement,
  base = 'good',
): PlannedCase {
  return refused(name, change, {
    base,
    specification: `${profile}.1: a Signature is a child of what it signs`,
    protection: { encrypt: base === 'good' ? 'nothing' : 'assertion' },
    hooks: {
      signed(root) {
        place(root).children.push(element('ds:Signature', { 'xmlns:ds': DS }))
        return root
      },
    },
    refusal: wrongPlace,
  })
}

const placesThemselves: readonly PlannedCase[] = [
  copied('signature-in-status', 'there is a Signature in the Status', (root) => first(root, 'Status')),
  copied('signature-in-key-info', 'there is a Signature in the KeyInfo of the signature', (root) =>
    first(root, 'KeyInfo'),
  ),
  copied('signature-in-attribute', 'there is a Signature in the value of an attribute', (root) =>
    first(root, 'AttributeValue'),
  ),
  copied(
    'signature-in-encrypted-assertion',
    'there is a Signature in EncryptedAssertion',
    (root) => first(root, 'EncryptedAssertion'),
    'encrypted-assertion',
  ),
  refused('response-signed-twice', 'the Response has its Signature twice', {
    base: 'response-signed',
    specification: `${profile}.2`,
    protection: { sign: 'response' },
    hooks: {
      signed(root) {
        root.children.push(first(root, 'Signature'))
        return root
      },
    },
    refusal: wrongPlace,
  }),
  accepted(
    'signature-of-other-namespace',
    'A Signature that is none of XML Signature stands in the Response',
    {
      specification: 'Namespaces in XML 1.0 section 3',
      hooks: text('</samlp:Response>', '<Signature/></samlp:Response>'),
    },
  ),
]

function demanding(
  name: string,
  change: string,
  sign: 'assertion' | 'response',
  expected: { readonly wantsSignedResponse?: true; readonly wantsSignedAssertions?: true },
): PlannedCase {
  const message = expected.wantsSignedResponse
    ? 'the response is not signed, and want_response_signed demands that'
    : 'the assertion is not signed, and want_assertions_signed demands that'
  return refused(name, change, {
    base: sign === 'response' ? 'response-signed' : 'good',
    specification: 'saml-metadata section 2.4.4: WantAssertionsSigned',
    expected,
    refusal: missing(message),
  })
}

const demands: readonly PlannedCase[] = [
  demanding(
    'signed-response-demanded',
    'the service provider wants the Response signed, and only the Assertion is',
    'assertion',
    { wantsSignedResponse: true },
  ),
  demanding(
    'signed-assertion-demanded',
    'the service provider wants the Assertion signed, and only the Response is',
    'response',
    { wantsSignedAssertions: true },
  ),
  refused(
    'signed-assertion-demanded-within-encryption',
    'the service provider wants the Assertion signed, and it is only encrypted in a signed Response',
    {
      base: 'encrypted-and-only-response-signed',
      specification: 'saml-metadata section 2.4.4: WantAssertionsSigned',
      expected: { wantsSignedAssertions: true },
      refusal: missing('the assertion is not signed, and want_assertions_signed demands that'),
    },
  ),
  accepted(
    'both-signatures-demanded',
    'The service provider wants Response and Assertion signed, and they are',
    {
      specification: 'saml-metadata section 2.4.4',
      protection: { sign: 'both' },
      expected: { wantsSignedResponse: true, wantsSignedAssertions: true },
    },
  ),
  accepted(
    'both-signatures-demanded-of-encrypted',
    'The service provider wants Response and Assertion signed, and the Assertion is encrypted',
    {
      specification: 'saml-metadata section 2.4.4',
      protection: { sign: 'both', encrypt: 'assertion' },
      expected: { wantsSignedResponse: true, wantsSignedAssertions: true },
    },
  ),
  refused('signature-of-response-in-its-assertion', 'the Signature of the Response stands in the Assertion', {
    base: 'response-signed',
    specification: `${profile}.1`,
    protection: { sign: 'response' },
    hooks: {
      signed(root) {
        const signature = first(root, 'Signature')
        replace(root, signature)
        first(root, 'Assertion').children.push(signature)
        return root
      },
    },
    refusal: wrongElement,
  }),
]

/** Where signatures stand, and which are demanded. */
export const places: readonly PlannedCase[] = [...placesThemselves, ...demands]
