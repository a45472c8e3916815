import type { SamlConnection } from '../config/connection.ts'
import { randomId } from '../encoding/random.ts'
import type { Sealer } from '../encoding/seal.ts'
import type { ProviderSession } from '../ports/session-store.ts'

/** How long a reference can be used, in milliseconds: the browser follows it at once. */
export const LOGOUT_REFERENCE_LIFETIME = 2 * 60 * 1000

/** A longer one does not fit into a URL, in characters. */
const MAX_REFERENCE_LENGTH = 4096

type SamlSession = Extract<ProviderSession, { protocol: 'saml' }>

interface Content {
  readonly until: number
  readonly nonce: string
  readonly session: SamlSession
}

/** Where a logout leads, and for which browser. */
export interface LogoutReference {
  readonly reference: string
  /** 128 random bits, for a cookie of this browser: without it the reference is worth nothing. */
  readonly nonce: string
}

/**
 * Seals what an identity provider calls a session that has ended here, so that it can travel in the URL at which the
 * logout there begins.
 *
 * @param now the time, in milliseconds since the epoch
 * @returns undefined when it would be too long for a URL
 */
export async function sealLogoutReference(
  session: SamlSession,
  { id }: Pick<SamlConnection, 'id'>,
  { now, sealer }: { readonly now: number; readonly sealer: Sealer },
): Promise<LogoutReference | undefined> {
  const nonce = randomId(16)
  const { protocol, sessionIndex, nameId } = session
  const content: Content = {
    until: now + LOGOUT_REFERENCE_LIFETIME,
    nonce,
    session: { protocol, sessionIndex, nameId },
  }
  const reference = await sealer.seal('logout-reference', id, JSON.stringify(content))
  return reference.length > MAX_REFERENCE_LENGTH ? undefined : { reference, nonce }
}

/**
 * @returns the session, or undefined when `reference` is not one that we sealed for this connection in the last two minutes,
 *   and for the browser that has `nonce`
 */
export async function openLogoutReference(
  { reference, nonce: ofBrowser }: { readonly [key in keyof LogoutReference]: string | undefined },
  { id }: Pick<SamlConnection, 'id'>,
  { now, sealer }: { readonly now: number; readonly sealer: Sealer },
): Promise<SamlSession | undefined> {
  const text = reference === undefined ? undefined : await sealer.open('logout-reference', id, reference)
  if (text === undefined) return undefined
  const { until, nonce, session } = JSON.parse(text) as Content
  return now < until && nonce === ofBrowser ? session : undefined
}
