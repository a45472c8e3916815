import { all, clone, element, first, insertAfter, replace } from '../xml/tree.ts'
import { signing } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

/** Good parts of good answers in places, or in numbers, in which they must not be. */
export const signaturePlaces = {
  'several-assertions': {
    wrong: 'the Response has a second Assertion, about somebody else, which the provider has signed as well',
    specification: 'saml-profiles section 4.1.4.3: all are about the same principal; one is enough',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, { facts, capture }) {
        const user = { ...facts.user, nameId: 'user-2' }
        root.children.push(first(await capture({ user }, { encrypt: 'nothing' }), 'Assertion'))
        return root
      },
    },
  },
  'signature-moved': {
    wrong: 'the signature of the Assertion stands in the Response instead',
    specification: 'saml-core section 5.4.2',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const signature = first(root, 'Signature')
        replace(root, signature)
        insertAfter(root, first(root, 'Issuer'), signature)
        return root
      },
    },
  },
  'signature-moved-to-the-end': {
    wrong: 'the signature of the Assertion stands at the end of the Response instead',
    specification: 'saml-core section 5.4.2',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const signature = first(root, 'Signature')
        replace(root, signature)
        root.children.push(signature)
        return root
      },
    },
  },
  'signature-copied': {
    wrong: 'the signature of the Assertion stands in the Response as well',
    specification: 'saml-core section 5.4.2',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        insertAfter(root, first(root, 'Issuer'), clone(first(root, 'Signature')))
        return root
      },
    },
  },
  'signature-twice': {
    wrong: 'the signature stands in the Assertion twice',
    specification: 'saml-core section 2.3.3: there is at most one',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const signature = first(root, 'Signature')
        insertAfter(root, signature, clone(signature))
        return root
      },
    },
  },
  'signature-in-subject': {
    wrong: 'the signature of the Assertion stands deeper in it than it may',
    specification: 'saml-core section 2.3.3',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const signature = first(root, 'Signature')
        replace(root, signature)
        first(root, 'Subject').children.push(signature)
        return root
      },
    },
  },
  'assertion-not-a-child': {
    wrong: 'the signed Assertion stands in an element of its own in the Response',
    specification: 'saml-core section 3.3.3',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const assertion = first(root, 'Assertion')
        replace(root, assertion, element('samlp:Extensions', {}, assertion))
        return root
      },
    },
  },
  'assertions-swapped': {
    wrong: 'the Assertion of the signed Response was replaced by another one that the provider has signed',
    specification: 'saml-core section 5.3: any signature that is present has to be valid',
    login: 'must-fail',
    hooks: {
      plan: signing('both'),
      async signed(root, { facts, capture }) {
        const user = { ...facts.user, nameId: 'user-2' }
        const other = await capture({ user }, { sign: 'assertion', encrypt: 'nothing' })
        replace(root, all(root, 'Assertion')[0] ?? root, first(other, 'Assertion'))
        return root
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
