import type { BaseUrl } from '../config/base-url.ts'
import type { Connection } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { ProviderSession, SessionGroup } from '../ports/session-store.ts'
import type { Sessions } from '../session/sessions.ts'
import type { Departure } from './protocol.ts'
import { useOnce } from './use-once.ts'

/** What an identity provider is told when somebody has signed out here. */
export interface LogoutBeginning<C extends Connection> {
  readonly connection: C
  readonly baseUrl: BaseUrl
  /** The session that has ended. */
  readonly session: Extract<ProviderSession, { protocol: C['protocol'] }>
}

/** A logout that was just begun at an identity provider. */
export interface BegunLogout {
  readonly departure: Departure
  /** What the answer will name; to be kept in this browser alone. */
  readonly requestId: string
}

/** A message about a logout, as it came with a browser. */
export interface ArrivedLogout<C extends Connection> {
  readonly connection: C
  readonly baseUrl: BaseUrl
  /** By a redirect, with the query as it came, or in a form. */
  readonly unverified:
    | { readonly binding: 'redirect'; readonly query: string }
    | { readonly binding: 'post'; readonly form: URLSearchParams }
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** An identity provider ends sessions. Genuine, for us and now; but perhaps not for the first time. */
export interface ProviderLogout {
  readonly kind: 'request'
  /** Names the message, at its connection. */
  readonly id: string
  /** When it is refused for its age, in milliseconds since the epoch. */
  readonly expiresAt: number
  /** What is to end. */
  readonly groups: readonly SessionGroup[]
  /**
   * Says what became of it.
   *
   * @param outcome `failed` when some sessions may be alive still, for a reason of ours
   * @returns undefined where there is no way to say it
   */
  answer(outcome: 'ended' | 'failed'): Promise<Departure | undefined>
}

/** An identity provider's answer to a logout of ours. */
export interface LogoutAnswer {
  readonly kind: 'response'
  /** Which one, if it says. */
  readonly inResponseTo: string | undefined
  /** Whether everybody whom it knows has signed the person out. */
  readonly isComplete: boolean
}

/** Sign-out by messages that a browser takes to an identity provider and back. Sees no cookie and no store. */
export interface LogoutProtocol<C extends Connection> {
  /**
   * @returns undefined when the identity provider offers no logout, or we can not ask for it
   * @throws SsoError one of the provider codes when it can not be asked how
   */
  begin(beginning: LogoutBeginning<C>): Promise<BegunLogout | undefined>
  /** Verifies a message. Changes nothing. @throws SsoError for every reason to refuse it */
  read(arrived: ArrivedLogout<C>): Promise<ProviderLogout | LogoutAnswer>
}

/** What ending sessions for an identity provider takes. */
export interface ProviderLogoutServices {
  readonly ledger: Ledger
  readonly sessions: Sessions
}

/**
 * Ends what an identity provider has ended, once: a message that somebody kept must not end later sessions.
 *
 * @param now the time, in milliseconds since the epoch
 * @returns how many sessions were ended; none is no mistake
 * @throws SsoError `saml_logout_invalid` when the message was used before, `ledger_unavailable`, or
 *   `session_store_unavailable`: some sessions may have ended then
 */
export async function endForProvider(
  { id, expiresAt, groups }: ProviderLogout,
  connection: Pick<Connection, 'protocol' | 'id'>,
  { ledger, sessions, now }: ProviderLogoutServices & { readonly now: number },
): Promise<number> {
  const scope = `logout:${connection.protocol}:${connection.id}`
  if (!(await useOnce({ scope, keys: [id], expiresAt }, now, ledger))) {
    throw new SsoError('saml_logout_invalid', 'the logout message was already used')
  }
  const counts = await Promise.all(groups.map((group) => sessions.endAll(group)))
  return counts.reduce((sum, count) => sum + count, 0)
}
