import { sha256 } from '../encoding/digest.ts'
import { randomId } from '../encoding/random.ts'
import type { Sealer } from '../encoding/seal.ts'
import type { Secret } from '../encoding/secret.ts'
import type { Identity, ProviderSession, SessionRecord } from '../ports/session-store.ts'

/** How long a session lasts at most, in milliseconds. */
export const SESSION_LIFETIME = 12 * 60 * 60 * 1000

/** How long a session lasts without being used, in milliseconds. */
export const SESSION_IDLE_LIFETIME = 2 * 60 * 60 * 1000

/**
 * An ID Token goes back to the provider in a URL, on its way there sealed in one of ours: neither holds much more than
 * this, in characters.
 */
const MAX_ID_TOKEN_HINT = 5 * 1024

declare const brand: unique symbol

/** A verified identity that the policy let in: the only thing that a session is begun for. */
export type AdmittedIdentity = Identity & { readonly [brand]: 'AdmittedIdentity' }

/** A {@link ProviderSession} as a protocol learns of it: not sealed yet. */
export type NewProviderSession =
  | { readonly protocol: 'oidc'; readonly sid: string | undefined; readonly idToken: Secret }
  | Exclude<ProviderSession, { protocol: 'oidc' }>

/** What a session is begun with. */
export interface SessionBeginning {
  readonly identity: AdmittedIdentity
  readonly providerSession: NewProviderSession
  /** When the login was begun, in milliseconds since the epoch. */
  readonly begunAt: number
  /** When the session at the identity provider ends, in milliseconds since the epoch, where it says: then ours has ended too. */
  readonly validUntil?: number | undefined
}

/** Stable for one identity, opaque, and another one for every other identity. */
export function userIdOf({
  connection,
  issuer,
  subject,
}: Pick<Identity, 'connection' | 'issuer' | 'subject'>): Promise<string> {
  return sha256(JSON.stringify([connection, issuer, subject]))
}

/**
 * Makes the record of a new session, always under a new id: an id that a browser brought is never taken over.
 *
 * @param now the time, in milliseconds since the epoch
 */
export async function newRecord(
  { identity, providerSession, begunAt, validUntil = Number.POSITIVE_INFINITY }: SessionBeginning,
  now: number,
  sealer: Sealer,
): Promise<SessionRecord> {
  const id = randomId(32)
  return {
    id,
    userId: await userIdOf(identity),
    identity,
    providerSession: await sealed(providerSession, id, sealer),
    begunAt,
    createdAt: now,
    usedAt: now,
    idleUntil: now + SESSION_IDLE_LIFETIME,
    expiresAt: Math.min(now + SESSION_LIFETIME, validUntil),
  }
}

async function sealed(session: NewProviderSession, id: string, sealer: Sealer): Promise<ProviderSession> {
  if (session.protocol !== 'oidc') return session
  const { protocol, sid, idToken } = session
  const text = idToken.reveal()
  const fits = text.length <= MAX_ID_TOKEN_HINT
  return { protocol, sid, sealedIdToken: fits ? await sealer.seal('id-token', id, text) : undefined }
}

/** @returns the ID Token of the login that a session came by; undefined where there is none, or it can not be opened */
export async function openIdTokenOf(
  { id, providerSession }: Pick<SessionRecord, 'id' | 'providerSession'>,
  sealer: Sealer,
): Promise<string | undefined> {
  const sealedIdToken = providerSession.protocol === 'oidc' ? providerSession.sealedIdToken : undefined
  return sealedIdToken === undefined ? undefined : sealer.open('id-token', id, sealedIdToken)
}
