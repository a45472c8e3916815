import { base64url } from 'jose'
import { utf8 } from './encoding.ts'
import { signJwt } from './jwt.ts'
import type { KeyRing } from './keys.ts'
import type { IdTokenClaims, LoginStep, Personality } from './personalities/personality.ts'
import type { JsonObject } from './respond.ts'
import type { SigningAlgorithm } from './types.ts'

/** ID tokens are read once, right away, so their life is short. */
const idTokenLifetimeSeconds = 300

/**
 * Ed25519 hashes with SHA-512 inside, and `at_hash` follows the signature's hash; the other algorithms here
 * use SHA-256.
 */
const hashOf: Record<SigningAlgorithm, 'SHA-256' | 'SHA-512'> = {
  RS256: 'SHA-256',
  PS256: 'SHA-256',
  ES256: 'SHA-256',
  EdDSA: 'SHA-512',
}

/** Left half of the hash of an access token. OpenID Connect Core 1.0 section 3.1.3.6. */
async function accessTokenHash(accessToken: string, alg: SigningAlgorithm): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest(hashOf[alg], utf8(accessToken)))
  return base64url.encode(digest.subarray(0, digest.length / 2))
}

export interface IdTokenRequest {
  readonly login: LoginStep
  readonly keys: KeyRing
  readonly personality: Personality
  /** Undefined where the token comes alone: then there is nothing to hash. */
  readonly accessToken: string | undefined
  /** When the user logged in, in seconds since 1970. */
  readonly authTime: number
  /** What the provider calls its session. */
  readonly sid: string
  /** The user's claims that go into the token, without `sub`. */
  readonly userClaims: JsonObject
}

/**
 * Builds the ID token of a login, spoilt as its personality says. OpenID Connect Core 1.0 sections 2 and
 * 3.1.3.6.
 */
export async function buildIdToken(request: IdTokenRequest): Promise<string> {
  const { login, keys, personality } = request
  const { hooks } = personality
  const key = keys.current
  const nonce = login.parameters.get('nonce')
  const goodClaims: IdTokenClaims = {
    iss: login.issuer,
    sub: login.user.sub,
    aud: login.client.client_id,
    exp: login.now + idTokenLifetimeSeconds,
    iat: login.now,
    auth_time: request.authTime,
    sid: request.sid,
    ...(nonce === null ? {} : { nonce }),
    ...(request.accessToken === undefined
      ? {}
      : { at_hash: await accessTokenHash(request.accessToken, key.alg) }),
    ...request.userClaims,
  }
  const goodHeader = { alg: key.alg, kid: key.kid, typ: 'JWT' }
  const header = hooks.idTokenHeader?.(goodHeader) ?? goodHeader
  const claims = hooks.idTokenClaims?.(goodClaims, login) ?? goodClaims
  const idToken = await signJwt(header, claims, key)
  return (
    (await hooks.idToken?.(idToken, { ...login, header, claims, key, stranger: keys.stranger })) ?? idToken
  )
}
