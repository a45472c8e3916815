import { errors, type JWTHeaderParameters, type JWTPayload } from 'jose'
import { decodeBase64Url } from '../encoding/base64url.ts'
import { decodeUtf8, encodeUtf8 } from '../encoding/bytes.ts'
import { isJsonObject, type JsonObject } from '../encoding/json-object.ts'
import { type ErrorCode, SsoError } from '../errors/index.ts'

/** Finds the key that a header means. It rejects with the JOSE library's errors, or one of the provider codes. */
export type GetKey = (header: JWTHeaderParameters) => Promise<CryptoKey>

/** An algorithm that we accept: how WebCrypto calls it, and the hash that goes with it for `at_hash`. */
interface Algorithm {
  readonly parameters: Parameters<SubtleCrypto['verify']>[0]
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512'
}

const rsa = (hash: Algorithm['hash']): Algorithm => ({ parameters: 'RSASSA-PKCS1-v1_5', hash })
const pss = (hash: Algorithm['hash'], saltLength: number): Algorithm => ({
  parameters: { name: 'RSA-PSS', saltLength },
  hash,
})
const ecdsa = (hash: Algorithm['hash']): Algorithm => ({ parameters: { name: 'ECDSA', hash }, hash })
const edwards: Algorithm = { parameters: 'Ed25519', hash: 'SHA-512' }

/**
 * The algorithms that we accept. Ours, never the token's choice: no `none`, and no HMAC, whose key the provider's
 * public key could be mistaken for.
 */
const algorithms: ReadonlyMap<unknown, Algorithm> = new Map([
  ['RS256', rsa('SHA-256')],
  ['RS384', rsa('SHA-384')],
  ['RS512', rsa('SHA-512')],
  ['PS256', pss('SHA-256', 32)],
  ['PS384', pss('SHA-384', 48)],
  ['PS512', pss('SHA-512', 64)],
  ['ES256', ecdsa('SHA-256')],
  ['ES384', ecdsa('SHA-384')],
  ['ES512', ecdsa('SHA-512')],
  ['EdDSA', edwards],
  ['Ed25519', edwards],
])

/** Their names. */
export const idTokenAlgorithms: readonly string[] = [...algorithms.keys()] as string[]

/** Shorter RSA keys are not good enough ([RFC 7518, section 3.3](https://www.rfc-editor.org/rfc/rfc7518#section-3.3)). */
const MIN_RSA_BITS = 2048

/** How many headers are remembered, and how long one may be: a hostile provider shall not fill the memory by them. */
const MAX_HEADERS = 100
const MAX_HEADER_LENGTH = 1024

/**
 * What headers say, by their text: the tokens of a provider have the same until it has another key. Of genuine tokens
 * alone, so that nobody else fills it; nothing is trusted for being in it, since it is what would be read again.
 */
const knownHeaders = new Map<string, JsonObject>()

/** Claims whose signature was verified, and nothing else of them. */
export interface SignedClaims {
  readonly claims: JWTPayload
  /** The hash that goes with the algorithm. */
  readonly hash: Algorithm['hash']
}

/**
 * Verifies the signature of a JWT in its compact form
 * ([RFC 7515, section 5.2](https://www.rfc-editor.org/rfc/rfc7515#section-5.2)), in this order: the algorithm is one of ours,
 * the header demands nothing that we do not know, the key is one that `getKey` gives, the signature is right. Only then are
 * the claims read.
 *
 * @throws SsoError `id_token_malformed`, `id_token_algorithm_refused`, `id_token_key_not_found` or
 *   `id_token_signature_invalid`, or what `getKey` rejects with
 */
export async function verifySignedToken(unverifiedToken: string, getKey: GetKey): Promise<SignedClaims> {
  const parts = unverifiedToken.split('.')
  const [header = '', payload = '', unverifiedSignature = ''] = parts
  const known = knownHeaders.get(header)
  const unverifiedHeader = known ?? readJsonObject(header)
  const signature = decodeBase64Url(unverifiedSignature)
  if (!unverifiedHeader || !signature || parts.length > 3) throw malformed()
  const algorithm = algorithms.get(unverifiedHeader['alg'])
  // What is marked as critical must be understood, and we know no extension.
  if (!algorithm || unverifiedHeader['crit'] !== undefined) {
    throw refusal('id_token_algorithm_refused', 'the algorithm of the ID Token is not accepted')
  }
  const key = await findKey(unverifiedHeader as JWTHeaderParameters, getKey)
  const signed = encodeUtf8(unverifiedToken.slice(0, unverifiedToken.lastIndexOf('.')))
  if (!(await isSignedBy(key, { algorithm, signature, signed }))) {
    throw refusal('id_token_signature_invalid', 'the signature of the ID Token is wrong')
  }
  if (!known && header.length <= MAX_HEADER_LENGTH && knownHeaders.size < MAX_HEADERS) {
    // A copy: a piece of a text may keep all of it in memory, and so a whole token.
    knownHeaders.set(Array.from(header).join(''), unverifiedHeader)
  }
  const claims = readJsonObject(payload)
  if (!claims) throw malformed()
  return { claims, hash: algorithm.hash }
}

async function findKey(unverifiedHeader: JWTHeaderParameters, getKey: GetKey): Promise<CryptoKey> {
  try {
    const key = await getKey(unverifiedHeader)
    const { modulusLength = MIN_RSA_BITS } = key.algorithm as { readonly modulusLength?: number }
    if (modulusLength < MIN_RSA_BITS) throw new errors.JWKSNoMatchingKey('the key is too short')
    return key
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    throw refusal('id_token_key_not_found', 'no single published key fits the ID Token', error)
  }
}

interface Signed {
  readonly algorithm: Algorithm
  readonly signature: Uint8Array<ArrayBuffer>
  readonly signed: Uint8Array<ArrayBuffer>
}

async function isSignedBy(key: CryptoKey, { algorithm, signature, signed }: Signed): Promise<boolean> {
  try {
    return await crypto.subtle.verify(algorithm.parameters, key, signature, signed)
  } catch {
    // Some hosts throw where others say no: of a key for another algorithm, or a signature that is none.
    return false
  }
}

/** @returns undefined unless the part of a token is a JSON object in UTF-8, as canonical base64url */
function readJsonObject(part: string): JsonObject | undefined {
  const bytes = decodeBase64Url(part)
  if (!bytes) return undefined
  try {
    const value: unknown = JSON.parse(decodeUtf8(bytes))
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function malformed(): SsoError {
  return refusal('id_token_malformed', 'the ID Token is malformed')
}

function refusal(code: ErrorCode, message: string, cause?: unknown): SsoError {
  return new SsoError(code, message, { cause })
}
