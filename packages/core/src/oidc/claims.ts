import type { OidcConnection } from '../config/connection.ts'
import { boundGroups, readText } from '../login/facts.ts'
import { type VerifiedIdentity, verifiedIdentity } from '../login/identity.ts'
import type { IdTokenClaims } from './id-token.ts'
import type { UserinfoClaims } from './userinfo.ts'

type Claims = Readonly<Record<string, unknown>>

/**
 * Reads who somebody is out of verified claims
 * ([OpenID Connect Core, section 5.1](https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims)). The ID
 * Token comes first; userinfo adds what it lacks. Only the place that an address comes from can call it verified: one
 * may not vouch for the other's.
 */
export function readIdentity(
  connection: OidcConnection,
  issuer: string,
  idToken: IdTokenClaims,
  userinfo: UserinfoClaims | undefined,
): VerifiedIdentity {
  const { claims } = connection
  const sources: readonly Claims[] = userinfo ? [idToken, userinfo] : [idToken]
  const first = (claim: string): string | undefined => {
    for (const source of sources) {
      const text = readText(readClaim(source, claim))
      if (text !== undefined) return text
    }
    return undefined
  }
  const emailSource = sources.find((source) => readText(readClaim(source, claims.email)) !== undefined)
  const readVerified = (source: Claims) =>
    readEmailVerified(readClaim(source, claims.emailVerified ?? 'email_verified'))
  // Only the source of the address can vouch for it, but a "no" counts wherever it stands, and whatever it is about.
  const isDenied = sources.some((source) => readVerified(source) === false)
  const email = first(claims.email)
  const emailVerified =
    isDenied || !mayVouch(issuer, email, idToken)
      ? false
      : claims.emailVerified === undefined
        ? undefined
        : emailSource && readVerified(emailSource)
  return verifiedIdentity({
    connection: connection.id,
    protocol: 'oidc',
    issuer,
    subject: idToken.sub,
    email,
    emailVerified,
    username: first(claims.username),
    name: first(claims.name),
    givenName: first(claims.givenName),
    familyName: first(claims.familyName),
    picture: first(claims.picture),
    groups: readGroups(firstPresent(sources, claims.groups)),
  })
}

/**
 * Google lets anybody have an account under any address that they could once read. Only for its own mail, and where `hd`
 * says that an organisation manages the account, does it vouch for who they are
 * ([Google, verifying the ID token](https://developers.google.com/identity/gsi/web/guides/verify-google-id-token)).
 */
function mayVouch(issuer: string, email: string | undefined, { hd, email_verified }: IdTokenClaims): boolean {
  if (issuer !== 'https://accounts.google.com' || email === undefined) return true
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  const isOwn = domain === 'gmail.com' || domain === 'googlemail.com'
  const isManaged = typeof hd === 'string' && hd !== ''
  return (isOwn || isManaged) && email_verified === true
}

/**
 * Finds a claim by its name, dots and all as in `https://acme.example/groups`; else by the path that the dots make,
 * as in `realm_access.roles`.
 */
export function readClaim(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((inner, step) => {
    const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner)
    return isObject && Object.hasOwn(inner, step) ? (inner as Claims)[step] : undefined
  }, claims)
}

/** The first of the names that is present anywhere; the ID Token comes first for each. */
function firstPresent(sources: readonly Claims[], names: readonly string[]): unknown {
  for (const name of names) {
    for (const source of sources) {
      const value = readClaim(source, name)
      if (value !== undefined) return value
    }
  }
  return undefined
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

/** As long as a subject may be. */
const MAX_SID_LENGTH = 255

/** True or "true", as Cognito and Apple write it; undefined when nothing is said; anything else is a no. */
function readEmailVerified(value: unknown): boolean | undefined {
  return value === undefined || value === null ? undefined : value === true || value === 'true'
}

/**
 * One group may come as a text, several as a list; what is neither is left out.
 *
 * @throws SsoError `id_token_claim_invalid` when there are too many: to leave some out could let somebody in
 */
function readGroups(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  const groups = values.map(readText).filter((group) => group !== undefined)
  return boundGroups(groups, 'id_token_claim_invalid')
}
