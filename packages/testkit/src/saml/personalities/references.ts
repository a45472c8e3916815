import { digestOf } from '../message/sign.ts'
import { clone, element, first, insertAfter, insertBefore, replace, type XmlElement } from '../xml/tree.ts'
import { extend, foreign, impersonate, remove, signing } from './edits.ts'
import type { ResponseStep, SamlPersonalityEntry } from './personality.ts'

const shape = 'saml-core section 5.4.2: one Reference, to the ID of the element that the signature stands in'
const syntax = 'XML Signature 1.1 section 4.1'
const void_ = 'PortSwigger, "The Fragile Lock" (2025): an empty canonical form is a failure'
const sha256OfNothing = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='

/** The provider signs the Response with a Reference that has another URI, or none. */
function referring(wrong: string, uri: (id: string) => string | undefined): SamlPersonalityEntry {
  return {
    wrong,
    specification: shape,
    login: 'must-fail',
    hooks: {
      plan: signing('response'),
      signedInfo(signedInfo, { target }) {
        const { attributes } = first(signedInfo, 'Reference')
        const changed = uri(target.attributes['ID'] ?? '')
        if (changed === undefined) delete attributes['URI']
        else attributes['URI'] = changed
      },
    },
  }
}

/** What an attacker would like the digest to be. */
function forgedDigest(root: XmlElement, { plan }: ResponseStep): Promise<string> {
  const assertion = first(root, 'Assertion')
  const signature = first(assertion, 'Signature')
  return digestOf(root, assertion, { style: plan.signature, omit: (node) => node === signature })
}

/** References that lead somewhere else, or nowhere. */
export const references = {
  'empty-reference-uri': referring('the Reference is to the whole document', () => ''),
  'absent-reference-uri': referring('the Reference does not say to what', () => undefined),
  'reference-without-hash': referring('the Reference has the ID without "#"', (id) => id),
  'xpointer-reference': referring('the Reference is an XPointer to the ID', (id) => `#xpointer(id('${id}'))`),
  'xpointer-to-root': referring('the Reference is an XPointer to the root', () => '#xpointer(/)'),
  'http-reference': referring(
    'the Reference is to an address',
    (id) => `http://127.0.0.1:9/response.xml#${id}`,
  ),
  'file-reference': referring('the Reference is to a file', () => 'file:///etc/hostname'),
  'quoted-reference': referring(
    'the Reference tries to end the string in an XPath',
    (id) => `#${id}' or '1'='1`,
  ),
  'dangling-reference': referring('the Reference is to an ID that nothing has', () => '#_nobody'),
  'reference-to-another-element': {
    wrong: 'the signature of the Assertion is over something else in the Response',
    specification: shape,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      unsigned: (root) => extend(root, foreign('Thing', { ID: '_thing' })),
      async signedInfo(signedInfo, { root, style }) {
        first(signedInfo, 'Reference').attributes['URI'] = '#_thing'
        const digest = await digestOf(root, first(root, 'Thing'), { style, omit: () => false })
        first(signedInfo, 'DigestValue').children = [digest]
      },
    },
  },
  'two-references': {
    wrong: 'the signature has a second Reference, to another element of the Response',
    specification: shape,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      unsigned: (root) => extend(root, foreign('Thing', { ID: '_thing' })),
      async signedInfo(signedInfo, { root, style }) {
        const second = clone(first(signedInfo, 'Reference'))
        second.attributes['URI'] = '#_thing'
        const digest = await digestOf(root, first(root, 'Thing'), { style, omit: () => false })
        first(second, 'DigestValue').children = [digest]
        signedInfo.children.push(second)
      },
    },
  },
  'no-reference': {
    wrong: 'the signature is over nothing: it has no Reference',
    specification: shape,
    login: 'must-fail',
    hooks: { signedInfo: (signedInfo) => remove(signedInfo, 'Reference') },
  },
  'empty-digest': {
    wrong: 'the digest is empty',
    specification: `${syntax}.3.6`,
    login: 'must-fail',
    hooks: {
      signedInfo(signedInfo) {
        first(signedInfo, 'DigestValue').children = []
      },
    },
  },
  'digest-of-nothing': {
    wrong: 'the digest is that of an empty text, as of a canonicaliser that has failed',
    specification: void_,
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        root.attributes['xmlns:x'] = '1'
        return root
      },
      signedInfo(signedInfo) {
        first(signedInfo, 'DigestValue').children = [sha256OfNothing]
      },
    },
  },
  'no-digest': {
    wrong: 'the Reference has no DigestValue',
    specification: `${syntax}.3.6`,
    login: 'must-fail',
    hooks: { signedInfo: (signedInfo) => remove(signedInfo, 'DigestValue') },
  },
  'two-digests': {
    wrong: 'the assertion was changed, and its new digest stands in front of the old one',
    specification: `${syntax}.3.6`,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, step) {
        impersonate(root)
        const digest = element('ds:DigestValue', {}, await forgedDigest(root, step))
        insertBefore(root, first(root, 'DigestValue'), digest)
        return root
      },
    },
  },
  'comment-in-digest': {
    wrong: 'the assertion was changed, and its new digest stands in a comment in front of the old one',
    specification: 'CVE-2025-29775 of xml-crypto',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, step) {
        impersonate(root)
        first(root, 'DigestValue').children.unshift({ comment: await forgedDigest(root, step) })
        return root
      },
    },
  },
  'two-signed-infos': {
    wrong: 'the assertion was changed, and a SignedInfo with its new digest stands in front of the old one',
    specification: 'CVE-2025-29774 of xml-crypto',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, step) {
        impersonate(root)
        const original = first(root, 'SignedInfo')
        const forged = clone(original)
        first(forged, 'DigestValue').children = [await forgedDigest(root, step)]
        insertBefore(root, original, forged)
        return root
      },
    },
  },
  'two-signed-infos-forged-last': {
    wrong: 'the assertion was changed, and a SignedInfo with its new digest stands behind the old one',
    specification: 'CVE-2025-29774 of xml-crypto',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, step) {
        impersonate(root)
        const original = first(root, 'SignedInfo')
        const forged = clone(original)
        first(forged, 'DigestValue').children = [await forgedDigest(root, step)]
        insertAfter(root, original, forged)
        return root
      },
    },
  },
  'signed-info-in-object': {
    wrong:
      'the assertion was changed, and the SignedInfo that was signed stands in ds:Object behind a forged one',
    specification: 'CVE-2025-29774 of xml-crypto; CVE-2024-45409 of ruby-saml',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, step) {
        impersonate(root)
        const original = first(root, 'SignedInfo')
        const forged = clone(original)
        first(forged, 'DigestValue').children = [await forgedDigest(root, step)]
        replace(root, original, forged)
        first(root, 'Signature').children.push(element('ds:Object', {}, original))
        return root
      },
    },
  },
  'digest-in-status-detail': {
    wrong: 'the assertion was changed, and its new digest stands earlier in the document than the old one',
    specification: 'CVE-2024-45409 of ruby-saml: a search from the root finds it first',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, step) {
        impersonate(root)
        const forged = element(
          'ds:DigestValue',
          { 'xmlns:ds': 'http://www.w3.org/2000/09/xmldsig#' },
          await forgedDigest(root, step),
        )
        first(root, 'Status').children.push(element('samlp:StatusDetail', {}, forged))
        return root
      },
    },
  },
  'object-in-signature': {
    wrong: 'the signature has a ds:Object, which no digest covers',
    specification: 'saml-core section 5.4.2: signatures MUST NOT contain Object elements of consequence',
    login: 'must-fail',
    hooks: {
      signedInfo: (_, { signature }) => {
        signature.children.push(element('ds:Object', {}, 'nothing of interest'))
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
