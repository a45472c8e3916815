import { all, element, first, type XmlElement } from '@doorward/testkit/saml'
import { signedInfo, text, unsigned } from '../../edits.ts'
import { accepted, type PlannedCase, refused } from '../../planned-case.ts'
import { refusedSignature } from '../refusals.ts'
import { notByKey, reshaped } from './common.ts'

const parameters = refusedSignature('an algorithm has parameters')

const EC = 'http://www.w3.org/2001/10/xml-exc-c14n#'

const otherParameters = refusedSignature('a canonicalization has other parameters than a list of prefixes')

const otherTransforms = refusedSignature('there are other transforms than two, or something else among them')

const transformOf = (info: XmlElement, index: number): XmlElement => {
  const found = all(info, 'Transform')[index]
  if (!found) throw new Error('the signature has fewer transforms')
  return found
}

function prefixList(PrefixList: string | undefined, namespace: string = EC): XmlElement {
  return element('ec:InclusiveNamespaces', { 'xmlns:ec': namespace, PrefixList })
}

/** The canonical form of the Assertion has other parameters. */
function canonicalizing(
  name: string,
  change: string,
  children: readonly XmlElement[],
  refusal = otherParameters,
): PlannedCase {
  return reshaped(
    name,
    change,
    signedInfo((info) => transformOf(info, 1).children.push(...children)),
    refusal,
  )
}

const twenty = Array.from({ length: 20 }, (_, index) => `p${index}`)

/** Transforms and canonical forms. */
export const transforms: readonly PlannedCase[] = [
  reshaped(
    'element-among-transforms',
    'there is something else among the transforms',
    signedInfo((info) => first(info, 'Transforms').children.push(element('ds:x'))),
    otherTransforms,
  ),
  reshaped(
    'element-in-place-of-transform',
    'something else stands in the place of the second transform',
    signedInfo((info) => Object.assign(transformOf(info, 1), { name: 'ds:x' })),
    otherTransforms,
  ),
  reshaped(
    'transform-in-other-namespace',
    'the first transform is in another namespace',
    signedInfo((info) =>
      Object.assign(transformOf(info, 0), {
        name: 'x:Transform',
        attributes: { ...transformOf(info, 0).attributes, 'xmlns:x': 'urn:x' },
      }),
    ),
    otherTransforms,
  ),
  reshaped(
    'empty-transforms',
    'the list of transforms is empty',
    signedInfo((info) => Object.assign(first(info, 'Transforms'), { children: [] })),
    refusedSignature('the first transform is not that of an enveloped signature'),
  ),
  reshaped(
    'enveloped-transform-with-parameters',
    'the transform of an enveloped signature has parameters',
    signedInfo((info) => transformOf(info, 0).children.push(element('ds:XPath', {}, 'true()'))),
    parameters,
  ),
  reshaped(
    'signature-method-with-parameters',
    'the signature algorithm has parameters',
    signedInfo((info) =>
      first(info, 'SignatureMethod').children.push(element('ds:HMACOutputLength', {}, '1')),
    ),
    parameters,
  ),
  reshaped(
    'digest-method-with-parameters',
    'the digest algorithm has parameters',
    signedInfo((info) => first(info, 'DigestMethod').children.push(element('ds:x'))),
    parameters,
  ),
  reshaped(
    'canonicalization-with-parameters',
    'the canonical form of SignedInfo has parameters that nobody knows',
    signedInfo((info) => first(info, 'CanonicalizationMethod').children.push(element('ds:x'))),
    otherParameters,
  ),
  canonicalizing('transform-with-parameters', 'the canonical form has parameters that nobody knows', [
    element('ds:XPath', {}, 'true()'),
  ]),
  canonicalizing('prefix-list-and-more', 'there is something else beside the list of prefixes', [
    prefixList('xs'),
    element('ds:x'),
  ]),
  canonicalizing('two-prefix-lists', 'there are two lists of prefixes', [prefixList('xs'), prefixList('xs')]),
  canonicalizing('prefix-list-without-prefixes', 'the list of prefixes has no attribute PrefixList', [
    prefixList(undefined),
  ]),
  canonicalizing('prefix-list-in-other-namespace', 'the list of prefixes is in another namespace', [
    prefixList('xs', 'urn:x'),
  ]),
  canonicalizing('prefix-list-with-element', 'the list of prefixes has an element in it', [
    element('ec:InclusiveNamespaces', { 'xmlns:ec': EC, PrefixList: 'xs' }, element('ec:x')),
  ]),
  canonicalizing('prefix-list-with-text', 'the list of prefixes has text in it', [
    element('ec:InclusiveNamespaces', { 'xmlns:ec': EC, PrefixList: 'xs' }, 'xs'),
  ]),
  canonicalizing(
    'prefix-list-too-long',
    'the list has one prefix more than is read',
    [prefixList([...twenty, 'p20'].join(' '))],
    refusedSignature('the list of prefixes is longer than any'),
  ),
  refused(
    'prefix-list-of-inclusive-canonicalization',
    'the inclusive canonical form has a list of prefixes',
    {
      base: 'inclusive-1.0',
      specification: 'Canonical XML 1.0: it takes no parameters',
      protection: { canonicalization: 'inclusive-1.0' },
      hooks: signedInfo((info) => transformOf(info, 1).children.push(prefixList('xs'))),
      refusal: parameters,
    },
  ),
  accepted(
    'prefix-list-as-long-as-allowed',
    'The list has as many prefixes as are read, and odd white space',
    {
      specification: 'Exclusive XML Canonicalization 1.0 section 4',
      protection: { inclusivePrefixes: twenty },
    },
  ),
  accepted('prefix-list-empty', 'The list of prefixes is empty', {
    specification: 'Exclusive XML Canonicalization 1.0 section 4',
    hooks: signedInfo((info) => transformOf(info, 1).children.push(prefixList(''))),
  }),
  accepted(
    'prefix-list-in-use',
    'The list names prefixes that are declared outside and used inside, redeclared, and in text',
    {
      specification: 'Exclusive XML Canonicalization 1.0 section 3',
      protection: { inclusivePrefixes: ['xs', 'xsi', 'saml', ''] },
      hooks: unsigned((root) => {
        Object.assign(root.attributes, {
          'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
          'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        })
        for (const value of all(root, 'AttributeValue')) value.attributes['xsi:type'] = 'xs:string'
        first(root, 'Subject').attributes['xmlns:xs'] = 'urn:example:other'
        Object.assign(first(root, 'Conditions').attributes, {
          'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
          xmlns: 'urn:example:default',
        })
      }),
    },
  ),
  accepted(
    'inclusive-with-declarations-around',
    'The inclusive canonical form takes over what is declared around the Assertion',
    {
      specification: 'Canonical XML 1.0 section 2.4',
      protection: { canonicalization: 'inclusive-1.0' },
      hooks: unsigned((root) => {
        Object.assign(root.attributes, {
          xmlns: 'urn:example:default',
          'xmlns:b': 'urn:b',
          'xmlns:a': 'urn:a',
        })
        Object.assign(first(root, 'Subject').attributes, { xmlns: '', 'xmlns:a': 'urn:c' })
      }),
    },
  ),
  refused('xml-base-around-inclusive-1.1', 'xml:base stands around what is signed in Canonical XML 1.1', {
    base: 'inclusive-1.1',
    specification: 'Canonical XML 1.1 section 2.4: bases would have to be joined',
    protection: { canonicalization: 'inclusive-1.1' },
    hooks: text('<samlp:Response ', '<samlp:Response xml:base="http://example.com/" '),
    refusal: ['saml_xml_invalid', 'xml:base stands around what is signed'],
  }),
  accepted(
    'xml-lang-around-exclusive',
    'xml:lang stands around what is signed, which the exclusive canonical form ignores',
    {
      specification: 'Exclusive XML Canonicalization 1.0 section 3',
      hooks: text('<samlp:Response ', '<samlp:Response xml:lang="en" xml:base="http://example.com/" '),
    },
  ),
  refused(
    'xml-lang-around-inclusive-1.0',
    'xml:lang was put around what is signed, which the canonical form takes over',
    {
      base: 'inclusive-1.0',
      specification: 'Canonical XML 1.0 section 2.4',
      protection: { canonicalization: 'inclusive-1.0' },
      hooks: text('<samlp:Response ', '<samlp:Response xml:lang="en" '),
      refusal: notByKey,
    },
  ),
]
