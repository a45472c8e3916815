import type { Sealer } from '../encoding/seal.ts'
import type { SessionKey, SessionRecord } from '../ports/session-store.ts'

/**
 * What the session cookie holds, sealed. It is short whatever the identity holds, and proves by itself only that we
 * made it: whether its session is still alive, the record says.
 */
export interface SessionToken extends SessionKey {
  readonly connection: string
  /** When it was sealed, in milliseconds since the epoch. */
  readonly issuedAt: number
  /** The session's absolute end, in milliseconds since the epoch. */
  readonly expiresAt: number
}

type Content = [id: string, userId: string, connection: string, issuedAt: number, expiresAt: number]

/** @param now the time, in milliseconds since the epoch */
export function sealToken(record: SessionRecord, now: number, sealer: Sealer): Promise<string> {
  const { id, userId, identity, expiresAt } = record
  const content: Content = [id, userId, identity.connection, now, expiresAt]
  return sealer.seal('session-token', '', JSON.stringify(content))
}

/** @returns undefined when the token is not ours: forged, altered, or sealed with a secret that is no longer in use */
export async function openToken(token: string, sealer: Sealer): Promise<SessionToken | undefined> {
  const text = await sealer.open('session-token', '', token)
  if (text === undefined) return undefined
  const [id, userId, connection, issuedAt, expiresAt] = JSON.parse(text) as Content
  return { id, userId, connection, issuedAt, expiresAt }
}
