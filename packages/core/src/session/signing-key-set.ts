import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK_EC_Private } from 'jose'
import { decodeBase64Url } from '../encoding/base64url.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { isJsonObject } from '../encoding/json-object.ts'
import { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'

/** What all keys have in common: ECDSA on P-256 with SHA-256 ([RFC 7518, section 3.4](https://www.rfc-editor.org/rfc/rfc7518#section-3.4)). */
const KIND = { kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' } as const

/** What each key has of its own: a SHA-256 thumbprint, two coordinates and a scalar, each of as many bytes. */
const VALUES = ['kid', 'x', 'y', 'd'] as const
const VALUE_BYTES = 32

const ROLES = ['current', 'next', 'previous'] as const
type Role = (typeof ROLES)[number]

/** What everybody may know of a key: a JSON Web Key ([RFC 7517, section 4](https://www.rfc-editor.org/rfc/rfc7517#section-4)). */
export type PublicSigningKey = typeof KIND & {
  /** The key's thumbprint ([RFC 7638](https://www.rfc-editor.org/rfc/rfc7638)). */
  readonly kid: string
  readonly x: string
  readonly y: string
}

/** A key, its private part apart from what is published, so that the two are never one object. */
export interface SigningKey {
  readonly publicKey: PublicSigningKey
  readonly d: Secret
}

/**
 * The keys of an installation: the one that signs, the one that will sign after the next rotation, and, once there was
 * a rotation, the one that signed before the last.
 */
export type SigningKeySet = readonly [current: SigningKey, next: SigningKey, ...previous: SigningKey[]]

/**
 * Makes a fresh set: a current key and a next one.
 *
 * @returns a JSON Web Key Set of private keys, in one line
 *   ([RFC 7517, section 5](https://www.rfc-editor.org/rfc/rfc7517#section-5))
 */
export async function generateSigningKeys(): Promise<Secret> {
  return encodeSigningKeySet([await generateSigningKey(), await generateSigningKey()])
}

/**
 * Rotates the keys: the next one becomes the current one, the current one the previous one, the former previous one
 * is dropped and a next one is made. No verification fails by it: the key that now signs was published before, and
 * the one that signed is published on ([OpenID Connect Core, section 10.1.1](https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys)).
 * That holds while no verifier keeps a copy of the published set for longer than the time between two rotations:
 * rotate at most once a day.
 *
 * @param secret the present set
 * @returns the new set, in the form of {@link generateSigningKeys}
 * @throws SsoError `installation_invalid` when the present set is not one, or a key that stays in it is not sound
 */
export async function rotateSigningKeys(secret: Secret): Promise<Secret> {
  const [current, next] = parseSigningKeySet(secret)
  await importSigningKey(current, 'current')
  await importSigningKey(next, 'next')
  return encodeSigningKeySet([next, await generateSigningKey(), current])
}

/**
 * Reads a set of private keys, without cryptography: that its keys are sound shows when they are imported.
 *
 * @throws SsoError `installation_invalid`, saying what is wrong and nothing of what was read
 */
export function parseSigningKeySet(secret: Secret): SigningKeySet {
  const keys = parseList(secret.reveal()).map((key, index) => parseKey(key, ROLES[index] as Role))
  if (new Set(keys.map(({ publicKey }) => publicKey.kid)).size < keys.length) {
    throw unusable('two of them have the same "kid"')
  }
  return keys as [SigningKey, SigningKey, ...SigningKey[]]
}

/**
 * Imports the private part of a key for signing and nothing else: it can not be exported again. Checks what parsing
 * could not: that the key id is the key's own, because verifiers would look for another key under it, and that the private
 * part belongs to the published one. Some platforms see that when they import it, and all when it is used once.
 *
 * @throws SsoError `installation_invalid`
 */
export async function importSigningKey({ publicKey, d }: SigningKey, role: Role): Promise<CryptoKey> {
  if (publicKey.kid !== (await calculateJwkThumbprint(publicKey))) {
    throw unusable(`"kid" of the ${role} key is not its thumbprint`)
  }
  const privateKey = await importJwk({ ...publicKey, d: d.reveal() }, 'sign')
  const verifier = await importJwk(publicKey, 'verify')
  if (privateKey && verifier && (await belongTogether(privateKey, verifier))) return privateKey
  throw unusable(`"d", "x" and "y" of the ${role} key do not belong together`)
}

const ECDSA = { name: 'ECDSA', namedCurve: KIND.crv, hash: 'SHA-256' } as const

/** @returns undefined when the platform sees that it is no key */
async function importJwk(jwk: JsonWebKey, usage: 'sign' | 'verify'): Promise<CryptoKey | undefined> {
  try {
    return await crypto.subtle.importKey('jwk', jwk, ECDSA, false, [usage])
  } catch {
    return undefined
  }
}

/** Some platforms look at a key no earlier than here. */
async function belongTogether(privateKey: CryptoKey, verifier: CryptoKey): Promise<boolean> {
  const probe = encodeUtf8('do these two belong together')
  try {
    return await crypto.subtle.verify(
      ECDSA,
      verifier,
      await crypto.subtle.sign(ECDSA, privateKey, probe),
      probe,
    )
  } catch {
    return false
  }
}

async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(KIND.alg, { extractable: true })
  const { x, y, d } = (await exportJWK(privateKey)) as JWK_EC_Private
  const kid = await calculateJwkThumbprint({ ...KIND, x, y })
  return { publicKey: { ...KIND, kid, x, y }, d: new Secret(d) }
}

function encodeSigningKeySet(keys: readonly SigningKey[]): Secret {
  const jwks = keys.map(({ publicKey, d }) => ({ ...publicKey, d: d.reveal() }))
  return new Secret(JSON.stringify({ keys: jwks }))
}

function parseList(text: string): readonly unknown[] {
  if (text.trim() === '') throw unusable('there are none')
  const { keys, ...others } = parseObject(text)
  if (!Array.isArray(keys) || Object.keys(others).length > 0) {
    throw unusable('they are not a JSON Web Key Set, an object with "keys" and nothing else')
  }
  if (keys.length < 2 || keys.length > 3) {
    throw unusable('a set has two or three keys: current, next, and previous after a rotation')
  }
  return keys
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Without the cause: it quotes what it could not read.
    throw unusable('they are not JSON')
  }
  return isJsonObject(value) ? value : {}
}

function parseKey(key: unknown, role: Role): SigningKey {
  if (!isJsonObject(key)) throw unusable(`the ${role} key is not an object`)
  const names: readonly string[] = [...Object.keys(KIND), ...VALUES]
  if (!Object.keys(key).every((name) => names.includes(name))) {
    throw unusable(`the ${role} key has other members than ${names.join(', ')}`)
  }
  for (const [name, value] of Object.entries(KIND)) {
    if (key[name] !== value) throw unusable(`"${name}" of the ${role} key is not "${value}"`)
  }
  const value = (name: (typeof VALUES)[number]) => parseValue(key[name], name, role)
  return {
    publicKey: { ...KIND, kid: value('kid'), x: value('x'), y: value('y') },
    d: new Secret(value('d')),
  }
}

function parseValue(value: unknown, name: string, role: Role): string {
  if (typeof value !== 'string' || decodeBase64Url(value)?.length !== VALUE_BYTES) {
    throw unusable(`"${name}" of the ${role} key is not ${VALUE_BYTES} bytes in base64url`)
  }
  return value
}

/** Says what is wrong in words of ours alone: what was read may be a private key at any place. */
function unusable(problem: string): SsoError {
  const fix = 'DOORWARD_SIGNING_KEYS must be what "doorward keygen signing-keys" printed'
  return new SsoError('installation_invalid', `the signing keys can not be used: ${problem}; ${fix}`)
}
