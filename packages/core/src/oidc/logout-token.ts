import { errors, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyResult, jwtVerify } from 'jose'
import { isJsonObject } from '../encoding/json-object.ts'
import { type ErrorDetails, SsoError } from '../errors/index.ts'
import { MAX_SID_LENGTH } from './claims.ts'
import { CLOCK_TOLERANCE } from './id-token.ts'
import { idTokenAlgorithms } from './signed-token.ts'

/** What a logout token that passed every check says. */
export type LogoutTokenClaims = {
  /** Names the token, at its issuer. */
  readonly jti: string
  /** When it is refused for its age, in milliseconds since the epoch. */
  readonly expiresAt: number
} & (
  | {
      /** One session, and whose it is, if it says. */ readonly sid: string
      readonly sub: string | undefined
    }
  | { readonly sid: undefined /** All sessions of this person. */; readonly sub: string }
)

/** What a logout token is checked against. */
export interface LogoutTokenExpectations {
  /** What the provider calls itself, to the letter: one for each of several organisations. */
  readonly issuers: readonly string[]
  readonly clientId: string
  readonly getKey: JWTVerifyGetKey
  /** Milliseconds since the epoch. */
  readonly now: number
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/**
 * What the header may call the token: its own type, or that of any JWT, or nothing, as providers did before there was a type
 * ([Back-Channel Logout, section 2.4](https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken)).
 */
const types: readonly (string | undefined)[] = ['logout+jwt', 'jwt', undefined]

/**
 * For how long after it was issued a token counts, in seconds, whatever it says itself: that it was used must be
 * remembered for as long.
 */
const MAX_AGE = 3600

/**
 * Verifies a logout token
 * ([OpenID Connect Back-Channel Logout, section 2.6](https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation)):
 * all but whether it was used before.
 *
 * @throws SsoError `logout_token_invalid`, or a provider code when the keys can not be fetched
 */
export async function verifyLogoutToken(
  unverifiedToken: string,
  { issuers, clientId, getKey, now }: LogoutTokenExpectations,
): Promise<LogoutTokenClaims> {
  const { payload, protectedHeader } = await verifySignatureAndTime(unverifiedToken, {
    issuers,
    clientId,
    getKey,
    now,
  })
  checkType(protectedHeader.typ)
  checkAudience(payload, clientId)
  checkEvent(payload)
  // So that an ID Token is never taken for a logout token, nor the other way round.
  if (payload['nonce'] !== undefined) throw invalid('the logout token has a nonce', { claim: 'nonce' })
  const jti = readName(payload, 'jti')
  const [sub, sid] = [readName(payload, 'sub'), readName(payload, 'sid')]
  if (jti === undefined) throw invalid('the logout token has no name', { claim: 'jti' })
  const named = { jti, expiresAt: checkAge(payload, now) }
  if (sid !== undefined) return { ...named, sid, sub }
  if (sub !== undefined) return { ...named, sid, sub }
  throw invalid('the logout token says neither who nor which session is meant', { claim: 'sub' })
}

async function verifySignatureAndTime(
  unverifiedToken: string,
  { issuers, clientId, getKey, now }: LogoutTokenExpectations,
): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(unverifiedToken, getKey, {
      algorithms: [...idTokenAlgorithms],
      issuer: [...issuers],
      audience: clientId,
      requiredClaims: ['iat', 'exp'],
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(now),
    })
  } catch (error) {
    throw explain(error)
  }
}

/** A token of another type, an access token for one, is not for us to read (RFC 8725, section 3.11). */
function checkType(typ: unknown): void {
  const type = typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : typ
  if (!types.includes(type as string | undefined)) {
    throw invalid('the logout token calls itself something else', { header: 'typ' })
  }
}

/** As with ID Tokens: we trust no other audience. */
function checkAudience({ aud }: JWTPayload, clientId: string): void {
  if ([aud].flat().some((audience) => audience !== clientId)) {
    throw invalid('the logout token is for other clients too', { claim: 'aud' })
  }
}

function checkEvent({ events }: JWTPayload): void {
  if (!isJsonObject(events) || !isJsonObject(events[EVENT])) {
    throw invalid('the logout token is not about a logout', { claim: 'events' })
  }
}

/** @returns when it is refused for its age, in milliseconds since the epoch */
function checkAge({ iat = Number.NaN, exp = Number.NaN }: JWTPayload, now: number): number {
  if (iat > now / 1000 + CLOCK_TOLERANCE) {
    const aheadSeconds = Math.round(iat - now / 1000)
    throw invalid('the logout token is from the future: check both clocks', { claim: 'iat', aheadSeconds })
  }
  const expiresAt = (Math.min(exp, iat + MAX_AGE) + CLOCK_TOLERANCE) * 1000
  if (now < expiresAt) return expiresAt
  const sinceSeconds = Math.round(now / 1000 - iat)
  throw invalid('the logout token was issued too long ago', { claim: 'iat', sinceSeconds })
}

/** @returns undefined when it is not there. @throws SsoError when it is no name */
function readName(payload: JWTPayload, claim: 'jti' | 'sub' | 'sid'): string | undefined {
  const value = payload[claim]
  if (value === undefined) return undefined
  const isShort = claim === 'jti' || (typeof value === 'string' && value.length <= MAX_SID_LENGTH)
  if (typeof value === 'string' && value !== '' && isShort) return value
  throw invalid('a claim of the logout token is malformed', { claim })
}

/** The library's errors, by their names. What else there is, a provider that can not be asked, stays. */
function explain(error: unknown): unknown {
  const message = 'the logout token is not one of this provider, for us and now'
  // A TypeError is how the library refuses a key that is too weak.
  if (error instanceof TypeError) return invalid(message, { reason: 'ERR_KEY' }, error)
  if (!(error instanceof errors.JOSEError)) return error
  const isAboutClaim = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired
  return invalid(message, { reason: error.code, ...(isAboutClaim ? { claim: error.claim } : {}) }, error)
}

function invalid(message: string, details: ErrorDetails, cause?: unknown): SsoError {
  return new SsoError('logout_token_invalid', message, { details, cause })
}
