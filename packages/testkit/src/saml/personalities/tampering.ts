import { clone, element, first, insertAfter, replace } from '../xml/tree.ts'
import { impersonate, remove, signing, withoutSignature } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const syntax = 'XML Signature 1.1 section 4.1'
const everySignature = 'saml-core section 5.4: any signature that is present has to be valid'

/** Answers without a signature, with less than one, or changed after they were signed. */
export const tampering = {
  unsigned: {
    wrong: 'nothing is signed',
    specification: 'saml-profiles section 4.1.4.5: assertions by POST MUST be signed',
    login: 'must-fail',
    hooks: { plan: (good) => ({ ...good, sign: 'neither' }) },
  },
  'signature-removed': {
    wrong: 'the assertion was changed, and the signature taken away',
    specification: 'saml-profiles section 4.1.4.5',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed: (root) => {
        remove(root, 'Signature')
        return impersonate(root)
      },
    },
  },
  'empty-signature': {
    wrong: 'the Signature is there and empty',
    specification: syntax,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        first(root, 'Signature').children = []
        return root
      },
    },
  },
  'no-signed-info': {
    wrong: 'the Signature has no SignedInfo',
    specification: syntax,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        remove(root, 'SignedInfo')
        return root
      },
    },
  },
  'empty-signed-info': {
    wrong: 'SignedInfo is there and empty',
    specification: syntax,
    login: 'must-fail',
    hooks: {
      signedInfo(signedInfo) {
        signedInfo.children = []
      },
    },
  },
  'empty-signature-value': {
    wrong: 'the SignatureValue is empty',
    specification: `${syntax}.2`,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        first(root, 'SignatureValue').children = []
        return root
      },
    },
  },
  'no-signature-value': {
    wrong: 'there is no SignatureValue',
    specification: `${syntax}.2`,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        remove(root, 'SignatureValue')
        return root
      },
    },
  },
  'tampered-name-id': {
    wrong: 'the NameID was changed after it was signed',
    specification: 'saml-core section 5.4',
    login: 'must-fail',
    hooks: { plan: signing('assertion'), signed: impersonate },
  },
  'tampered-attribute': {
    wrong: 'a group was added after it was signed',
    specification: 'saml-core section 5.4',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        first(root, 'Attribute').children.push(element('saml:AttributeValue', {}, 'administrators'))
        return root
      },
    },
  },
  'tampered-signed-response': {
    wrong: 'the NameID was changed after the Response was signed',
    specification: 'saml-core section 5.4',
    login: 'must-fail',
    hooks: { plan: signing('response'), signed: impersonate },
  },
  'tampered-white-space': {
    wrong: 'white space was added to the signed Assertion',
    specification: 'saml-core section 5.4',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        first(root, 'Assertion').children.push('\n')
        return root
      },
    },
  },
  'invalid-response-signature': {
    wrong: 'Response and Assertion are signed, and the destination of the Response was changed afterwards',
    specification: everySignature,
    login: 'must-fail',
    hooks: {
      plan: signing('both'),
      signed(root) {
        root.attributes['Consent'] = 'urn:oasis:names:tc:SAML:2.0:consent:obtained'
        return root
      },
    },
  },
  'response-signature-of-another': {
    wrong: 'the Response has a signature of a caught one, around an Assertion that is signed and good',
    specification: everySignature,
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, { capture }) {
        const caught = await capture({}, { sign: 'response', encrypt: 'nothing' })
        const signature = first(caught, 'Signature')
        first(signature, 'Reference').attributes['URI'] = `#${root.attributes['ID']}`
        insertAfter(root, first(root, 'Issuer'), signature)
        return root
      },
    },
  },
  'invalid-assertion-signature': {
    wrong: 'the Assertion has a signature of a caught one, and the Response around it is signed and good',
    specification: everySignature,
    login: 'must-fail',
    hooks: {
      plan: signing('response'),
      async unsigned(root, { capture }) {
        const caught = await capture({}, { sign: 'assertion', encrypt: 'nothing' })
        const signature = first(caught, 'Signature')
        const assertion = first(root, 'Assertion')
        first(signature, 'Reference').attributes['URI'] = `#${assertion.attributes['ID']}`
        insertAfter(assertion, first(assertion, 'Issuer'), signature)
        return root
      },
    },
  },
  'signature-of-another-assertion': {
    wrong: 'the Assertion about somebody else has the signature of a good one, Reference and all',
    specification: 'saml-core section 5.4.2',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const assertion = first(root, 'Assertion')
        const forged = withoutSignature(impersonate(clone(assertion)))
        insertAfter(forged, first(forged, 'Issuer'), first(assertion, 'Signature'))
        replace(root, assertion, forged)
        return root
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
