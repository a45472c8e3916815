import { canonicalizations } from '../xml/canonical.ts'
import { first, type XmlElement } from '../xml/tree.ts'
import { renamePrefix, signing, styled } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const canonical = 'Canonical XML 1.0 section 2.3: a namespace name is written like an attribute value'
const relative =
  'Canonical XML 1.0 section 1.3: implementations MUST report failure on relative namespace URIs; PortSwigger, "The Fragile Lock" (2025)'

/** A namespace of this name is in use within what is signed. */
function withNamespace(name: string): (root: XmlElement) => XmlElement {
  return (root) => {
    Object.assign(first(root, 'AttributeValue').attributes, { 'xmlns:x': name, 'x:hint': 'none' })
    return root
  }
}

/** Puts an element into a namespace that is not its own. */
function moved(name: string, namespace: string): (root: XmlElement) => XmlElement {
  return (root) => {
    const found = first(root, name)
    found.attributes['xmlns:y'] = namespace
    found.name = `y:${name}`
    return root
  }
}

/** Names of namespaces that confuse canonicalisers or readers. All of this is signed by the provider. */
export const namespaces = {
  'quote-in-namespace-name': {
    wrong: 'a namespace name has a quotation mark, and what looks like an attribute after it',
    specification: canonical,
    login: 'must-fail',
    hooks: { unsigned: withNamespace('urn:x" y="urn:y') },
  },
  'markup-in-namespace-name': {
    wrong: 'a namespace name has tags in it',
    specification: canonical,
    login: 'must-fail',
    hooks: { unsigned: withNamespace('urn:x"><b>&') },
  },
  'blank-in-namespace-name': {
    wrong: 'a namespace name has white space in it',
    specification: 'Namespaces in XML 1.0 section 2.1: it is a URI reference',
    login: 'must-fail',
    hooks: { unsigned: withNamespace('urn:x\n y') },
  },
  'relative-namespace-name': {
    wrong: 'a namespace name in the signed part is a relative URI',
    specification: relative,
    login: 'must-fail',
    hooks: { unsigned: withNamespace('relative') },
  },
  'relative-namespace-name-on-root': {
    wrong: 'the root, which is not signed, declares a relative URI, and the canonical form includes it',
    specification: relative,
    login: 'must-fail',
    hooks: {
      plan: styled({ canonicalization: canonicalizations['inclusive-1.0'] }),
      unsigned(root) {
        root.attributes['xmlns:x'] = '1'
        return root
      },
    },
  },
  'response-in-no-namespace': {
    wrong: 'the Response and what belongs to it are in no namespace',
    specification: 'saml-core section 3.2.2',
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        renamePrefix(root, 'samlp', '')
        delete root.attributes['xmlns']
        return root
      },
    },
  },
  'assertion-of-saml-1.1': {
    wrong: 'the Assertion is in the namespace of SAML 1.1',
    specification: 'saml-core section 2.3.3',
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        first(root, 'Assertion').attributes['xmlns:saml'] = 'urn:oasis:names:tc:SAML:1.0:assertion'
        return root
      },
    },
  },
  'name-id-in-other-namespace': {
    wrong: 'the NameID is in another namespace: to whom compares local names only, it is one',
    specification: 'CVE-2025-66567 of ruby-saml; saml-core section 2.2.3',
    login: 'must-fail',
    hooks: { unsigned: moved('NameID', 'urn:example:not-saml') },
  },
  'conditions-in-other-namespace': {
    wrong: 'the Conditions are in another namespace, so the Assertion has none',
    specification: 'saml-core section 2.5.1, saml-profiles section 4.1.4.2: there must be an audience',
    login: 'must-fail',
    hooks: { unsigned: moved('Conditions', 'urn:example:not-saml') },
  },
  'signature-in-other-namespace': {
    wrong: 'the Signature and what belongs to it are in another namespace',
    specification: 'XML Signature 1.1 section 1.3',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signedInfo(_, { signature }) {
        signature.attributes['xmlns:ds'] = 'urn:example:not-a-signature'
      },
    },
  },
  'namespaced-attributes': {
    wrong: 'Recipient, InResponseTo and NotOnOrAfter of the confirmation are in a foreign namespace',
    specification: 'saml-core section 2.4.1.2: these attributes are in no namespace',
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        const data = first(root, 'SubjectConfirmationData')
        const foreign = Object.entries(data.attributes).map(([name, value]) => [`x:${name}`, value])
        data.attributes = { 'xmlns:x': 'urn:example:x', ...Object.fromEntries(foreign) }
        return root
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
