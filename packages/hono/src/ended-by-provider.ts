import {
  type EventSink,
  endForProvider,
  type LoginServices,
  type ProviderLogout,
  type Sessions,
} from '@doorward/core'
import type { Context } from 'hono'
import type { AppEnvironment } from './context.ts'
import { clearSessionCookie, readSessionCookie } from './cookies.ts'
import { tellsOfSession } from './navigation.ts'

/** What ending sessions for an identity provider takes. */
interface Ending {
  readonly connection: Parameters<typeof endForProvider>[1]
  readonly services: LoginServices
  readonly events: EventSink
  /** Whether a browser brought the message, whose own session may be meant. */
  readonly isFromBrowser: boolean
}

/**
 * Ends what an identity provider has ended, reports it, and removes the cookie of a session that is over.
 *
 * @throws SsoError as `endForProvider` does
 */
export async function endByProvider(
  c: Context<AppEnvironment>,
  logout: ProviderLogout,
  { connection, services, events, isFromBrowser }: Ending,
): Promise<'ended' | 'partial'> {
  const { ledger, sessions, clock } = services
  const token = isFromBrowser ? readSessionCookie(c) : undefined
  const { count, outcome } = await endForProvider(logout, connection, {
    ledger,
    sessions,
    now: clock(),
    token,
    // Where no browser is, none has another session that could be meant.
    isTold: !isFromBrowser || tellsOfSession(c.req.raw),
  })
  const { requestId } = c.var
  events.emit({ type: 'sessions.ended', requestId, by: 'provider', connection: connection.id, count })
  if (isFromBrowser) await forgetEnded(c, sessions)
  return outcome
}

/** Removes this browser's cookie where the session is over that it stands for. */
export async function forgetEnded(c: Context<AppEnvironment>, sessions: Sessions): Promise<void> {
  const token = readSessionCookie(c)
  if (token !== undefined && !(await sessions.find(token, { fresh: true }))) clearSessionCookie(c)
}
