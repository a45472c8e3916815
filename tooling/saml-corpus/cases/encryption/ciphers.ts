import { keyMethod, oaepDigest, oaepMask } from '../../encrypting.ts'
import { accepted, type PlannedCase } from '../../planned-case.ts'
import { encryption } from '../refusals.ts'
import { bad, DS, good, type Special, undecipherable, wrappedBy, XENC, XENC11, xenc } from './common.ts'

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'

const otherCipher = encryption('the cipher is not one that is read here: AES-GCM is')

function oaep(hash: 'SHA-384' | 'SHA-512', digest: string, mask: string): Special {
  return { wrapping: { hash, method: keyMethod(`${XENC11}rsa-oaep`, oaepDigest(digest), oaepMask(mask)) } }
}

/** Ciphers, and what of a ciphertext can be wrong. */
export const ciphers: readonly PlannedCase[] = [
  good('encrypted-with-aes-192', 'The Assertion is encrypted with AES-192-GCM', {
    cipher: 'aes192-gcm',
    keyLength: 24,
  }),
  good('encrypted-with-aes-128-cbc', 'The Assertion is encrypted with AES-128-CBC in a signed Response', {
    cipher: 'aes128-cbc',
    keyLength: 16,
  }),
  good('encrypted-with-aes-192-cbc', 'The Assertion is encrypted with AES-192-CBC in a signed Response', {
    cipher: 'aes192-cbc',
    keyLength: 24,
  }),
  good(
    'encrypted-with-random-padding',
    'The padding of AES-CBC is of any octets but for the last',
    {
      cipher: 'aes256-cbc',
      padding: (missing) => [
        ...Array.from({ length: missing - 1 }, (_, index) => (index * 37) % 256),
        missing,
      ],
    },
    `${xenc} 5.2.2`,
  ),
  good(
    'encrypted-with-block-of-padding',
    'The padding of AES-CBC is a whole block, for there was nothing to pad',
    {
      cipher: 'aes256-cbc',
      plaintext: (text) => text + ' '.repeat((16 - (Buffer.byteLength(text) % 16)) % 16),
    },
    `${xenc} 5.2.2`,
  ),
  good(
    'encrypted-with-oaep-sha384',
    'The key is handed over by RSA-OAEP with SHA-384 throughout',
    oaep('SHA-384', `${MORE}sha384`, 'mgf1sha384'),
    `${xenc} 5.5.2`,
  ),
  good(
    'encrypted-with-oaep-sha512',
    'The key is handed over by RSA-OAEP with SHA-512 throughout',
    oaep('SHA-512', `${XENC}sha512`, 'mgf1sha512'),
    `${xenc} 5.5.2`,
  ),
  good(
    'encrypted-with-oaep-of-defaults',
    'RSA-OAEP names neither digest nor mask, which makes both SHA-1',
    wrappedBy(keyMethod(`${XENC11}rsa-oaep`)),
    `${xenc} 5.5.2`,
  ),
  good(
    'encrypted-with-oaep-sha1-by-name',
    'RSA-OAEP names SHA-1 for digest and mask',
    wrappedBy(keyMethod(`${XENC11}rsa-oaep`, oaepDigest(`${DS}sha1`), oaepMask('mgf1sha1'))),
    `${xenc} 5.5.2`,
  ),
  good(
    'encrypted-for-several',
    'The key is handed over to four, and we are the last',
    { certificates: ['stranger', 'stranger', 'stranger', 'ours'] },
    'saml-core section 2.3.4',
  ),
  good(
    'encrypted-with-namespaces-around',
    'What is encrypted uses prefixes that are declared around it',
    { plaintext: (text) => text.replace(/ xmlns:saml="[^"]*"/g, '') },
    'XML Encryption 1.1 section 4.3',
  ),
  good('encrypted-name-id-by-cbc', 'The NameID is encrypted with AES-CBC in a signed Response', {
    what: 'NameID',
    cipher: 'aes256-cbc',
  }),
  good(
    'encrypted-name-id-in-signed-response',
    'The NameID is encrypted, and the Response signed',
    { what: 'NameID' },
    'saml-core section 2.2.4',
  ),
  accepted(
    'encrypted-with-inclusive-canonicalization',
    'The Assertion is signed in inclusive canonical form, and encrypted',
    {
      specification: 'Canonical XML 1.0 section 2.4',
      protection: { encrypt: 'assertion', canonicalization: 'inclusive-1.0' },
    },
  ),
  bad(
    'encrypted-by-unknown-cipher',
    'the cipher is one that nobody knows',
    { cipher: 'aes512-gcm' },
    otherCipher,
  ),
  bad(
    'encrypted-with-short-key',
    'the key has half the length that the cipher takes',
    { keyLength: 16 },
    undecipherable,
  ),
  bad(
    'encrypted-with-long-key',
    'the key has twice the length that the cipher takes',
    { cipher: 'aes128-gcm', keyLength: 32 },
    undecipherable,
  ),
  bad(
    'encrypted-with-iv-only',
    'there is nothing but the IV',
    { change: (octets) => octets.slice(0, 12) },
    undecipherable,
  ),
  bad(
    'encrypted-with-half-an-iv',
    'there is nothing but half the IV',
    { change: (octets) => octets.slice(0, 6) },
    undecipherable,
  ),
  bad(
    'encrypted-by-cbc-with-one-block',
    'there is nothing but the IV of AES-CBC',
    { cipher: 'aes256-cbc', change: (octets) => octets.slice(0, 16) },
    undecipherable,
  ),
  bad(
    'encrypted-by-cbc-with-half-a-block',
    'the last block of AES-CBC is not whole',
    { cipher: 'aes256-cbc', change: (octets) => octets.slice(0, -8) },
    undecipherable,
  ),
  bad(
    'encrypted-by-cbc-without-padding',
    'the padding of AES-CBC says that it has no octet',
    { cipher: 'aes256-cbc', padding: (missing) => Array(missing).fill(0) },
    undecipherable,
  ),
  bad(
    'encrypted-by-cbc-with-too-much-padding',
    'the padding of AES-CBC says that it is longer than a block',
    { cipher: 'aes256-cbc', padding: (missing) => Array(missing).fill(17) },
    undecipherable,
  ),
]
