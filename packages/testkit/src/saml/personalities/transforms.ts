import { ns } from '../names.ts'
import { canonicalizations } from '../xml/canonical.ts'
import { element, first, isElement, localName, type XmlElement, type XmlNode } from '../xml/tree.ts'
import { impersonate, signing, styled } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const profile =
  'saml-core section 5.4.4: enveloped-signature and exclusive canonicalisation, and no other transform'
const practice = 'XML Signature Best Practices section 2.1'
const exclusive = canonicalizations.exclusive.uri

function transform(Algorithm: string, ...children: readonly XmlElement[]): XmlElement {
  return element('ds:Transform', { Algorithm }, ...children)
}

const enveloped = () => transform(`${ns.ds}enveloped-signature`)
const canonical = () => transform(exclusive)

/** The provider signs with these transforms. The digest is what it would be without the odd ones. */
function transforming(
  wrong: string,
  specification: string,
  transforms: () => readonly XmlElement[],
): SamlPersonalityEntry {
  return {
    wrong,
    specification,
    login: 'must-fail',
    hooks: {
      signedInfo(signedInfo) {
        first(signedInfo, 'Transforms').children = [...transforms()]
      },
    },
  }
}

/** All that a filter takes away may be changed afterwards. */
function filtering(wrong: string, filter: XmlElement): SamlPersonalityEntry {
  const filtered = (node: XmlNode) =>
    isElement(node) && ['Subject', 'AttributeStatement', 'Signature'].includes(localName(node))
  return {
    wrong,
    specification: `${profile}; ${practice}.5`,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signedInfo(signedInfo, { digest }) {
        first(signedInfo, 'Transforms').children = [enveloped(), filter, canonical()]
        first(signedInfo, 'DigestValue').children = [await digest(filtered)]
      },
      signed: impersonate,
    },
  }
}

const unnamed = 'not(ancestor-or-self::*[local-name()="Subject" or local-name()="AttributeStatement"])'

const stylesheet = element(
  'xsl:stylesheet',
  { 'xmlns:xsl': 'http://www.w3.org/1999/XSL/Transform', version: '1.0' },
  element(
    'xsl:template',
    { match: '@*|node()' },
    element('xsl:copy', {}, element('xsl:apply-templates', { select: '@*|node()' })),
  ),
)

/** Signatures with transforms that nobody needs for SAML, made by the provider. */
export const transforms = {
  'xpath-transform': filtering(
    'an XPath transform takes the subject out of what is signed, and the subject was changed',
    transform('http://www.w3.org/TR/1999/REC-xpath-19991116', element('ds:XPath', {}, unnamed)),
  ),
  'xpath-filter-transform': filtering(
    'an XPath filter takes the subject out of what is signed, and the subject was changed',
    transform(
      'http://www.w3.org/2002/06/xmldsig-filter2',
      element(
        'f:XPath',
        { 'xmlns:f': 'http://www.w3.org/2002/06/xmldsig-filter2', Filter: 'subtract' },
        '//*[local-name()="Subject" or local-name()="AttributeStatement"]',
      ),
    ),
  ),
  'xslt-transform': transforming('there is an XSLT transform', `${profile}; ${practice}.2`, () => [
    enveloped(),
    transform('http://www.w3.org/TR/1999/REC-xslt-19991116', stylesheet),
    canonical(),
  ]),
  'base64-transform': transforming('there is a transform that decodes base64', profile, () => [
    enveloped(),
    transform(`${ns.ds}base64`),
  ]),
  'decryption-transform': transforming('there is a transform that decrypts', profile, () => [
    enveloped(),
    transform('http://www.w3.org/2002/07/decrypt#XML'),
    canonical(),
  ]),
  'unknown-transform': transforming('there is a transform that nobody knows', profile, () => [
    enveloped(),
    transform('urn:example:transform'),
    canonical(),
  ]),
  'three-transforms': transforming(
    'the canonical form is asked for twice',
    `${profile}; ${practice}.4`,
    () => [enveloped(), canonical(), canonical()],
  ),
  'enveloped-twice': transforming('the signature is taken out twice', profile, () => [
    enveloped(),
    enveloped(),
    canonical(),
  ]),
  'transforms-out-of-order': transforming(
    'the canonical form is asked for before the signature is taken out of it',
    `${profile}; the result of the first is octets, the second wants nodes`,
    () => [canonical(), enveloped()],
  ),
  'no-enveloped-transform': transforming(
    'the signature is not taken out of what it covers',
    `${profile}; without it the digest would be over itself`,
    () => [canonical()],
  ),
  'no-transforms': {
    wrong: 'there is no list of transforms',
    specification: profile,
    login: 'must-fail',
    hooks: {
      signedInfo(signedInfo) {
        const reference = first(signedInfo, 'Reference')
        reference.children = reference.children.filter((child) => child !== first(signedInfo, 'Transforms'))
      },
    },
  },
  'enveloped-transform-only': {
    wrong: 'no canonical form is named for the assertion, which makes it the inclusive one',
    specification: 'XML Signature 1.1 section 4.4.3.2: the default is Canonical XML 1.0',
    login: 'may-succeed',
    hooks: {
      plan: styled({ canonicalization: canonicalizations['inclusive-1.0'] }),
      signedInfo(signedInfo) {
        first(signedInfo, 'Transforms').children = [enveloped()]
      },
    },
  },
  'unknown-canonicalization': {
    wrong: 'the canonical form of SignedInfo is one that nobody knows',
    specification: 'XML Signature 1.1 section 4.4.1',
    login: 'must-fail',
    hooks: {
      signedInfo(signedInfo) {
        first(signedInfo, 'CanonicalizationMethod').attributes['Algorithm'] = 'urn:example:canonical'
      },
    },
  },
  'no-canonicalization': {
    wrong: 'the canonical form of SignedInfo is not named',
    specification: 'XML Signature 1.1 section 4.4.1',
    login: 'must-fail',
    hooks: {
      signedInfo(signedInfo) {
        delete first(signedInfo, 'CanonicalizationMethod').attributes['Algorithm']
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
