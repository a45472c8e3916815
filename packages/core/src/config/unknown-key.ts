import { keysAt, knownKeys } from './format/keys.ts'
import { oidcProvider } from './format/oidc.ts'
import { samlProvider } from './format/saml.ts'
import { nearest } from './nearest.ts'

const entry = 'an entry of "identity_providers"'
const registered = 'remove it: "doorward urls" prints what is registered at the provider'
const serverUrl = 'did you mean "server_url"?'
const roles =
  'groups give roles: "groups_claim" says where groups are, and "authorization" which of them give which roles'
const encrypted =
  'remove it: with keys in DOORWARD_SAML_KEYS answers may be encrypted, and the provider is told there to encrypt them'

/** What other products call what is here called otherwise, and what has no key at all. */
const inOtherWords: readonly (readonly [key: RegExp, fix: string])[] = [
  [/^(use_|with_)?pkce$/, 'remove it: PKCE is on unless "enable_pkce: false" below "sso:" says otherwise'],
  [/^(redirect|callback|login)_ur[il]s?$/, registered],
  [/^(issuer_ur[il]|discovery(_ur[il]|_endpoint|_document)?|well_known(_ur[il])?|base_url)$/, serverUrl],
  [/^(allowed_)?domains$|^allowed_email_domains?$/, 'did you mean "email_domain"?'],
  [/^(hosted_domain|hd)$/, `for one organisation at Google, write ${entry} with "email_domain"`],
  [/^roles?_(claim|attribute)s?$/, roles],
  [/^cognito$/, 'did you mean "amazon_cognito"?'],
  [/^wants?_(assertions?|name_?id)_encrypted$|^encrypt(ed)?_assertions?$/, encrypted],
  [/^secret$/, 'did you mean "client_secret"?'],
]

/**
 * What to do about a key that is none where it stands: what it is called here, or where it belongs.
 *
 * @returns undefined where nobody knows
 */
export function suggestKey(path: readonly (string | number)[]): string | undefined {
  const key = String(path.at(-1) ?? '')
  const beside = knownKeys.has(key) ? meantBeside(key, keysAt(path.slice(0, -1))) : undefined
  if (beside) return `did you mean "${beside}"?`
  if (knownKeys.has(key)) return `it belongs ${placeOf(key, path)}`
  if (key === 'role' && path.at(-3) === 'mapping') return 'did you mean "root_role" or "organization_role"?'
  const known = inOtherWords.find(([pattern]) => pattern.test(key.toLowerCase().replaceAll('-', '_')))
  const meant = known ? undefined : nearest(key, [...knownKeys.keys()])
  return known?.[1] ?? (meant && `did you mean "${meant}"?`)
}

/** What SAML's attributes and OpenID Connect's claims are called here. */
const counterparts = [
  ['uid', 'user_id'],
  ['first_name', 'given_name'],
  ['last_name', 'family_name'],
] as const

/** A key of the same section that is meant by a key of another. */
function meantBeside(key: string, keys: readonly string[]): string | undefined {
  const same = counterparts.find((pair) => pair.some((one) => one === key))?.find((one) => one !== key)
  if (same && keys.includes(same)) return same
  // With the other protocol it is a key of this section.
  return keys.includes(key) ? undefined : nearest(key, keys)
}

/** Where a key belongs, as seen from where it stands. */
function placeOf(key: string, path: readonly (string | number)[]): string {
  const [inOidc, inSaml] = [oidcProvider, samlProvider].map(({ entries }) => Object.hasOwn(entries, key))
  const isInEntry = path[1] === 'identity_providers' && path.length === 4
  // What both take would be known there.
  if (isInEntry && (inOidc || inSaml)) return `in an entry with "protocol: ${inOidc ? 'OIDC' : 'SAML'}"`
  if (key === 'identity_providers' || key === 'selection_mode' || key === 'enable_pkce') return 'below "sso:"'
  return path[0] !== 'social_account' && (inOidc || inSaml) ? `in ${entry}` : 'in another section'
}
