import type { ConnectionSummary } from '../config/connection.ts'
import { randomId } from '../encoding/random.ts'
import type { Sealer } from '../encoding/seal.ts'
import type { NameId, SessionRecord } from '../ports/session-store.ts'
import { openIdTokenOf } from '../session/record.ts'

/** How long a reference can be used, in milliseconds: the browser follows it at once. */
export const LOGOUT_REFERENCE_LIFETIME = 2 * 60 * 1000

/** A longer one does not fit into a URL beside the cookies of a request, in characters. */
const MAX_REFERENCE_LENGTH = 8 * 1024

/** What an identity provider is told of a session that has ended here: what it called the session, and the person. */
export type LeavingSession = {
  /** What the identity provider called itself: the session means nothing to another one under the same connection. */
  readonly issuer: string
} & (
  | {
      readonly protocol: 'oidc'
      /** The ID Token of the login; undefined where none was kept. */
      readonly idToken: string | undefined
    }
  | { readonly protocol: 'saml'; readonly sessionIndex: string | undefined; readonly nameId: NameId }
)

/** The same, of one protocol. */
export type LeavingSessionBy<P extends LeavingSession['protocol']> = Extract<LeavingSession, { protocol: P }>

interface Content {
  readonly until: number
  readonly nonce: string
  readonly session: LeavingSession
}

/** Where a logout leads, and for which browser. */
export interface LogoutReference {
  readonly reference: string
  /** 128 random bits, for a cookie of this browser: without it the reference is worth nothing. */
  readonly nonce: string
}

/** What sealing and opening take. `now` is in milliseconds since the epoch. */
interface Sealing {
  readonly now: number
  readonly sealer: Sealer
}

/**
 * Seals what an identity provider calls a session that has ended here, so that it can travel in the URL at which the
 * logout there begins.
 *
 * @returns undefined when the session came by a protocol that knows no logout, or when it would be too long for a URL
 */
export async function sealLogoutReference(
  record: SessionRecord,
  { now, sealer }: Sealing,
): Promise<LogoutReference | undefined> {
  const session = await leavingSessionOf(record, sealer)
  if (!session) return undefined
  const nonce = randomId(16)
  const content: Content = { until: now + LOGOUT_REFERENCE_LIFETIME, nonce, session }
  const { connection } = record.identity
  const reference = await sealer.seal('logout-reference', connection, JSON.stringify(content))
  return reference.length > MAX_REFERENCE_LENGTH ? undefined : { reference, nonce }
}

/**
 * @returns the session, or undefined when `reference` is not one that we sealed for this connection in the last two minutes,
 *   and for the browser that has `nonce`
 */
export async function openLogoutReference<P extends LeavingSession['protocol']>(
  { reference, nonce: ofBrowser }: { readonly [key in keyof LogoutReference]: string | undefined },
  { id, protocol }: Pick<ConnectionSummary, 'id'> & { readonly protocol: P },
  { now, sealer }: Sealing,
): Promise<LeavingSessionBy<P> | undefined> {
  const text = reference === undefined ? undefined : await sealer.open('logout-reference', id, reference)
  if (text === undefined) return undefined
  const { until, nonce, session } = JSON.parse(text) as Content
  // Under the same id there may be a connection of another protocol by now.
  const isOpen = now < until && nonce === ofBrowser && session.protocol === protocol
  return isOpen ? (session as LeavingSessionBy<P>) : undefined
}

async function leavingSessionOf(record: SessionRecord, sealer: Sealer): Promise<LeavingSession | undefined> {
  const { identity, providerSession } = record
  const { issuer } = identity
  switch (providerSession.protocol) {
    case 'oidc':
      return { protocol: 'oidc', issuer, idToken: await openIdTokenOf(record, sealer) }
    case 'saml': {
      const { sessionIndex, nameId } = providerSession
      return { protocol: 'saml', issuer, sessionIndex, nameId }
    }
    case 'social':
      return undefined
  }
}
