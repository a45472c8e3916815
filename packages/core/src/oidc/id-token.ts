import type { JWTPayload } from 'jose'
import { encodeBase64Url } from '../encoding/base64url.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { type ErrorCode, type ErrorDetails, SsoError, shown } from '../errors/index.ts'
import { type GetKey, type SignedClaims, verifySignedToken } from './signed-token.ts'

declare const brand: unique symbol

/** The claims of an ID Token that passed every check. */
export type IdTokenClaims = JWTPayload & { readonly sub: string } & { readonly [brand]: 'IdTokenClaims' }

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
  readonly getKey: GetKey
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
  const { claims, hash } = await verifySignedToken(unverifiedToken, getKey)
  checkPresence(claims)
  checkIssuer(claims, issuer)
  checkAudience(claims, clientId)
  checkTimes(claims, now)
  checkSubject(claims)
  checkAuthorizedParty(claims, clientId)
  if (claims['nonce'] !== nonce) {
    throw refusal('id_token_nonce_mismatch', 'the ID Token belongs to another login')
  }
  if (signedInSince !== undefined) checkAuthenticationTime(claims, signedInSince)
  await checkHash(claims, { claim: 'at_hash', of: accessToken, hash })
  if (claims['c_hash'] !== undefined) await checkHash(claims, { claim: 'c_hash', of: code, hash })
  return claims as IdTokenClaims
}

/** The others are looked at, or are compared with what is never absent. */
function checkPresence(claims: JWTPayload): void {
  const missing = ['iss', 'aud', 'nonce'].find((claim) => claims[claim] === undefined)
  if (missing !== undefined) throw badClaim(missing)
}

function checkIssuer({ iss }: JWTPayload, issuer: string): void {
  if (iss === issuer) return
  const details = { expected: issuer, received: shown(iss) }
  throw refusal('id_token_issuer_mismatch', 'the ID Token is from another issuer', details)
}

/** A token for several audiences is for us only if we trust the others: we trust no other. */
function checkAudience({ aud }: JWTPayload, clientId: string): void {
  if (aud === clientId) return
  if (!Array.isArray(aud) || !aud.includes(clientId)) {
    const details = { expected: clientId, received: shown(aud) }
    throw refusal('id_token_audience_mismatch', 'the ID Token is for another client', details)
  }
  if (aud.some((audience) => audience !== clientId)) {
    throw refusal('id_token_audience_mismatch', 'the ID Token is for other clients too')
  }
}

/** Each in seconds since the epoch; `nbf` need not be there. */
function checkTimes({ exp, iat, nbf }: JWTPayload, now: number): void {
  const seconds = Math.floor(now / 1000)
  if (!isTime(exp)) throw badClaim('exp')
  if (exp <= seconds - CLOCK_TOLERANCE) {
    const details = { claim: 'exp', sinceSeconds: seconds - exp }
    throw refusal('id_token_expired', 'the ID Token has expired', details)
  }
  if (nbf !== undefined && !isTime(nbf)) throw badClaim('nbf')
  const begins = nbf ?? 0
  if (begins > seconds + CLOCK_TOLERANCE) {
    const details = { claim: 'nbf', aheadSeconds: begins - seconds }
    throw refusal('id_token_not_yet_valid', 'the ID Token is not valid yet: check both clocks', details)
  }
  if (!isTime(iat)) throw badClaim('iat')
  if (iat > now / 1000 + CLOCK_TOLERANCE) {
    const details = { claim: 'iat', aheadSeconds: Math.round(iat - now / 1000) }
    throw refusal('id_token_not_yet_valid', 'the ID Token is from the future: check both clocks', details)
  }
}

/** JSON can write numbers that are too large for one, and what never ends is no time. */
function isTime(value: unknown): value is number {
  return Number.isFinite(value)
}

function checkSubject({ sub }: JWTPayload): void {
  if (typeof sub !== 'string' || sub === '' || sub.length > 255) throw badClaim('sub')
}

/**
 * Where `max_age` was asked for, the provider must say when the person signed in, and that counts from the moment of asking:
 * how long they hesitated then is nobody's fault.
 */
function checkAuthenticationTime({ auth_time }: JWTPayload, since: number): void {
  if (!isTime(auth_time)) throw badClaim('auth_time')
  if (auth_time < since - CLOCK_TOLERANCE) {
    const details = { claim: 'auth_time', secondsTooOld: Math.round(since - auth_time) }
    throw refusal(
      'authentication_too_old',
      'the person signed in at the identity provider too long ago',
      details,
    )
  }
}

function checkAuthorizedParty({ azp }: JWTPayload, clientId: string): void {
  if (azp !== undefined && azp !== clientId) {
    throw refusal('id_token_audience_mismatch', 'the ID Token was issued to another client')
  }
}

/**
 * Optional in the code flow, checked when it is there (section 3.1.3.8 for the access token, and section 3.3.2.10 for the
 * code, which some put into every ID Token).
 */
async function checkHash(claims: JWTPayload, { claim, of, hash }: BoundHash): Promise<void> {
  if (claims[claim] === undefined || of === undefined) return
  const digest = new Uint8Array(await crypto.subtle.digest(hash, encodeUtf8(of)))
  if (claims[claim] !== encodeBase64Url(digest.subarray(0, digest.length / 2))) {
    const message = 'the ID Token does not belong to what it came with'
    throw refusal('id_token_access_token_mismatch', message, { claim })
  }
}

interface BoundHash {
  readonly claim: 'at_hash' | 'c_hash'
  readonly of: string | undefined
  readonly hash: SignedClaims['hash']
}

function badClaim(claim: string): SsoError {
  return refusal('id_token_claim_invalid', 'a claim of the ID Token is missing or malformed', { claim })
}

function refusal(code: ErrorCode, message: string, details: ErrorDetails = {}): SsoError {
  return new SsoError(code, message, { details })
}
