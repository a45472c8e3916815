import { accepted, type PlannedCase, refused } from '../../planned-case.ts'
import { notByKey, profile } from './common.ts'

const MORE = 'http://www.w3.org/2007/05/xmldsig-more#'

/** Algorithms and keys. */
export const methods: readonly PlannedCase[] = [
  accepted('rsa-pss-sha384', 'The signature is RSA-PSS with SHA-384', {
    specification: 'RFC 9231 section 2.3.10',
    protection: { signatureMethod: 'rsa-pss-sha384', digestMethod: 'sha384' },
  }),
  accepted('rsa-pss-sha512', 'The signature is RSA-PSS with SHA-512', {
    specification: 'RFC 9231 section 2.3.10',
    protection: { signatureMethod: 'rsa-pss-sha512' },
  }),
  accepted('sha384-digest', 'The digest is SHA-384', {
    specification: 'RFC 9231 section 2.1.3',
    protection: { digestMethod: 'sha384' },
  }),
  accepted('ecdsa-p384', 'The key is on P-384, and the signature ECDSA with SHA-384', {
    specification: 'RFC 9231 section 2.3.6',
    signer: 'p384',
    protection: { signatureMethod: 'ecdsa-sha384' },
    expected: { certificates: ['p384'] },
  }),
  accepted('ecdsa-p521', 'The key is on P-521, and the signature ECDSA with SHA-512', {
    specification: 'RFC 9231 section 2.3.6',
    signer: 'p521',
    protection: { signatureMethod: 'ecdsa-sha512' },
    expected: { certificates: ['p521'] },
  }),
  accepted('ed25519', 'The signature is Ed25519', {
    specification: 'RFC 9231 section 2.3.12',
    signer: 'ed25519',
    protection: { signatureMethod: 'ed25519' },
    expected: { certificates: ['ed25519'] },
  }),
  accepted(
    'keys-of-several-types',
    'The identity provider has keys of four types, and signs with one of them',
    {
      specification: 'saml-metadata section 2.4.1.1',
      expected: { certificates: ['ed25519', 'p256', 'p384', 'next', 'current'] },
    },
  ),
  accepted(
    'weak-key-beside-strong-one',
    'The identity provider has a key of 1024 bits beside the one that signs',
    {
      specification: 'NIST SP 800-131A revision 2 section 3',
      expected: { certificates: ['current', 'weak'] },
    },
  ),
  refused('rsa-pss-with-short-salt', 'the salt of RSA-PSS is shorter than the digest', {
    base: 'rsa-pss-sha256',
    specification: 'RFC 9231 section 2.3.9: the salt is as long as the digest',
    hooks: {
      plan: (good) => ({
        ...good,
        signature: {
          ...good.signature,
          method: {
            uri: `${MORE}sha256-rsa-MGF1`,
            async sign({ privateKey }, octets) {
              const algorithm = { name: 'RSA-PSS', hash: 'SHA-256' }
              const pkcs8 = Buffer.from(privateKey, 'base64')
              const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
              const parameters = { ...algorithm, saltLength: 20 }
              return new Uint8Array(await crypto.subtle.sign(parameters, key, octets))
            },
          },
        },
      }),
    },
    refusal: notByKey,
  }),
  refused('key-of-no-provider', 'the identity provider has no key', {
    specification: `${profile}.5`,
    expected: { certificates: [] },
    refusal: ['saml_signature_invalid', 'no key of the identity provider is for this algorithm'],
  }),
  refused('key-of-another-provider', 'the keys are those of another identity provider', {
    specification: 'saml-metadata section 2.4.1.1: keys belong to an entity',
    expected: { certificates: ['stranger'] },
    refusal: notByKey,
  }),
]
