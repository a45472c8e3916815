import { all, element, first, replace } from '@doorward/testkit/saml'
import { unsigned } from '../../edits.ts'
import { type PlannedCase, refused } from '../../planned-case.ts'
import { assertion, shape, xml } from '../refusals.ts'
import { bad, type Special, undecipherable } from './common.ts'

const notOneAssertion = shape('what is encrypted is not an assertion, or more than one')

const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion'

/** Puts text in front of the end of what is encrypted. */
const behind = (markup: string): Pick<Special, 'plaintext'> => ({
  plaintext: (good) => good.replace(/<\/saml:Assertion>$/, `${markup}</saml:Assertion>`),
})

const contentsThemselves: readonly PlannedCase[] = [
  bad(
    'encrypted-id-of-response',
    'what is encrypted has the ID of the Response',
    { plaintext: (good) => good.replace('"_assertion-1"', '"_response-1"') },
    shape('an ID is given twice'),
  ),
  bad(
    'encrypted-id-elsewhere',
    'something in what is encrypted has the ID of the Response',
    behind('<x id="_response-1"/>'),
    shape('an ID is given twice'),
  ),
  bad(
    'encrypted-message-in-assertion',
    'there is a message in what is encrypted',
    behind('<samlp:Response ID="_inner"/>'),
    shape('there is a message within the message'),
  ),
  bad(
    'encrypted-assertion-in-assertion',
    'there is an Assertion in the Assertion that is encrypted',
    behind('<saml:Assertion ID="_inner"/>'),
    notOneAssertion,
  ),
  bad(
    'encrypted-encrypted-assertion-in-assertion',
    'there is an EncryptedAssertion in the Assertion that is encrypted',
    behind('<saml:EncryptedAssertion/>'),
    notOneAssertion,
  ),
  bad(
    'encrypted-assertion-of-other-namespace',
    'what is encrypted is an Assertion of another namespace, around one of SAML',
    { plaintext: (good) => `<Assertion xmlns="urn:x">${good}</Assertion>` },
    notOneAssertion,
  ),
  bad(
    'encrypted-signature-elsewhere',
    'there is a Signature deeper in what is encrypted',
    behind('<x><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></x>'),
    ['saml_signature_refused', 'a signature stands where none belongs, or two stand in one place'],
  ),
  bad(
    'encrypted-two-signatures',
    'what is encrypted has two Signatures',
    behind('<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'.repeat(2)),
    ['saml_signature_refused', 'a signature stands where none belongs, or two stand in one place'],
  ),
  bad(
    'encrypted-empty-signature',
    'what is encrypted has an empty Signature',
    behind('<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'),
    [
      'saml_signature_refused',
      'a part of the signature is missing, stands in another place or is there twice',
    ],
  ),
  bad(
    'encrypted-comment',
    'there is a comment in what is encrypted',
    behind('<!-- x -->'),
    xml('there is a comment'),
  ),
  bad(
    'encrypted-unbound-prefix',
    'what is encrypted has a prefix that is declared beside it only',
    behind('<ds:x/>'),
    xml('a prefix is not declared'),
  ),
  bad(
    'encrypted-prefix-that-nobody-signed',
    'what is encrypted has a prefix that is declared around it, where no signature covers that',
    {
      ...behind('<b:x/>'),
      container: ({ attributes }) => {
        attributes['xmlns:b'] = 'urn:x'
      },
    },
    xml('a prefix is not declared'),
  ),
  bad(
    'encrypted-for-another-service-provider',
    'what is encrypted is for another service provider',
    {
      plaintext: (good) => good.replace(/>[^<]*<\/saml:Audience>/, '>https://other.example</saml:Audience>'),
    },
    ['saml_audience_mismatch', 'the assertion is for another service provider'],
  ),
  bad(
    'encrypted-name-id-that-is-none',
    'what is encrypted in EncryptedID is no NameID',
    { what: 'NameID', plaintext: () => `<saml:Issuer xmlns:saml="${SAML}">user-1</saml:Issuer>` },
    undecipherable,
  ),
  bad(
    'encrypted-name-id-of-other-namespace',
    'what is encrypted in EncryptedID is a NameID of another namespace',
    { what: 'NameID', plaintext: () => '<NameID xmlns="urn:x">user-1</NameID>' },
    undecipherable,
  ),
  bad(
    'encrypted-name-id-that-is-empty',
    'the NameID that is encrypted is empty',
    { what: 'NameID', plaintext: () => `<saml:NameID xmlns:saml="${SAML}"/>` },
    assertion('the name of the subject is empty, or has elements in it or white space around it'),
  ),
]

const altered: readonly PlannedCase[] = [
  refused('encrypted-name-id-moved', 'the EncryptedID was taken from another Assertion', {
    base: 'encrypted-name-id',
    specification: 'saml-core section 6.2: the signature covers the ciphertext',
    protection: { encrypt: 'name-id' },
    hooks: {
      signed(root) {
        const value = all(root, 'CipherValue')[1]
        const octets = Buffer.from(value?.children.join('') ?? '', 'base64')
        octets[20] = (octets[20] ?? 0) ^ 1
        if (value) value.children = [octets.toString('base64')]
        return root
      },
    },
    refusal: ['saml_signature_invalid', 'the signature is not one of the configured keys over this element'],
  }),
  refused('two-encrypted-name-ids', 'the subject has two EncryptedID', {
    base: 'good',
    specification: 'saml-core section 2.4.1',
    hooks: unsigned((root) => {
      const name = first(root, 'NameID')
      replace(root, name, element('saml:EncryptedID'), element('saml:EncryptedID'))
    }),
    refusal: assertion('a part of the assertion is there twice'),
  }),
]

/** What is encrypted. */
export const contents: readonly PlannedCase[] = [...contentsThemselves, ...altered]
