import { MIN_RSA_BITS } from '../encoding/accepted-key.ts'
import { decodeBase64 } from '../encoding/base64.ts'
import type { Bytes } from '../encoding/bytes.ts'
import { type Certificate, readCertificates } from '../encoding/certificate.ts'
import {
  type DerElement,
  derTag,
  isInteger,
  parseDer,
  parseDerInside,
  readBitString,
  readObjectIdentifier,
} from '../encoding/der.ts'
import type { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'

/** The hash functions that an identity provider may choose for RSA-OAEP; the mask generation function has the same. */
export type OaepHash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** An RSA key of ours, with the certificate by which identity providers know it. */
export interface KeyPair {
  readonly certificate: Certificate
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

/**
 * Takes our SAML keys into use. Does no cryptography, which a Worker may not do before its first request; that key and
 * certificate belong together is seen all the same.
 *
 * @param secret what `doorward keygen saml-keys` printed: `{"keys":[{"key":"…","certificate":"…"}]}`, PKCS#8 and X.509 as base64
 * @throws SsoError `installation_invalid` when it is anything else, saying what is wrong and nothing of what was read
 */
export function parseServiceProviderKeys(secret: Secret): ServiceProviderKeys {
  const pairs = parseList(secret.reveal()).map((value, index) => parsePair(value, `key ${index + 1}`))
  return { pairs: pairs as [KeyPair, ...KeyPair[]] }
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

/** @param which of them, in words */
function parsePair(value: unknown, which: string): KeyPair {
  const { key, certificate: text, ...others } = (value ?? {}) as Readonly<Record<string, unknown>>
  if (typeof key !== 'string' || typeof text !== 'string' || Object.keys(others).length > 0) {
    throw unusable(`${which} is not an object with "key" and "certificate" and nothing else`)
  }
  const read = readCertificates(text)
  const [certificate, ...more] = 'certificates' in read ? read.certificates : []
  if (certificate?.key.type !== 'RSA' || certificate.key.bits < MIN_RSA_BITS || more.length > 0) {
    throw unusable(
      `"certificate" of ${which} is not one certificate of an RSA key of ${MIN_RSA_BITS} bits or more`,
    )
  }
  const pkcs8 = decodeBase64(key)
  const publicPart = pkcs8 && publicPartOf(pkcs8)
  if (!publicPart) throw unusable(`"key" of ${which} is not an RSA key as PKCS#8 in base64`)
  if (publicPart !== publicKeyOf(certificate)) {
    throw unusable(`"key" and "certificate" of ${which} do not belong together`)
  }
  return createKeyPair(certificate, pkcs8, which)
}

function createKeyPair(certificate: Certificate, pkcs8: Bytes, which: string): KeyPair {
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

/**
 * What a private key says that its public key is
 * ([RFC 5958, section 2](https://www.rfc-editor.org/rfc/rfc5958#section-2), with
 * [RFC 8017, section A.1.2](https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2) inside).
 */
function publicPartOf(pkcs8: Bytes): string | undefined {
  const [, algorithm, privateKey] = parseDerInside(parseDer(pkcs8), derTag.sequence) ?? []
  const [oid] = parseDerInside(algorithm, derTag.sequence) ?? []
  if (readObjectIdentifier(oid) !== RSA_ENCRYPTION || privateKey?.tag !== derTag.octetString) return undefined
  const [, modulus, exponent] = parseDerInside(parseDer(privateKey.content), derTag.sequence) ?? []
  return numbersOf(modulus, exponent)
}

/** The same of a certificate's key ([RFC 8017, section A.1.1](https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.1)). */
function publicKeyOf({ spki }: Certificate): string | undefined {
  const [, bits] = parseDerInside(parseDer(spki), derTag.sequence) ?? []
  const publicKey = readBitString(bits)
  const [modulus, exponent] = parseDerInside(publicKey && parseDer(publicKey), derTag.sequence) ?? []
  return numbersOf(modulus, exponent)
}

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'

function numbersOf(modulus: DerElement | undefined, exponent: DerElement | undefined): string | undefined {
  return isInteger(modulus) && isInteger(exponent) ? `${modulus.content}/${exponent.content}` : undefined
}

/** Says what is wrong in words of ours alone: what was read may be a private key at any place. */
function unusable(problem: string): SsoError {
  const fix = 'DOORWARD_SAML_KEYS must be what "doorward keygen saml-keys" printed'
  return new SsoError('installation_invalid', `the SAML keys can not be used: ${problem}; ${fix}`)
}
