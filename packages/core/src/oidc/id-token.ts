import { errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyResult, jwtVerify } from 'jose'
import { encodeBase64Url } from '../encoding/base64url.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { type ErrorCode, type ErrorDetails, SsoError, shown } from '../errors/index.ts'

declare const brand: unique symbol

/** The claims of an ID Token that passed every check. */
export type IdTokenClaims = JWTPayload & { readonly sub: string } & { readonly [brand]: 'IdTokenClaims' }

/**
 * The algorithms that we accept, and the hash that goes with each for `at_hash`. Ours, never the token's choice:
 * no `none`, and no HMAC, whose key the provider's public key could be mistaken for.
 */
const algorithms: Readonly<Record<string, 'SHA-256' | 'SHA-384' | 'SHA-512'>> = {
  RS256: 'SHA-256',
  RS384: 'SHA-384',
  RS512: 'SHA-512',
  PS256: 'SHA-256',
  PS384: 'SHA-384',
  PS512: 'SHA-512',
  ES256: 'SHA-256',
  ES384: 'SHA-384',
  ES512: 'SHA-512',
  EdDSA: 'SHA-512',
  Ed25519: 'SHA-512',
}

/** Their names. */
export const idTokenAlgorithms: readonly string[] = Object.keys(algorithms)

/** How far two clocks may be apart, in seconds. */
export const CLOCK_TOLERANCE = 30

/** What an ID Token is checked against. */
export interface IdTokenExpectations {
  /** To the letter as in the provider's metadata. */
  readonly issuer: string
  readonly clientId: string
  readonly nonce: string
  /** The access token that came with it; undefined in the implicit flow, where none comes. */
  readonly accessToken: string | undefined
  /** Since when the person must have been signed in at the provider, in seconds since the epoch; undefined: since ever. */
  readonly signedInSince?: number | undefined
  /** The code that it was given for; undefined where there was none. */
  readonly code: string | undefined
  readonly getKey: JWTVerifyGetKey
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Verifies an ID Token: signature, issuer, audience, time, nonce and binding to access token and code
 * ([OpenID Connect Core, section 3.1.3.7](https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation)).
 * The signature is always checked, also when the token came directly from the token endpoint.
 *
 * @throws SsoError one of the `id_token` codes, or a provider code when its keys can not be fetched
 */
export async function verifyIdToken(
  unverifiedToken: string,
  expected: IdTokenExpectations,
): Promise<IdTokenClaims> {
  const { issuer, clientId, nonce, accessToken, code, signedInSince, getKey, now } = expected
  let verified: JWTVerifyResult
  try {
    verified = await jwtVerify(unverifiedToken, getKey, {
      algorithms: [...idTokenAlgorithms],
      issuer,
      audience: clientId,
      // The others are looked at below, or are compared.
      requiredClaims: ['exp', 'nonce'],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(now),
    })
  } catch (error) {
    throw explain(error, { issuer, clientId })
  }
  const { payload, protectedHeader } = verified
  checkSubject(payload)
  checkIssuedAt(payload, now)
  checkAuthorizedParty(payload, clientId)
  if (payload['nonce'] !== nonce) {
    throw refusal('id_token_nonce_mismatch', 'the ID Token belongs to another login')
  }
  if (signedInSince !== undefined) checkAuthenticationTime(payload, signedInSince)
  await checkHash(payload, { claim: 'at_hash', of: accessToken }, protectedHeader.alg)
  await checkHash(payload, { claim: 'c_hash', of: code }, protectedHeader.alg)
  return payload as IdTokenClaims
}

function checkSubject({ sub }: JWTPayload): void {
  if (typeof sub !== 'string' || sub === '' || sub.length > 255) throw badClaim('sub')
}

function checkIssuedAt({ iat }: JWTPayload, now: number): void {
  if (typeof iat !== 'number') throw badClaim('iat')
  if (iat > now / 1000 + CLOCK_TOLERANCE) {
    const details = { claim: 'iat', aheadSeconds: Math.round(iat - now / 1000) }
    throw refusal('id_token_not_yet_valid', 'the ID Token is from the future: check both clocks', details)
  }
}

/**
 * Where `max_age` was asked for, the provider must say when the person signed in, and that counts from the moment of asking:
 * how long they hesitated then is nobody's fault.
 */
function checkAuthenticationTime({ auth_time }: JWTPayload, since: number): void {
  if (typeof auth_time !== 'number') throw badClaim('auth_time')
  if (auth_time < since - CLOCK_TOLERANCE) {
    const details = { claim: 'auth_time', secondsTooOld: Math.round(since - auth_time) }
    throw refusal(
      'authentication_too_old',
      'the person signed in at the identity provider too long ago',
      details,
    )
  }
}

/** A token for several audiences is for us only if it says so, and if we trust the others: we trust no other. */
function checkAuthorizedParty({ aud, azp }: JWTPayload, clientId: string): void {
  if (Array.isArray(aud) && aud.some((audience) => audience !== clientId)) {
    throw refusal('id_token_audience_mismatch', 'the ID Token is for other clients too')
  }
  if (azp !== undefined && azp !== clientId) {
    throw refusal('id_token_audience_mismatch', 'the ID Token was issued to another client')
  }
}

/**
 * Optional in the code flow, checked when it is there (section 3.1.3.8 for the access token, and section 3.3.2.10 for the
 * code, which some put into every ID Token).
 */
async function checkHash(
  payload: JWTPayload,
  { claim, of }: { claim: 'at_hash' | 'c_hash'; of: string | undefined },
  algorithm: string,
): Promise<void> {
  if (payload[claim] === undefined || of === undefined) return
  const hash = algorithms[algorithm]
  if (hash === undefined)
    throw refusal('id_token_algorithm_refused', 'the ID Token is signed with another algorithm')
  const digest = new Uint8Array(await crypto.subtle.digest(hash, encodeUtf8(of)))
  if (payload[claim] !== encodeBase64Url(digest.subarray(0, digest.length / 2))) {
    const message = 'the ID Token does not belong to what it came with'
    throw refusal('id_token_access_token_mismatch', message, { claim })
  }
}

/** The library's errors, in our codes. */
function explain(error: unknown, expected: { issuer: string; clientId: string }): unknown {
  if (error instanceof errors.JWTExpired) {
    return refusal('id_token_expired', 'the ID Token has expired', {}, error)
  }
  if (error instanceof errors.JWTClaimValidationFailed) return explainClaim(error, expected)
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return refusal('id_token_algorithm_refused', 'the algorithm of the ID Token is not accepted', {}, error)
  }
  // A TypeError is how the library refuses a key that is too weak.
  const noKey = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, TypeError]
  if (noKey.some((kind) => error instanceof kind)) {
    return refusal('id_token_key_not_found', 'no single published key fits the ID Token', {}, error)
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return refusal('id_token_signature_invalid', 'the signature of the ID Token is wrong', {}, error)
  }
  if (error instanceof errors.JOSEError) {
    return refusal('id_token_malformed', 'the ID Token is malformed', {}, error)
  }
  return error
}

function explainClaim(
  error: errors.JWTClaimValidationFailed,
  expected: { issuer: string; clientId: string },
): SsoError {
  const { claim, payload, reason } = error
  if (reason === 'check_failed' && claim === 'iss') {
    const details = { expected: expected.issuer, received: shown(payload.iss) }
    return refusal('id_token_issuer_mismatch', 'the ID Token is from another issuer', details, error)
  }
  if (reason === 'check_failed' && claim === 'aud') {
    const details = { expected: expected.clientId, received: shown(payload.aud) }
    return refusal('id_token_audience_mismatch', 'the ID Token is for another client', details, error)
  }
  if (reason === 'check_failed' && claim === 'nbf') {
    return refusal('id_token_not_yet_valid', 'the ID Token is not valid yet: check both clocks', {}, error)
  }
  return badClaim(claim, error)
}

function badClaim(claim: string, cause?: unknown): SsoError {
  return refusal(
    'id_token_claim_invalid',
    'a claim of the ID Token is missing or malformed',
    { claim },
    cause,
  )
}

function refusal(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown): SsoError {
  return new SsoError(code, message, { details, cause })
}
