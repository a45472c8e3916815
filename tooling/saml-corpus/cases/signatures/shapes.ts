import { element, first, type SamlHooks, type XmlElement } from '@doorward/testkit/saml'
import { signedInfo, text, unsigned } from '../../edits.ts'
import type { PlannedCase } from '../../planned-case.ts'
import { refusedSignature } from '../refusals.ts'
import { notByKey, reshaped, wrongElement } from './common.ts'

const notBase64 = refusedSignature('a digest or a signature is empty, or not base64')

/** The Signature itself, while it is being made. */
function inSignature(edit: (signature: XmlElement) => void): SamlHooks {
  return { signedInfo: (_, { signature }) => edit(signature) }
}

function swap(parent: XmlElement, one: number, other: number): void {
  const { children } = parent
  const [first, second] = [children[one], children[other]]
  if (first !== undefined && second !== undefined) [children[one], children[other]] = [second, first]
}

/** The parts of a signature. */
export const shapes: readonly PlannedCase[] = [
  reshaped(
    'text-in-signature',
    'there is text in the Signature',
    inSignature(({ children }) => children.push('x')),
  ),
  reshaped(
    'text-in-signed-info',
    'there is text in SignedInfo',
    signedInfo(({ children }) => children.unshift('x')),
  ),
  reshaped(
    'text-in-reference',
    'there is text in the Reference',
    signedInfo((info) => first(info, 'Reference').children.push('x')),
  ),
  reshaped(
    'foreign-element-in-signed-info',
    'there is an element of another namespace in SignedInfo',
    signedInfo(({ children }) => children.push(element('x', { xmlns: 'urn:x' }))),
  ),
  reshaped(
    'parts-of-signature-swapped',
    'SignatureValue stands in front of SignedInfo',
    inSignature((signature) => swap(signature, 0, 1)),
  ),
  reshaped(
    'parts-of-signed-info-swapped',
    'SignatureMethod stands in front of CanonicalizationMethod',
    signedInfo((info) => swap(info, 0, 1)),
  ),
  reshaped(
    'parts-of-reference-swapped',
    'DigestMethod stands in front of Transforms',
    signedInfo((info) => swap(first(info, 'Reference'), 0, 1)),
  ),
  reshaped(
    'two-key-infos',
    'there are two KeyInfo',
    inSignature((signature) => signature.children.push(first(signature, 'KeyInfo'))),
  ),
  reshaped(
    'two-signature-values',
    'there are two SignatureValue',
    inSignature((signature) => signature.children.splice(1, 0, element('ds:SignatureValue', {}, 'AAAA'))),
  ),
  reshaped(
    'signed-info-in-other-namespace',
    'SignedInfo is in another namespace',
    signedInfo((info) => Object.assign(info, { name: 'SignedInfo' })),
  ),
  reshaped(
    'digest-with-element',
    'the digest has an element in it',
    signedInfo((info) => first(info, 'DigestValue').children.push(element('ds:x'))),
    notBase64,
  ),
  reshaped(
    'signature-value-with-element',
    'the signature value has an element in it',
    text('<ds:SignatureValue>', '<ds:SignatureValue><ds:x></ds:x>'),
    notBase64,
  ),
  reshaped(
    'digest-not-base64',
    'the digest has characters that base64 does not have',
    signedInfo((info) => first(info, 'DigestValue').children.push('*')),
    notBase64,
  ),
  reshaped(
    'signature-value-not-base64',
    'the signature value has characters that base64 does not have',
    text('<ds:SignatureValue>', '<ds:SignatureValue>*'),
    notBase64,
  ),
  reshaped(
    'signature-value-url-safe',
    'the signature value has characters of the other base64',
    text('<ds:SignatureValue>', '<ds:SignatureValue>-_--'),
    notBase64,
  ),
  reshaped(
    'longer-digest',
    'the digest has an octet more than it should',
    signedInfo((info) => resizeDigest(info, 33)),
    notByKey,
  ),
  reshaped(
    'shorter-digest',
    'the digest has an octet less than it should',
    signedInfo((info) => resizeDigest(info, 31)),
    notByKey,
  ),
  reshaped(
    'other-digest',
    'the digest is of something else, and is signed',
    signedInfo((info) =>
      Object.assign(first(info, 'DigestValue'), {
        children: ['n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg='],
      }),
    ),
    notByKey,
  ),
  reshaped(
    'other-signature-value',
    'a bit of the signature value is another one',
    { signed: flipSignature },
    notByKey,
  ),
  reshaped(
    'reference-uri-of-other-case',
    'the Reference has the ID in capitals',
    signedInfo((info) => Object.assign(first(info, 'Reference').attributes, { URI: '#_ASSERTION-1' })),
    wrongElement,
  ),
  reshaped(
    'reference-uri-namespaced',
    'the URI of the Reference is an attribute of another namespace',
    signedInfo((info) => {
      first(info, 'Reference').attributes = { 'xmlns:x': 'urn:x', 'x:URI': '#_assertion-1' }
    }),
    wrongElement,
  ),
  reshaped(
    'id-namespaced',
    'the ID of the Assertion is an attribute of another namespace',
    unsigned((root) => {
      const { attributes } = first(root, 'Assertion')
      delete attributes['ID']
      Object.assign(attributes, { 'xmlns:x': 'urn:x', 'x:ID': '_assertion-1' })
    }),
    refusedSignature('the signed element has no ID, or one that is no name'),
  ),
]

function resizeDigest(info: XmlElement, length: number): void {
  const value = first(info, 'DigestValue')
  const digest = Buffer.from(value.children.join(''), 'base64')
  value.children = [
    Buffer.concat([digest, Buffer.alloc(1)])
      .subarray(0, length)
      .toString('base64'),
  ]
}

function flipSignature(root: XmlElement): XmlElement {
  const value = first(root, 'SignatureValue')
  const octets = Buffer.from(value.children.join(''), 'base64')
  octets[100] = (octets[100] ?? 0) ^ 1
  value.children = [octets.toString('base64')]
  return root
}
