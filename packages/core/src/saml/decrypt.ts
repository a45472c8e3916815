import type { Bytes } from '../encoding/bytes.ts'
import { SsoError } from '../errors/index.ts'
import type { NameId } from '../ports/session-store.ts'
import { readNameId } from './assertion.ts'
import {
  type ContentCipher,
  type EncryptedKey,
  readEncrypted,
  unreadable,
  unsupported,
} from './encryption.ts'
import { requireDecryptedAssertion } from './response-shape.ts'
import { decryptedFrom, type UnverifiedElement, type VerifiedElement } from './signature.ts'
import type { KeyPair } from './sp-keys.ts'
import { NS } from './urns.ts'
import { MESSAGE_LIMITS } from './xml/limits.ts'
import { parseXml } from './xml/reader.ts'
import { scopeAround } from './xml/scope.ts'
import { isElement, type XmlDocument, type XmlElement } from './xml/tree.ts'

/** An assertion that was decrypted. */
export interface DecryptedAssertion {
  readonly unverified: UnverifiedElement
  /** The same, where a signature around it covers its ciphertext. */
  readonly verified: VerifiedElement | undefined
}

/**
 * Decrypts an assertion ([SAML Core, section 2.3.4](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)).
 *
 * AES-CBC can be altered by anybody, and by watching what becomes of it be read, byte by byte
 * ([Jager and Somorovsky, "How to Break XML Encryption"](https://doi.org/10.1145/2046707.2046756)). So it is decrypted
 * only where the response around it was signed, and found good.
 *
 * @param container the `EncryptedAssertion`
 * @param verified the same, verified, where the response is signed
 * @throws SsoError `saml_encryption_unsupported` or `saml_decryption_failed`
 */
export async function decryptAssertion(
  container: UnverifiedElement,
  verified: VerifiedElement | undefined,
  keyPairs: readonly KeyPair[],
): Promise<DecryptedAssertion> {
  const document = await decrypt(container, keyPairs, verified !== undefined)
  requireDecryptedAssertion(document, container.document)
  return {
    unverified: { document, element: document.root },
    verified: verified && decryptedFrom(verified, document),
  }
}

/** Decrypts the name of a subject. @throws SsoError as {@link decryptAssertion} */
export async function decryptNameId(
  container: VerifiedElement,
  keyPairs: readonly KeyPair[],
): Promise<NameId> {
  const { root } = await decrypt(container, keyPairs, true)
  if (!isElement(root, NS.saml, 'NameID')) throw unreadable()
  return readNameId(root)
}

async function decrypt(
  container: UnverifiedElement,
  keyPairs: readonly KeyPair[],
  isVerified: boolean,
): Promise<XmlDocument> {
  if (keyPairs.length === 0) {
    const message = 'something is encrypted, and there is no key of ours for it'
    const details = { variable: 'DOORWARD_SAML_KEYS' }
    throw new SsoError('saml_encryption_unsupported', message, { details })
  }
  const { cipher, ciphertext, keys, element } = readEncrypted(container.element)
  if (cipher.name === 'AES-CBC' && !isVerified) {
    throw unsupported('AES-CBC is decrypted only within a signed response', 'AES-CBC')
  }
  const plaintext = await decryptWithAny(keys, keyPairs, (key) => decryptContent(cipher, key, ciphertext))
  // It was part of the message: what prefixes stand for there counts in it too.
  const around = scopeAround({ document: container.document, element })
  return parseXml(plaintext, MESSAGE_LIMITS, isVerified ? signedOf(around, element) : around)
}

/**
 * Of the namespaces around an element those that a signature around it covers, whatever its canonical form and whether it
 * is the assertion's or the response's: of the prefixes that elements up to there have themselves. What others stand for,
 * anybody may have changed.
 */
function signedOf(around: ReadonlyMap<string, string>, element: XmlElement): ReadonlyMap<string, string> {
  const signed = new Map<string, string>()
  let outer = element.parent
  while (outer) {
    const { prefix, namespace, localName } = outer.tag
    if (around.get(prefix) === namespace) signed.set(prefix, namespace)
    outer = localName === 'Assertion' ? undefined : outer.parent
  }
  return signed
}

/** Tries every encrypted key with every key of ours: which belongs to which is not said reliably. */
async function decryptWithAny(
  keys: readonly EncryptedKey[],
  keyPairs: readonly KeyPair[],
  decryptWith: (key: Bytes) => Promise<Bytes>,
): Promise<Bytes> {
  for (const { hash, ciphertext } of keys) {
    for (const keyPair of keyPairs) {
      const decryptionKey = await keyPair.decryptionKey(hash)
      try {
        const key = await crypto.subtle.decrypt({ name: 'RSA-OAEP' }, decryptionKey, ciphertext)
        return await decryptWith(new Uint8Array(key))
      } catch {
        // Not for this key, or altered. Which of the two is not for anybody to know.
      }
    }
  }
  throw unreadable()
}

async function decryptContent({ name, keyBytes }: ContentCipher, rawKey: Bytes, data: Bytes): Promise<Bytes> {
  if (rawKey.length !== keyBytes) throw unreadable()
  const key = await crypto.subtle.importKey('raw', rawKey, { name }, false, ['encrypt', 'decrypt'])
  return name === 'AES-GCM' ? decryptGcm(key, data) : decryptCbc(key, data)
}

/** [XML Encryption, section 5.2.4](https://www.w3.org/TR/xmlenc-core1/#sec-AES-GCM): 96 bits of IV, then ciphertext and tag. */
async function decryptGcm(key: CryptoKey, data: Bytes): Promise<Bytes> {
  const algorithm = { name: 'AES-GCM', iv: data.subarray(0, 12), tagLength: 128 }
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, data.subarray(12)))
}

const BLOCK = 16

/**
 * [XML Encryption, section 5.2.2](https://www.w3.org/TR/xmlenc-core1/#sec-AES). Its padding may be made of any bytes but
 * the last one, WebCrypto wants all of them to be the same: so a block of such padding is put behind it, which WebCrypto
 * takes off, and the message's own is taken off here.
 */
async function decryptCbc(key: CryptoKey, data: Bytes): Promise<Bytes> {
  // Of what is not made of whole blocks, an IV and one more at least, WebCrypto makes nothing.
  const lastBlock = data.subarray(data.length - BLOCK)
  const padding = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: lastBlock }, key, new Uint8Array())
  const padded = new Uint8Array(data.length)
  padded.set(data.subarray(BLOCK))
  padded.set(new Uint8Array(padding), data.length - BLOCK)
  const algorithm = { name: 'AES-CBC', iv: data.subarray(0, BLOCK) }
  const plaintext = new Uint8Array(await crypto.subtle.decrypt(algorithm, key, padded))
  const length = plaintext.at(-1) ?? 0
  if (length < 1 || length > BLOCK) throw unreadable()
  return plaintext.subarray(0, plaintext.length - length)
}
