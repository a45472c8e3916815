import { Secret } from '../encoding/secret.ts'
import { type VerifiedIdentity, verifiedIdentity } from '../login/identity.ts'
import type { Identity, SessionRecord } from '../ports/session-store.ts'
import type { AdmittedIdentity, SessionBeginning } from '../session/record.ts'

/** Somebody who was let in, after some changes. Only the policy makes one; for tests it is made by hand. */
export function admittedWith(changes: Partial<Identity> = {}): AdmittedIdentity {
  return {
    connection: 'acme',
    protocol: 'oidc',
    issuer: 'https://idp.example',
    subject: 'user-1',
    email: 'user@acme.example',
    emailVerified: true,
    username: undefined,
    name: undefined,
    givenName: undefined,
    familyName: undefined,
    picture: undefined,
    groups: [],
    roles: [],
    ...changes,
  } satisfies Identity as Identity as AdmittedIdentity
}

/** The same person as a protocol makes them of an answer; for tests that have no identity provider. */
export function verifiedWith(changes: Partial<VerifiedIdentity> = {}): VerifiedIdentity {
  const { roles: _, ...person } = admittedWith()
  return verifiedIdentity({ ...person, ...changes })
}

/** What a session is begun with when that person came by OpenID Connect, after some changes. */
export function beginningWith(begunAt: number, changes: Partial<SessionBeginning> = {}): SessionBeginning {
  const idToken = new Secret('header.payload.signature')
  return {
    identity: admittedWith(),
    providerSession: { protocol: 'oidc', sid: 'sid-1', idToken },
    begunAt,
    ...changes,
  }
}

/** The record of a session of that person as it could be in a store, after some changes. */
export function recordWith(now: number, changes: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: 'id-of-the-session',
    userId: 'id-of-the-user',
    identity: admittedWith(),
    providerSession: { protocol: 'oidc', sid: 'sid-1', sealedIdToken: undefined },
    begunAt: now,
    createdAt: now,
    usedAt: now,
    idleUntil: now + 3_600_000,
    expiresAt: now + 12 * 3_600_000,
    ...changes,
  }
}
