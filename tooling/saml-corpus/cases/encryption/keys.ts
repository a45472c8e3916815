import { all, element, first, type XmlElement } from '@doorward/testkit/saml'
import { keyMethod, oaepDigest, oaepMask } from '../../encrypting.ts'
import { type PlannedCase, refused } from '../../planned-case.ts'
import { encryption } from '../refusals.ts'
import { bad, DS, type Special, undecipherable, wrappedBy, XENC, XENC11 } from './common.ts'

/** Edits of the EncryptedData, before the Response is signed. */
const inData = (edit: (data: XmlElement) => void): Pick<Special, 'container'> => ({
  container: (container) => edit(first(container, 'EncryptedData')),
})

const otherKeyAlgorithm = encryption('the key is encrypted in a way that is not read here: RSA-OAEP is')

const noKey = encryption('something is encrypted, and there is no key of ours for it')

const oneHash = encryption(
  'RSA-OAEP is read with one and the same hash for digest and mask, and no parameters',
)

/** How keys are handed over. */
export const keys: readonly PlannedCase[] = [
  bad(
    'encrypted-for-too-many',
    'the key is handed over to five',
    { certificates: ['ours', 'ours', 'ours', 'ours', 'ours'] },
    undecipherable,
  ),
  bad('encrypted-without-key', 'the key is not handed over at all', { certificates: [] }, undecipherable),
  bad(
    'encrypted-with-older-oaep-and-sha256',
    'the older RSA-OAEP, whose mask is of SHA-1, has a digest of SHA-256',
    wrappedBy(keyMethod(`${XENC}rsa-oaep-mgf1p`, oaepDigest(`${XENC}sha256`)), 'SHA-256'),
    oneHash,
  ),
  bad(
    'encrypted-with-oaep-of-unknown-digest',
    'the digest of RSA-OAEP is one that nobody knows',
    wrappedBy(keyMethod(`${XENC11}rsa-oaep`, oaepDigest(`${DS}md5`))),
    oneHash,
  ),
  bad(
    'encrypted-with-oaep-of-unknown-mask',
    'the mask of RSA-OAEP is one that nobody knows',
    wrappedBy(keyMethod(`${XENC11}rsa-oaep`, oaepMask('mgf1md5'))),
    oneHash,
  ),
  bad(
    'encrypted-with-oaep-of-unknown-hashes',
    'digest and mask of RSA-OAEP are two that nobody knows',
    wrappedBy(keyMethod(`${XENC11}rsa-oaep`, oaepDigest(`${DS}md5`), oaepMask('mgf1md5'))),
    oneHash,
  ),
  bad(
    'encrypted-with-oaep-parameters',
    'RSA-OAEP has parameters',
    wrappedBy(keyMethod(`${XENC}rsa-oaep-mgf1p`, element('xenc:OAEPparams', {}, 'AAAA'))),
    oneHash,
  ),
  bad(
    'encrypted-with-unknown-key-algorithm',
    'the key is handed over in a way that nobody knows',
    wrappedBy(keyMethod(`${XENC}kw-aes256`)),
    otherKeyAlgorithm,
  ),
  bad(
    'encrypted-with-nameless-key-algorithm',
    'it is not said how the key is handed over',
    wrappedBy(keyMethod('')),
    otherKeyAlgorithm,
  ),
  bad(
    'encrypted-without-encryption-method',
    'it is not said how the Assertion is encrypted',
    inData(({ children }) => children.shift()),
    undecipherable,
  ),
  bad(
    'encrypted-with-two-encryption-methods',
    'it is said twice how the Assertion is encrypted',
    inData(({ children }) =>
      children.unshift(element('xenc:EncryptionMethod', { Algorithm: `${XENC11}aes128-gcm` })),
    ),
    undecipherable,
  ),
  bad(
    'encrypted-without-cipher-data',
    'there is no ciphertext',
    inData(({ children }) => children.pop()),
    undecipherable,
  ),
  bad(
    'encrypted-with-two-cipher-data',
    'there are two ciphertexts',
    inData((data) => data.children.push(...data.children.slice(-1))),
    undecipherable,
  ),
  bad(
    'encrypted-with-two-cipher-values',
    'there are two values of the ciphertext',
    inData((data) =>
      all(data, 'CipherData')
        .at(-1)
        ?.children.push(element('xenc:CipherValue', {}, 'AAAA')),
    ),
    undecipherable,
  ),
  bad(
    'encrypted-with-element-in-cipher-value',
    'the ciphertext has an element in it',
    inData((data) => all(data, 'CipherValue').at(-1)?.children.push(element('xenc:x'))),
    undecipherable,
  ),
  bad(
    'encrypted-not-base64',
    'the ciphertext has characters that base64 does not have',
    inData((data) => all(data, 'CipherValue').at(-1)?.children.push('*')),
    undecipherable,
  ),
  bad(
    'encrypted-key-not-base64',
    'the encrypted key has characters that base64 does not have',
    inData((data) => first(data, 'CipherValue').children.push('*')),
    undecipherable,
  ),
  bad(
    'encrypted-key-without-method',
    'it is not said how the key is encrypted',
    inData((data) => first(data, 'EncryptedKey').children.shift()),
    undecipherable,
  ),
  bad(
    'encrypted-data-twice',
    'there are two EncryptedData',
    { container: ({ children }) => children.push(...children) },
    undecipherable,
  ),
  bad(
    'encrypted-data-missing',
    'there is no EncryptedData',
    { container: (container) => Object.assign(container, { children: [] }) },
    undecipherable,
  ),
  bad(
    'encrypted-data-in-other-namespace',
    'the EncryptedData is in another namespace',
    inData((data) =>
      Object.assign(data, {
        name: 'x:EncryptedData',
        attributes: { ...data.attributes, 'xmlns:x': 'urn:x' },
      }),
    ),
    undecipherable,
  ),
  refused('encrypted-and-no-key-of-ours', 'we have no key', {
    base: 'encrypted-assertion',
    specification: 'saml-core section 6',
    expected: { withoutKeys: true },
    refusal: noKey,
  }),
  refused('encrypted-name-id-and-no-key-of-ours', 'we have no key', {
    base: 'encrypted-name-id',
    specification: 'saml-core section 6',
    expected: { withoutKeys: true },
    refusal: noKey,
  }),
]
