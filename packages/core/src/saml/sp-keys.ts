import { decodeBase64 } from '../encoding/base64.ts'
import type { Bytes } from '../encoding/bytes.ts'
import type { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'

/** The hash functions that an identity provider may choose for RSA-OAEP; the mask generation function has the same. */
export type OaepHash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** An RSA key of ours, with the certificate by which identity providers know it. */
export interface KeyPair {
  /** DER as base64. */
  readonly certificate: string
  /**
   * The private key for RSASSA-PKCS1-v1_5 with SHA-256, and nothing else.
   *
   * @throws SsoError `installation_invalid` when the platform sees that it is no key
   */
  signingKey(): Promise<CryptoKey>
  /** The private key for RSA-OAEP, and nothing else. @throws SsoError as `signingKey` */
  decryptionKey(hash: OaepHash): Promise<CryptoKey>
}

/** The keys with which we sign messages, and for which identity providers encrypt. */
export interface ServiceProviderKeys {
  /** The first one signs. All of them decrypt and are published: the others were the first one, or will be. */
  readonly pairs: readonly [KeyPair, ...KeyPair[]]
}

/** Current, next and previous. */
const MAX_PAIRS = 3

/** A key as it was written. */
export interface WrittenPair {
  /** The private key, said to be PKCS#8. */
  readonly pkcs8: Bytes
  /** Base64, said to be X.509. */
  readonly certificate: string
  /** Which of them, in words. */
  readonly which: string
}

/**
 * Takes our SAML keys into use. Does no cryptography, which a Worker may not do before its first request, and looks at
 * their outside only: what is inside, `doorward keygen` and `doorward doctor` look at by `inspectServiceProviderKeys`.
 *
 * @param secret what `doorward keygen saml-keys` printed: `{"keys":[{"key":"…","certificate":"…"}]}`, PKCS#8 and X.509 as base64
 * @throws SsoError `installation_invalid` when it is anything else, saying what is wrong and nothing of what was read
 */
export function parseServiceProviderKeys(secret: Secret): ServiceProviderKeys {
  return { pairs: parsePairs(secret).map(createKeyPair) as [KeyPair, ...KeyPair[]] }
}

/** The keys as they are written, 1 to 3. @throws SsoError as {@link parseServiceProviderKeys} */
export function parsePairs(secret: Secret): readonly WrittenPair[] {
  return parseList(secret.reveal()).map((value, index) => parsePair(value, `key ${index + 1}`))
}

function parseList(text: string): readonly unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Without the cause: it quotes what it could not read.
    throw unusable('they are not JSON')
  }
  const { keys, ...others } = (value ?? {}) as Readonly<Record<string, unknown>>
  const isList = Array.isArray(keys) && keys.length > 0 && keys.length <= MAX_PAIRS
  if (isList && Object.keys(others).length === 0) return keys
  throw unusable(`they are not an object with "keys", 1 to ${MAX_PAIRS}, and nothing else`)
}

function parsePair(value: unknown, which: string): WrittenPair {
  const { key, certificate, ...others } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (typeof key !== 'string' || typeof certificate !== 'string' || Object.keys(others).length > 0) {
    throw unusable(`${which} is not an object with "key" and "certificate" and nothing else`)
  }
  const pkcs8 = decodeBase64(key)
  if (!pkcs8 || !decodeBase64(certificate)) throw unusable(`${which} is not in base64`)
  return { pkcs8, certificate, which }
}

/** Nothing is done with the key before it is asked for. */
export function createKeyPair({ pkcs8, certificate, which }: WrittenPair): KeyPair {
  // The keys themselves, not promises of them: a Worker's request may not wait for what another request has begun.
  const imported = new Map<string, CryptoKey>()

  async function importKey(name: string, hash: OaepHash, usage: 'sign' | 'decrypt'): Promise<CryptoKey> {
    const id = `${name} ${hash}`
    const known = imported.get(id)
    if (known) return known
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name, hash }, false, [usage]).catch(() => {
      throw unusable(`"key" of ${which} can not be imported`)
    })
    imported.set(id, key)
    return key
  }

  return {
    certificate,
    signingKey: () => importKey('RSASSA-PKCS1-v1_5', 'SHA-256', 'sign'),
    decryptionKey: (hash) => importKey('RSA-OAEP', hash, 'decrypt'),
  }
}

/** Says what is wrong in words of ours alone: what was read may be a private key at any place. */
export function unusable(problem: string): SsoError {
  const fix = 'DOORWARD_SAML_KEYS must be what "doorward keygen saml-keys" printed'
  return new SsoError('installation_invalid', `the SAML keys can not be used: ${problem}; ${fix}`)
}
