import { decodeBase64 } from '../encoding/base64.ts'
import type { Bytes } from '../encoding/bytes.ts'
import { SsoError, shown } from '../errors/index.ts'
import { algorithmOf, digestMethods } from './algorithms.ts'
import type { OaepHash } from './sp-keys.ts'
import { NS } from './urns.ts'
import { childrenOf, textOf, type XmlElement } from './xml/tree.ts'

/** How content is encrypted: with which AES, and a key of how many bytes. */
export interface ContentCipher {
  readonly name: 'AES-GCM' | 'AES-CBC'
  readonly keyBytes: 16 | 24 | 32
}

/** A key that is encrypted for one of our keys. */
export interface EncryptedKey {
  readonly hash: OaepHash
  readonly ciphertext: Bytes
}

/** An `EncryptedData` ([XML Encryption, section 3](https://www.w3.org/TR/xmlenc-core1/#sec-Encryption-Syntax)), and its keys. */
export interface EncryptedData {
  readonly cipher: ContentCipher
  readonly ciphertext: Bytes
  readonly keys: readonly EncryptedKey[]
  readonly element: XmlElement
}

/** What AES-CBC keeps secret, but does not protect: whoever alters it is not found out. */
const ciphers: ReadonlyMap<string, ContentCipher> = new Map(
  ([16, 24, 32] as const).flatMap((keyBytes): [string, ContentCipher][] => [
    [`${NS.xenc11}aes${keyBytes * 8}-gcm`, { name: 'AES-GCM', keyBytes }],
    [`${NS.xenc}aes${keyBytes * 8}-cbc`, { name: 'AES-CBC', keyBytes }],
  ]),
)

const oaepDigests: ReadonlyMap<string, OaepHash> = new Map<string, OaepHash>([
  [`${NS.ds}sha1`, 'SHA-1'],
  ...digestMethods,
])

const maskGenerations: ReadonlyMap<string, OaepHash> = new Map(
  (['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'] as const).map((hash) => [
    `${NS.xenc11}mgf1${hash.replace('SHA-', 'sha')}`,
    hash,
  ]),
)

/** One for each service provider that a message is meant for; honest ones have one or two. */
const MAX_KEYS = 4

/**
 * Reads what is encrypted, without decrypting anything.
 *
 * @param container an `EncryptedAssertion` or `EncryptedID`; keys stand in the data's KeyInfo or beside the data
 * @throws SsoError `saml_encryption_unsupported`, or `saml_decryption_failed` where it is not written as such
 */
export function readEncrypted(container: XmlElement): EncryptedData {
  const element = only(childrenOf(container, NS.xenc, 'EncryptedData'))
  const keyInfos = childrenOf(element, NS.ds, 'KeyInfo')
  const keys = [...keyInfos, container].flatMap((place) => childrenOf(place, NS.xenc, 'EncryptedKey'))
  if (keys.length > MAX_KEYS) throw unreadable()
  const algorithm = algorithmOf(only(childrenOf(element, NS.xenc, 'EncryptionMethod')))
  const cipher = ciphers.get(algorithm)
  if (!cipher) throw unsupported('the cipher is not one that is read here: AES-GCM is', algorithm)
  return { cipher, ciphertext: ciphertextOf(element), keys: keys.map(readKey), element }
}

function readKey(element: XmlElement): EncryptedKey {
  const method = only(childrenOf(element, NS.xenc, 'EncryptionMethod'))
  return { hash: readOaepHash(method), ciphertext: ciphertextOf(element) }
}

/**
 * RSA-OAEP with one hash for all that it hashes ([XML Encryption, section 5.5.2](https://www.w3.org/TR/xmlenc-core1/#sec-RSA-OAEP)).
 * The older name of it fixes SHA-1 for the mask; that is no weakness of OAEP.
 */
function readOaepHash(method: XmlElement): OaepHash {
  const algorithm = algorithmOf(method)
  const isOlder = algorithm === `${NS.xenc}rsa-oaep-mgf1p`
  if (!isOlder && algorithm !== `${NS.xenc11}rsa-oaep`) {
    throw unsupported('the key is encrypted in a way that is not read here: RSA-OAEP is', algorithm)
  }
  const [digest] = childrenOf(method, NS.ds, 'DigestMethod')
  const [mask] = childrenOf(method, NS.xenc11, 'MGF')
  const hash = digest ? oaepDigests.get(algorithmOf(digest)) : 'SHA-1'
  const maskHash = mask ? maskGenerations.get(algorithmOf(mask)) : 'SHA-1'
  if (hash === undefined || hash !== maskHash || childrenOf(method, NS.xenc, 'OAEPparams').length > 0) {
    throw unsupported(
      'RSA-OAEP is read with one and the same hash for digest and mask, and no parameters',
      algorithm,
    )
  }
  return hash
}

function ciphertextOf(element: XmlElement): Bytes {
  const data = only(childrenOf(element, NS.xenc, 'CipherData'))
  // What is not base64 is as good as nothing: no key decrypts it, and nobody is told why.
  return decodeBase64(textOf(only(childrenOf(data, NS.xenc, 'CipherValue'))) ?? '') ?? new Uint8Array()
}

function only(elements: readonly XmlElement[]): XmlElement {
  const [first, ...others] = elements
  if (!first || others.length > 0) throw unreadable()
  return first
}

/** One for all that goes wrong with what is encrypted: it must not be told apart by whoever sent it. */
export function unreadable(): SsoError {
  return new SsoError('saml_decryption_failed', 'what is encrypted can not be decrypted with a key of ours')
}

/** @param algorithm its URI, for the log */
export function unsupported(message: string, algorithm: string): SsoError {
  return new SsoError('saml_encryption_unsupported', message, { details: { algorithm: shown(algorithm) } })
}
