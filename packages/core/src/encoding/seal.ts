import { decodeBase64Url, encodeBase64Url } from './base64url.ts'
import { type Bytes, decodeUtf8, encodeUtf8 } from './bytes.ts'
import { randomIv } from './random.ts'
import type { Secret } from './secret.ts'

/** What a sealed text is for. A text sealed for one purpose never opens for another: each has keys of its own. */
type Purpose =
  | 'login-transaction'
  | 'login-hint'
  | 'logout-reference'
  | 'session-token'
  | 'id-token'
  | 'document'
  | 'configuration'
  | 'configuration-header'

/** Each context of these is sealed once and opened once: its key would be kept for nothing, and for ever. */
const usedOnce: readonly Purpose[] = ['login-transaction', 'id-token']

/**
 * Encrypts and authenticates texts that leave our hands: cookies, documents, pushed configurations. AES-256-GCM, with a key
 * for each purpose and context, derived by HKDF-SHA-256 ([RFC 5869](https://www.rfc-editor.org/rfc/rfc5869)) from
 * the installation's secrets.
 */
export interface Sealer {
  /**
   * @param purpose what it is for
   * @param context what it belongs to: the id of a transaction or a session, a cache key, or '' where there is but one
   * @param text what to seal
   */
  seal(purpose: Purpose, context: string, text: string): Promise<string>
  /** @returns the text, or undefined when it was altered, or sealed for something else or with another secret */
  open(purpose: Purpose, context: string, sealed: string): Promise<string | undefined>
}

/** The shortest secret that is accepted, in characters. */
export const SECRET_MIN_LENGTH = 32

/** Longer than anything that is sealed, in characters: nobody makes us decrypt more. */
const MAX_SEALED_LENGTH = 2 * 1024 * 1024

/**
 * A configuration may be larger than all else: thousands of connections, with certificates. To open one takes about ten
 * times its length for a moment, and a Worker has 128 MB.
 */
export const MAX_SEALED_CONFIGURATION_LENGTH: number = 8 * 1024 * 1024

const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * @param secrets the installation's secrets, each of at least {@link SECRET_MIN_LENGTH} random
 *   characters. The first one seals; all of them open, so that a secret can be replaced without a failed login (docs/sessions.md).
 * @throws TypeError when there is none, or one is too short
 */
export function createSealer(secrets: readonly Secret[]): Sealer {
  if (secrets.length === 0) throw new TypeError('at least one secret is needed')
  if (secrets.some((secret) => secret.reveal().length < SECRET_MIN_LENGTH)) {
    throw new TypeError(`a secret needs at least ${SECRET_MIN_LENGTH} characters`)
  }
  // Filled when first used: a Worker may not do cryptography before its first request.
  const keys = new Map<string, CryptoKey>()

  async function keyOf(secret: Secret, purpose: Purpose, context: string): Promise<CryptoKey> {
    if (usedOnce.includes(purpose)) return deriveKey(secret, purpose, context)
    // The other contexts come from the configuration: a bounded set.
    const id = `${secrets.indexOf(secret)} ${purpose} ${context}`
    const known = keys.get(id)
    if (known) return known
    const key = await deriveKey(secret, purpose, context)
    keys.set(id, key)
    return key
  }

  return {
    async seal(purpose, context, text) {
      const key = await keyOf(secrets[0] as Secret, purpose, context)
      const iv = randomIv()
      const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, encodeUtf8(text))
      const sealed = new Uint8Array(IV_BYTES + ciphertext.byteLength)
      sealed.set(iv)
      sealed.set(new Uint8Array(ciphertext), IV_BYTES)
      return encodeBase64Url(sealed)
    },

    async open(purpose, context, sealed) {
      const bytes = sealed.length > maxLengthOf(purpose) ? undefined : decodeBase64Url(sealed)
      if (!bytes || bytes.length < IV_BYTES + TAG_BYTES) return undefined
      for (const secret of secrets) {
        const text = await decrypt(await keyOf(secret, purpose, context), bytes)
        if (text !== undefined) return text
      }
      return undefined
    },
  }
}

function maxLengthOf(purpose: Purpose): number {
  return purpose === 'configuration' ? MAX_SEALED_CONFIGURATION_LENGTH : MAX_SEALED_LENGTH
}

async function deriveKey(secret: Secret, purpose: Purpose, context: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', encodeUtf8(secret.reveal()), 'HKDF', false, [
    'deriveKey',
  ])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: encodeUtf8(context), info: encodeUtf8(`doorward/1/${purpose}`) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

async function decrypt(key: CryptoKey, sealed: Bytes): Promise<string | undefined> {
  const iv = sealed.subarray(0, IV_BYTES)
  try {
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed.subarray(IV_BYTES))
    return decodeUtf8(new Uint8Array(text))
  } catch {
    return undefined
  }
}
