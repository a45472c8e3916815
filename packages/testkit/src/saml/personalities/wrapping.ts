import { clone, element, first, insertBefore, replace, type XmlElement } from '../xml/tree.ts'
import { extend, forgedAssertion, impersonate, signing, withoutSignature } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const paper = 'Somorovsky et al., "On Breaking SAML", USENIX Security 2012, section 4'
const fromVerified =
  'saml-core section 5.4.2: the signature covers the element that it stands in, and only that is to be read'

/** Makes the signed Response a forged one, and gives the original back. Its signature stays where it is. */
function forgeAround(root: XmlElement): XmlElement {
  const original = withoutSignature(root)
  impersonate(root)
  root.attributes['ID'] = '_forged-response'
  first(root, 'Assertion').attributes['ID'] = '_forged-assertion'
  return original
}

/** Makes the signed Assertion a forged one, and gives the original back. Its signature stays where it is. */
function forgeAssertionInPlace(root: XmlElement, ID: string): XmlElement {
  const assertion = first(root, 'Assertion')
  const original = withoutSignature(assertion)
  impersonate(assertion)
  assertion.attributes['ID'] = ID
  return original
}

/** Attackers who rearrange a good answer, so that one part is verified and another is read. */
export const wrapping = {
  xsw1: {
    wrong: 'a forged Response has the signature of the original, which stands inside the signature',
    specification: `${paper}; ${fromVerified}`,
    login: 'must-fail',
    hooks: {
      plan: signing('response'),
      signed(root) {
        const original = forgeAround(root)
        first(root, 'Signature').children.push(original)
        return root
      },
    },
  },
  xsw2: {
    wrong: 'a forged Response has the signature of the original, which stands beside the signature',
    specification: `${paper}; ${fromVerified}`,
    login: 'must-fail',
    hooks: {
      plan: signing('response'),
      signed(root) {
        const original = forgeAround(root)
        insertBefore(root, first(root, 'Signature'), original)
        return root
      },
    },
  },
  xsw3: {
    wrong: 'a forged Assertion stands in front of the signed one',
    specification: `${paper}; authentik CVE-2026-25922`,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        insertBefore(root, first(root, 'Assertion'), forgedAssertion(root))
        return root
      },
    },
  },
  xsw4: {
    wrong: 'a forged Assertion stands around the signed one',
    specification: paper,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const original = first(root, 'Assertion')
        const forged = forgedAssertion(root)
        replace(root, original, forged)
        forged.children.push(original)
        return root
      },
    },
  },
  xsw5: {
    wrong: 'a forged Assertion has the signature of the original, which stands at the end of the Response',
    specification: paper,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        root.children.push(forgeAssertionInPlace(root, '_forged-assertion'))
        return root
      },
    },
  },
  xsw6: {
    wrong: 'a forged Assertion has the signature of the original, which stands inside the signature',
    specification: paper,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const original = forgeAssertionInPlace(root, '_forged-assertion')
        first(root, 'Signature').children.push(original)
        return root
      },
    },
  },
  xsw7: {
    wrong: 'a forged Assertion with the ID of the signed one stands in Extensions',
    specification: `${paper}; OneUptime issue 2949`,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const forged = forgedAssertion(root)
        forged.attributes['ID'] = first(root, 'Assertion').attributes['ID'] ?? ''
        return extend(root, forged)
      },
    },
  },
  xsw8: {
    wrong:
      'a forged Assertion with the ID of the original has its signature, and the original stands in ds:Object',
    specification: paper,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const original = forgeAssertionInPlace(root, first(root, 'Assertion').attributes['ID'] ?? '')
        first(root, 'Signature').children.push(element('ds:Object', {}, original))
        return root
      },
    },
  },
  'forged-assertion-in-extensions': {
    wrong: 'a forged Assertion with an ID of its own stands in Extensions, before the signed one',
    specification: 'OneUptime issue 2949',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed: (root) => extend(root, forgedAssertion(root)),
    },
  },
  'forged-assertion-in-object': {
    wrong: 'a forged Assertion stands in a ds:Object of the signature, which no digest covers',
    specification: paper,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        first(root, 'Signature').children.unshift(element('ds:Object', {}, forgedAssertion(root)))
        return root
      },
    },
  },
  'forged-assertion-in-key-info': {
    wrong: 'a forged Assertion stands in the KeyInfo of the signature, which no digest covers',
    specification: paper,
    login: 'must-fail',
    hooks: {
      plan: signing('response'),
      signed(root) {
        first(root, 'KeyInfo').children.push(forgedAssertion(root))
        return root
      },
    },
  },
  'forged-assertion-in-status-detail': {
    wrong: 'a forged Assertion stands in StatusDetail, before the signed one',
    specification: paper,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        first(root, 'Status').children.push(element('samlp:StatusDetail', {}, forgedAssertion(root)))
        return root
      },
    },
  },
  'forged-assertion-last': {
    wrong: 'a forged Assertion stands behind the signed one',
    specification: paper,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        root.children.push(forgedAssertion(root))
        return root
      },
    },
  },
  'forged-response-around-response': {
    wrong: 'a forged Response stands around the signed one',
    specification: paper,
    login: 'must-fail',
    hooks: {
      plan: signing('response'),
      signed(root) {
        const forged = impersonate(withoutSignature(root))
        forged.attributes['ID'] = '_forged-response'
        first(forged, 'Assertion').attributes['ID'] = '_forged-assertion'
        forged.children.push(root)
        return forged
      },
    },
  },
  'signed-error-response': {
    wrong: 'a forged Assertion stands in a second copy of the signature of an error, which has no Assertion',
    specification: 'OneUptime issue 2981: the transform takes out one signature, not all of them',
    login: 'must-fail',
    hooks: {
      content: (good) => ({ ...good, assertion: undefined }),
      plan: signing('response'),
      async signed(root, { facts, capture }) {
        const forged = forgedAssertion(await capture(facts, { sign: 'neither', encrypt: 'nothing' }))
        const copy = clone(first(root, 'Signature'))
        copy.children.push(element('ds:Object', {}, forged))
        root.children.push(copy)
        return root
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
