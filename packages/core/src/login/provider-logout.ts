import type { BaseUrl } from '../config/base-url.ts'
import type { Connection, OidcConnection, SamlConnection } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import type { Ledger } from '../ports/ledger.ts'
import { nameIdOf, SESSION_PAGE, type SessionGroup, type SessionRecord } from '../ports/session-store.ts'
import type { Sessions } from '../session/sessions.ts'
import type { LeavingSessionBy } from './logout-reference.ts'
import type { Departure } from './protocol.ts'
import { useOnce } from './use-once.ts'

/** A connection at whose identity provider people can be signed out. */
export type LeavableConnection = OidcConnection | SamlConnection

/** What an identity provider is told when somebody has signed out here. */
export interface LogoutBeginning<C extends LeavableConnection> {
  readonly connection: C
  readonly baseUrl: BaseUrl
  /** The session that has ended. */
  readonly session: LeavingSessionBy<C['protocol']>
}

/** A logout that was just begun at an identity provider. */
export interface BegunLogout {
  readonly departure: Departure
  /** What the answer will name, to be kept in this browser alone; empty where it will name nothing. */
  readonly requestId: string
}

/** Sign-out at identity providers, begun here. Sees no cookie and no store. */
export interface LogoutAtProvider<C extends LeavableConnection> {
  /**
   * @returns undefined when the session is not from there
   * @throws SsoError when we can not ask for it, the identity provider offers none, or can not be asked how: an
   *   administrator can do something about each
   */
  begin(beginning: LogoutBeginning<C>): Promise<BegunLogout | undefined>
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

/** What became of a logout that an identity provider began: `partial` when the browser that brought it is signed in by it still. */
type LogoutOutcome = 'ended' | 'partial'

/** An identity provider ends sessions. Genuine, for us and now; but perhaps not for the first time. */
export interface ProviderLogout {
  /** Names the message, at its connection. */
  readonly id: string
  /** When it is refused for its age, in milliseconds since the epoch. */
  readonly expiresAt: number
  /** What is to end. */
  readonly groups: readonly SessionGroup[]
}

/** The same, by a message that a browser brings and that is answered. */
export interface LogoutRequest extends ProviderLogout {
  readonly kind: 'request'
  /**
   * Says what became of it.
   *
   * @param outcome `failed` when some sessions may be alive still, for a reason of ours; `partial` when the browser is
   *   signed in there still, under another name
   * @returns undefined where there is no way to say it
   */
  answer(outcome: LogoutOutcome | 'failed'): Promise<Departure | undefined>
}

/** An identity provider's answer to a logout of ours. */
export interface LogoutAnswer {
  readonly kind: 'response'
  /** Which one, if it says. */
  readonly inResponseTo: string | undefined
  /** Whether everybody whom it knows has signed the person out. */
  readonly isComplete: boolean
}

/** Sign-out by messages that a browser takes to an identity provider and back. */
export interface LogoutProtocol<C extends LeavableConnection> extends LogoutAtProvider<C> {
  /** Verifies a message. Changes nothing. @throws SsoError for every reason to refuse it */
  read(arrived: ArrivedLogout<C>): Promise<LogoutRequest | LogoutAnswer>
}

/** What ending sessions for an identity provider takes. */
export interface ProviderLogoutServices {
  readonly ledger: Ledger
  readonly sessions: Sessions
}

/** A logout of an identity provider arrives. */
interface LogoutArrival {
  /** The time, in milliseconds since the epoch. */
  readonly now: number
  /** What stands for the session of the browser that brought the message, if it has one and says so. */
  readonly token: string | undefined
  /** Whether it would say so: browsers keep the cookie from what other sites post, and show in frames. */
  readonly isTold: boolean
}

/** What came of it. */
interface EndedForProvider {
  /** How many sessions were ended; none is no mistake. */
  readonly count: number
  readonly outcome: LogoutOutcome
}

/**
 * Ends what an identity provider has ended, once: a message that somebody kept must not end later sessions. Where the
 * message fits no session but the browser that brings it has one from there, that one is meant if the name is the same,
 * whatever the rest of it says; if it is another, or the browser does not say, nobody may be told that all is done.
 *
 * @throws SsoError `logout_replayed` when the message was used before, `ledger_unavailable`, or
 *   `session_store_unavailable`: some sessions may have ended then
 */
export async function endForProvider(
  { id, expiresAt, groups }: ProviderLogout,
  connection: Pick<Connection, 'protocol' | 'id'>,
  { ledger, sessions, now, token, isTold }: ProviderLogoutServices & LogoutArrival,
): Promise<EndedForProvider> {
  const scope = `logout:${connection.protocol}:${connection.id}`
  if (!(await useOnce({ scope, keys: [id], expiresAt }, now, ledger))) {
    throw new SsoError('logout_replayed', 'the logout message was already used')
  }
  // The message is used up, so that it can not come again: what fails for a moment is tried once more.
  const endAll = (group: SessionGroup) => sessions.endAll(group).catch(() => sessions.endAll(group))
  const counts = await Promise.all(groups.map(endAll))
  const count = counts.reduce((sum, each) => sum + each, 0)
  if (count > 0) return { count, outcome: 'ended' }
  if (!isTold) return { count, outcome: 'partial' }
  const here = await sessions.find(token, { fresh: true })
  if (!here || !groups.some((group) => isFrom(here.record, group))) return { count, outcome: 'ended' }
  if (!groups.some((group) => isNamed(here.record, group))) return { count, outcome: 'partial' }
  return { count: (await sessions.end(token)) ? 1 : 0, outcome: 'ended' }
}

/**
 * Ends the sessions of a group that are there now, and leaves nothing behind: for a message that nobody signed, since a flood of
 * those must fill no store.
 *
 * @returns how many were ended
 * @throws SsoError `session_store_unavailable`: some sessions may have ended then
 */
export async function endPresent(group: SessionGroup, sessions: Sessions): Promise<number> {
  let count = 0
  for (let page = await sessions.list(group); ; page = await sessions.list(group, page.at(-1))) {
    for (const session of page) if (await sessions.endOne(session)) count++
    if (page.length < SESSION_PAGE) return count
  }
}

/** Whether a session is from the identity provider that ends `group`. */
function isFrom({ identity }: SessionRecord, group: SessionGroup): boolean {
  return (
    group.by === 'name-id' && group.connection === identity.connection && group.issuer === identity.issuer
  )
}

/** Whether a session is of somebody whose name reads the same, not regarding its format and qualifiers. */
function isNamed(record: SessionRecord, group: SessionGroup): boolean {
  return group.by === 'name-id' && group.nameId.value === nameIdOf(record)?.value
}
