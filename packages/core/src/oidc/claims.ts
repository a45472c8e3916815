import type { OidcConnection } from '../config/connection.ts'
import { readText } from '../login/facts.ts'
import { type VerifiedIdentity, verifiedIdentity } from '../login/identity.ts'
import type { IdTokenClaims } from './id-token.ts'
import { type Claims, readClaim } from './read-claim.ts'
import type { UserinfoClaims } from './userinfo.ts'
import { readEmailVerified } from './verified-email.ts'

/** What a provider said about a person, after every check. */
export interface Said {
  /** Who said it: the issuer of the ID Token. */
  readonly issuer: string
  readonly idToken: IdTokenClaims
  readonly userinfo: UserinfoClaims | undefined
}

/** Where claims are looked for. The ID Token comes first; userinfo adds what it lacks. */
export function sourcesOf({ idToken, userinfo }: Said): readonly Claims[] {
  return userinfo ? [idToken, userinfo] : [idToken]
}

/**
 * Reads who somebody is out of verified claims
 * ([OpenID Connect Core, section 5.1](https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims)).
 */
export function readIdentity(
  connection: OidcConnection,
  said: Said,
  groups: readonly string[],
): VerifiedIdentity {
  const { claims } = connection
  const { issuer, idToken } = said
  const sources = sourcesOf(said)
  const first = (claim: string): string | undefined => {
    for (const source of sources) {
      const text = readText(readClaim(source, claim))
      if (text !== undefined) return text
    }
    return undefined
  }
  const found = sources
    .map((source) => ({ source, email: readText(readClaim(source, claims.email)) }))
    .find(({ email }) => email !== undefined)
  return verifiedIdentity({
    connection: connection.id,
    protocol: 'oidc',
    issuer,
    subject: idToken.sub,
    email: found?.email,
    emailVerified: readEmailVerified(connection, { issuer, idToken, sources }, found),
    username: first(claims.username),
    name: first(claims.name),
    givenName: first(claims.givenName),
    familyName: first(claims.familyName),
    picture: first(claims.picture),
    groups,
  })
}

/**
 * Reads what the provider calls its own session
 * ([OpenID Connect Back-Channel Logout, section 2.1](https://openid.net/specs/openid-connect-backchannel-1_0.html#OPMetadata)).
 *
 * @returns undefined when it says nothing: then it can end a person's sessions, but not one of them
 */
export function readSid(idToken: IdTokenClaims): string | undefined {
  const sid = readText(idToken['sid'])
  return sid !== undefined && sid.length <= MAX_SID_LENGTH ? sid : undefined
}

/** As long as a subject may be, in characters. */
export const MAX_SID_LENGTH = 255
