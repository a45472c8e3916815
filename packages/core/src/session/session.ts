import { sha256 } from '../encoding/digest.ts'
import { randomId } from '../encoding/random.ts'
import type { Sealer } from '../encoding/seal.ts'
import { SsoError } from '../errors/index.ts'
import type { Identity, SessionRecord, SessionStore } from '../ports/session-store.ts'

declare const brand: unique symbol

/** A verified identity that the policy let in: the only thing that a session is begun for. */
export type AdmittedIdentity = Identity & { readonly [brand]: 'AdmittedIdentity' }

/** How long a session lasts at most, in milliseconds. */
export const SESSION_LIFETIME = 12 * 60 * 60 * 1000

/** What sessions need. */
export interface SessionServices {
  readonly sessions: SessionStore
  readonly sealer: Sealer
}

/** A session that was just begun: its record, and the value of the cookie that stands for it. */
export interface BegunSession {
  readonly record: SessionRecord
  readonly token: string
}

/**
 * Begins a session, always under a new id: an id that a browser brought is never taken over.
 *
 * @param now the time, in milliseconds since the epoch
 * @throws SsoError `session_store_unavailable`
 */
export async function beginSession(
  identity: AdmittedIdentity,
  now: number,
  services: SessionServices,
): Promise<BegunSession> {
  const record: SessionRecord = {
    id: randomId(32),
    userId: await sha256(JSON.stringify([identity.connection, identity.issuer, identity.subject])),
    identity,
    createdAt: now,
    expiresAt: now + SESSION_LIFETIME,
  }
  await reach(services.sessions.save(record))
  return { record, token: await services.sealer.seal('session', '', record.id) }
}

/**
 * Finds the session that a cookie stands for.
 *
 * @param token the cookie's value, if there was one
 * @param now the time, in milliseconds since the epoch
 * @returns undefined when there is none, or no longer: forged, expired, ended
 * @throws SsoError `session_store_unavailable`
 */
export async function findSession(
  token: string | undefined,
  now: number,
  services: SessionServices,
): Promise<SessionRecord | undefined> {
  const id = token === undefined ? undefined : await services.sealer.open('session', '', token)
  const record = id === undefined ? undefined : await reach(services.sessions.find(id, now))
  return record && record.expiresAt > now ? record : undefined
}

/**
 * Ends the session that a cookie stands for, everywhere.
 *
 * @returns the session that was ended, or undefined when there was none
 * @throws SsoError `session_store_unavailable`: the session may still be alive
 */
export async function endSession(
  token: string | undefined,
  now: number,
  services: SessionServices,
): Promise<SessionRecord | undefined> {
  const record = await findSession(token, now, services)
  if (record) await reach(services.sessions.end(record.id))
  return record
}

async function reach<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (cause) {
    throw new SsoError('session_store_unavailable', 'the session store can not be reached', { cause })
  }
}
