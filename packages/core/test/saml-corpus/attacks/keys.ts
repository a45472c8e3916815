import type { Attack } from './attack.ts'
import { bestPractices, cve, profiles } from './sources.ts'

/** Whose signature it is, and by which algorithm. */
export const keysAttacks: readonly Attack[] = [
  {
    id: 'key-from-message',
    part: 'keys',
    attack:
      'The attacker signs with a key of their own, and KeyInfo brings it along: as certificate, by its numbers, or by an address.',
    answer: 'Keys come from the configuration alone. KeyInfo is not read.',
    sources: [
      '[SAML Core, section 5.4.5](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)',
      bestPractices,
    ],
    cases: [
      'certificate-of-attacker',
      'certificate-of-attacker-beside-good-one',
      'forged-signature',
      'signed-by-stranger-without-key-info',
      'key-value-of-attacker',
      'key-at-address',
      'unpublished-key',
    ],
  },
  {
    id: 'key-of-another-provider',
    part: 'keys',
    attack: 'The key is good, and that of another identity provider.',
    answer:
      'Keys belong to the connection to whose address the answer was posted. What the message says about its issuer chooses none.',
    sources: [profiles],
    cases: [
      'key-of-another-provider',
      'key-of-no-provider',
      'wrong-assertion-issuer',
      'signed-response-by-another',
    ],
  },
  {
    id: 'hmac-with-public-key',
    part: 'keys',
    attack: 'The signature is an HMAC keyed with what everybody knows: the public key or the certificate.',
    answer: 'Algorithms belong to the kind of the key, and HMAC to none.',
    sources: [
      '[RFC 9231, section 2.3](https://www.rfc-editor.org/rfc/rfc9231#section-2.3)',
      cve('2009-0217'),
    ],
    cases: [
      'hmac-with-certificate-pem',
      'hmac-with-certificate-der',
      'hmac-with-certificate-base64',
      'hmac-with-public-key-pem',
      'hmac-with-public-key-der',
      'hmac-truncated',
      'signature-method-with-parameters',
      'algorithm-of-another-key-type',
    ],
  },
  {
    id: 'weak-algorithms',
    part: 'keys',
    attack:
      'The signature is by an algorithm that is broken, by none, or by one that was renamed after signing.',
    answer: 'RSA, RSA-PSS, ECDSA and Ed25519 with SHA-256, SHA-384 or SHA-512, and nothing else.',
    sources: ['[NIST SP 800-131A](https://csrc.nist.gov/pubs/sp/800/131/a/r2/final)'],
    cases: [
      'sha1-signature',
      'sha1-digest',
      'md5-signature',
      'md5-digest',
      'dsa-signature',
      'no-signature-algorithm',
      'algorithm-none',
      'unknown-signature-algorithm',
      'unknown-digest-algorithm',
      'algorithm-changed',
      'digest-method-with-parameters',
      'rsa-pss-with-short-salt',
    ],
  },
  {
    id: 'weak-keys',
    part: 'keys',
    attack: 'The key is so short that others can find it.',
    answer: 'RSA keys under 2048 bits are never used; the configuration says so before anybody logs in.',
    sources: ['[NIST SP 800-131A](https://csrc.nist.gov/pubs/sp/800/131/a/r2/final)'],
    cases: ['weak-key'],
    tests: ['packages/core/src/config/broken.test.ts'],
  },
  {
    id: 'ecdsa-forms',
    part: 'keys',
    attack: 'An ECDSA signature is written in another form, or is made of zeros.',
    answer: 'It is two numbers of fixed length, and WebCrypto wants them in range.',
    sources: [
      cve('2022-21449'),
      '[XML Signature, section 6.4.3](https://www.w3.org/TR/xmldsig-core1/#sec-ECDSA)',
    ],
    cases: ['ecdsa-in-der', 'ecdsa-with-zeros'],
  },
]
