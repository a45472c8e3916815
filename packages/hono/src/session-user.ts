import type { SessionRecord } from '@doorward/core'
import type { SessionUser } from './contract.ts'

/** A person as our JSON speaks of them. */
export function toSessionUser({ userId, identity }: SessionRecord): SessionUser {
  return {
    id: userId,
    idp: identity.connection,
    protocol: identity.protocol,
    email: identity.email ?? null,
    email_verified: identity.emailVerified,
    username: identity.username ?? null,
    name: identity.name ?? null,
    first_name: identity.givenName ?? null,
    last_name: identity.familyName ?? null,
    picture: identity.picture ?? null,
    groups: identity.groups,
    roles: identity.roles,
  }
}
