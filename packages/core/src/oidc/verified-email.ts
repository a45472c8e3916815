import type { OidcConnection } from '../config/connection.ts'
import { entraCloudOf } from '../config/entra.ts'
import { GOOGLE_ISSUER } from '../config/google.ts'
import type { IdTokenClaims } from './id-token.ts'
import { type Claims, readClaim } from './read-claim.ts'

/** What was verified about a person, and who said it. */
export interface VerifiedClaims {
  readonly issuer: string
  readonly idToken: IdTokenClaims
  /** The ID Token first. */
  readonly sources: readonly Claims[]
}

/** An address, and which of the sources it is from. */
interface FoundEmail {
  readonly email: string | undefined
  readonly source: Claims
}

/**
 * Says whether the provider verified an address. Only the source of the address can vouch for it, but a "no" counts
 * wherever it stands, and whatever it is about.
 *
 * @returns undefined when nothing is said; never where several organisations share an issuer, for there an administrator
 *   vouches for none of them
 */
export function readEmailVerified(
  { claims, tenants }: OidcConnection,
  verified: VerifiedClaims,
  found: FoundEmail | undefined,
): boolean | undefined {
  const { issuer, idToken, sources } = verified
  const read = (source: Claims) => readAnswer(source, claims.emailVerified ?? 'email_verified')
  if (sources.some((source) => read(source) === false)) return false
  if (!mayVouch(issuer, found?.email, idToken)) return false
  const isUsual = claims.email === 'email' && found?.source === idToken
  const edov = readMicrosoft(idToken, found?.email, isUsual)
  // Asked last, for it has to take the address of the issuer apart.
  const microsoft = edov !== undefined && isMicrosoft(issuer) ? edov : undefined
  const said = claims.emailVerified === undefined || !found ? undefined : read(found.source)
  return microsoft ?? said ?? (tenants.length > 0 ? false : undefined)
}

/** True or "true", as Cognito and Apple write it; undefined when nothing is said; anything else is a no. */
function readAnswer(source: Claims, name: string): boolean | undefined {
  const value = readClaim(source, name)
  if (value === undefined || value === null) return undefined
  // Microsoft's own claim has been seen as all of these.
  if (name === EDOV && (value === '1' || value === 1)) return true
  return value === true || value === 'true'
}

/** Whether the owner of the address's domain is who the account belongs to. */
const EDOV = 'xms_edov'

/**
 * Entra ID knows no `email_verified`, and administrators of any tenant can write any address into an account. What
 * it says of the owner of the domain, and which addresses are an account's own, are optional claims
 * ([reference](https://learn.microsoft.com/entra/identity-platform/optional-claims-reference)).
 *
 * @param isUsual whether the address is that of `email`: the first of the two claims is about no other
 */
function readMicrosoft(
  idToken: IdTokenClaims,
  email: string | undefined,
  isUsual: boolean,
): boolean | undefined {
  const isOwned = readAnswer(idToken, EDOV)
  if (isOwned === false) return false
  if (isOwned && isUsual) return true
  const own = [idToken['verified_primary_email']].flat()
  const isOwn = own.some((one) => typeof one === 'string' && one.toLowerCase() === email?.toLowerCase())
  return isOwn ? true : undefined
}

/** Version 1.0 of Microsoft's tokens has an issuer of another name. */
function isMicrosoft(issuer: string): boolean {
  return (
    entraCloudOf(issuer) !== undefined || /^https:\/\/sts\.(windows\.net|chinacloudapi\.cn)\//.test(issuer)
  )
}

/**
 * Google lets anybody have an account under any address that they could once read. Only for its own mail, and where `hd`
 * says that an organisation manages the account, does it vouch for who they are
 * ([Google, verifying the ID token](https://developers.google.com/identity/gsi/web/guides/verify-google-id-token)).
 */
function mayVouch(issuer: string, email: string | undefined, { hd, email_verified }: IdTokenClaims): boolean {
  if (issuer !== GOOGLE_ISSUER || email === undefined) return true
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  const isOwn = domain === 'gmail.com' || domain === 'googlemail.com'
  const isManaged = typeof hd === 'string' && hd !== ''
  return (isOwn || isManaged) && email_verified === true
}
