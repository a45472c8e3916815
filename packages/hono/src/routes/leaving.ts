import {
  type EventSink,
  type LeavableConnection,
  type LoginServices,
  type LogoutAtProvider,
  openLogoutReference,
  SsoError,
} from '@doorward/core'
import type { Context } from 'hono'
import type { AppEnvironment } from '../context.ts'
import { takeLeavingCookie, writeLogoutCookie } from '../cookies.ts'
import { depart } from '../departure.ts'
import { eventsOf } from '../error-events.ts'
import { isOwnNavigation } from '../navigation.ts'
import { SIGNED_OUT_HERE } from '../signed-out.ts'

/** What leaving takes. */
interface Leaving<C extends LeavableConnection> {
  readonly services: LoginServices
  readonly logout: LogoutAtProvider<C>
  readonly events: EventSink
}

/** Notes that a request is about signing out at `connection`. */
export function concernLogout<C extends LeavableConnection>(c: Context<AppEnvironment>, connection: C): C {
  c.set('connection', connection.id)
  c.set('isLogout', true)
  return connection
}

/**
 * Sends a person who has signed out here on to the identity provider, once, or says that it may still know them. Nobody else
 * can send a browser there: it comes from our own page, and has the cookie of the sign-out.
 */
export async function answerLeaving<C extends LeavableConnection>(
  c: Context<AppEnvironment>,
  connection: C,
  { services, logout, events }: Leaving<C>,
): Promise<Response> {
  const { baseUrl, clock, sealer } = services
  if (!isOwnNavigation(c.req.raw)) return c.redirect(SIGNED_OUT_HERE, 303)
  const claimed = { reference: c.req.query('session'), nonce: takeLeavingCookie(c) }
  const of: { readonly id: string; readonly protocol: C['protocol'] } = connection
  const session = await openLogoutReference(claimed, of, { now: clock(), sealer })
  const begun = session && (await unlessRefused(c, logout.begin({ connection, baseUrl, session }), events))
  if (!begun) return c.redirect(SIGNED_OUT_HERE, 303)
  writeLogoutCookie(c, { connection: connection.id, requestId: begun.requestId })
  const sentence = `You are on your way to ${connection.name}, where you are signed out too.`
  return depart(c, begun.departure, { title: 'Signing out', sentence, baseUrl })
}

/** Where a refusal does not keep anybody from going on: it is in the event log, and nowhere else. */
export async function unlessRefused<T>(
  c: Context<AppEnvironment>,
  work: Promise<T>,
  events: EventSink,
): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    for (const event of eventsOf(error, c.var)) events.emit(event)
    return undefined
  }
}
