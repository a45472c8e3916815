import type { JsonObject } from './respond.ts'
import type { User } from './types.ts'

/**
 * Which claims a scope asks for. OpenID Connect Core 1.0 section 5.4; `groups` is a custom of many
 * providers.
 */
const claimsOfScope = {
  profile: ['name', 'given_name', 'family_name', 'preferred_username', 'picture'],
  email: ['email', 'email_verified'],
  // Providers release groups by their own configuration rather than by scope, so `openid` is enough.
  openid: ['groups'],
} as const satisfies Record<string, readonly (keyof User)[]>

/** The user's claims that an authorization request asked for, without `sub`. */
export function userClaims(user: User, parameters: URLSearchParams): JsonObject {
  const scopes = parameters.get('scope')?.split(' ') ?? []
  const names = Object.entries(claimsOfScope).flatMap(([scope, claims]) =>
    scopes.includes(scope) ? claims : [],
  )
  return Object.fromEntries(names.flatMap((name) => (user[name] === undefined ? [] : [[name, user[name]]])))
}
