import { digestMethods, type SignatureMethodName, signatureMethods } from '../crypto/algorithms.ts'
import type { SamlKeyRing } from '../crypto/key-ring.ts'
import { type CanonicalizationName, canonicalizations } from '../xml/canonical.ts'
import { styled } from './edits.ts'
import type { ProtectionPlan, SamlPersonalityEntry } from './personality.ts'

const signing = 'saml-core section 5'

function byMethod(method: SignatureMethodName): SamlPersonalityEntry {
  return {
    wrong: `nothing: the signature is made by ${method}`,
    specification: 'RFC 9231 section 2.3',
    login: 'must-succeed',
    hooks: { plan: styled({ method: signatureMethods[method] }) },
  }
}

function byCanonicalization(name: CanonicalizationName): SamlPersonalityEntry {
  return {
    wrong: `nothing: the canonical form is ${name}`,
    specification: 'XML Signature 1.1 section 6.5',
    login: 'must-succeed',
    hooks: { plan: styled({ canonicalization: canonicalizations[name] }) },
  }
}

async function byP256(good: ProtectionPlan, keys: SamlKeyRing): Promise<ProtectionPlan> {
  const key = await keys.get('p256')
  const method = signatureMethods['ecdsa-sha256']
  return styled({ key, method, certificates: [key.certificate] })(good)
}

/** Ways to sign a good answer. */
export const formsOfSignature = {
  'response-signed': {
    wrong: 'nothing: the Response is signed, and the Assertion by inheritance',
    specification: `${signing}.3`,
    login: 'must-succeed',
    hooks: { plan: (good) => ({ ...good, sign: 'response' }) },
  },
  'both-signed': {
    wrong: 'nothing: the Assertion is signed, and the Response around it',
    specification: `${signing}.3`,
    login: 'must-succeed',
    hooks: { plan: (good) => ({ ...good, sign: 'both' }) },
  },
  'rsa-sha384': byMethod('rsa-sha384'),
  'rsa-sha512': byMethod('rsa-sha512'),
  'rsa-pss-sha256': byMethod('rsa-pss-sha256'),
  'ecdsa-p256': {
    wrong: 'nothing: the key is on P-256, and the signature ECDSA with SHA-256',
    specification: 'RFC 9231 section 2.3.6',
    login: 'must-succeed',
    publishes: ['p256'],
    hooks: { plan: byP256 },
  },
  'sha512-digest': {
    wrong: 'nothing: the digest is SHA-512',
    specification: 'XML Encryption 1.1 section 5.8.3',
    login: 'must-succeed',
    hooks: { plan: styled({ digest: digestMethods.sha512 }) },
  },
  'exclusive-with-comments': byCanonicalization('exclusive-with-comments'),
  'inclusive-1.0': byCanonicalization('inclusive-1.0'),
  'inclusive-1.0-with-comments': byCanonicalization('inclusive-1.0-with-comments'),
  'inclusive-1.1': byCanonicalization('inclusive-1.1'),
  'inclusive-1.1-with-comments': byCanonicalization('inclusive-1.1-with-comments'),
  'prefix-list': {
    wrong: 'nothing: the exclusive canonical form includes prefixes by a list',
    specification: 'Exclusive XML Canonicalization 1.0 section 4',
    login: 'must-succeed',
    hooks: { plan: styled({ inclusivePrefixes: ['samlp', 'xs', ''] }) },
  },
  'no-key-info': {
    wrong: 'nothing: the signature does not say whose it is',
    specification: 'XML Signature 1.1 section 4.5: KeyInfo is optional',
    login: 'must-succeed',
    hooks: { plan: styled({ certificates: [] }) },
  },
  'several-certificates': {
    wrong: 'nothing: KeyInfo has a second certificate, which has no part in the signature',
    specification: 'XML Signature 1.1 section 4.5.4',
    login: 'must-succeed',
    hooks: {
      async plan(good, keys) {
        const certificates = [...good.signature.certificates, (await keys.get('next')).certificate]
        return styled({ certificates })(good)
      },
    },
  },
  'key-rollover': {
    wrong: 'nothing: two keys are published, and the second signs',
    specification: 'saml-metadata section 2.4.1.1: there may be several KeyDescriptor elements for signing',
    login: 'must-succeed',
    publishes: ['current', 'next'],
    hooks: {
      async plan(good, keys) {
        const key = await keys.get('next')
        return styled({ key, certificates: [key.certificate] })(good)
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
