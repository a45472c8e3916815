import {
  beginLogin,
  completeLogin,
  type EventSink,
  type LoginServices,
  openHint,
  openLogin,
  parseReturnTo,
  type ServedConnection,
  type SessionKey,
  type SessionRecord,
} from '@doorward/core'
import type { Context } from 'hono'
import type { AppEnvironment } from '../context.ts'
import {
  type Arrival,
  clearLoginCookie,
  clearUnsolicitedCookie,
  readLoginCookie,
  readSessionCookie,
  writeLoginCookie,
  writeSessionCookie,
} from '../cookies.ts'
import { depart } from '../departure.ts'
import { readPrompt } from '../prompt.ts'

/** What the two ends of a login have in common, whatever its protocol. */
export interface LoginEnds {
  readonly services: LoginServices
  readonly events: EventSink
  /** Where the answer comes, if not at the connection's own address. */
  readonly answerUrl?: string | undefined
}

/** How the answer of an identity provider comes: as it was asked for. */
export function arrivalOf(connection: ServedConnection): Arrival {
  if (connection.protocol === 'social') return 'navigation'
  return connection.protocol === 'saml' || connection.responseMode === 'form_post' ? 'post' : 'navigation'
}

/** Answers a request that begins a login at `connection`. Reads `next`, `login_hint`, `hint` and `prompt`. */
export async function answerBegin(
  c: Context<AppEnvironment>,
  connection: ServedConnection,
  { services, events, answerUrl }: LoginEnds,
): Promise<Response> {
  const { baseUrl, sealer, sessions, clock } = services
  const arrival = arrivalOf(connection)
  c.set('connection', connection.id)
  const returnTo = parseReturnTo(c.req.query('next'), baseUrl)
  c.set('returnTo', returnTo)
  const loginHint = c.req.query('login_hint') ?? (await openHint(c.req.query('hint'), clock(), sealer))
  const forceLogin = readPrompt(c.req.query('prompt')) === 'login'
  c.set('forceLogin', forceLogin)
  // Where the session's cookie will come with the answer, it need not travel twice.
  const replaces = arrival === 'post' ? await sessions.keyOf(readSessionCookie(c)) : undefined
  const wishes = { returnTo, loginHint, forceLogin, replaces, answerUrl }
  const login = await beginLogin(connection, wishes, services)
  writeLoginCookie(c, login.transaction, { now: clock(), arrival })
  events.emit({ type: 'login.begun', requestId: c.var.requestId, connection: connection.id })
  const sentence = `You are on your way to ${connection.name}, where you sign in.`
  return depart(c, login.departure, { title: 'Signing in', sentence, baseUrl })
}

/** What an identity provider sent. */
export interface ArrivedAnswer {
  readonly connection: ServedConnection
  /** Which login it says that it belongs to. */
  readonly transactionId: string
  readonly unverifiedAnswer: URLSearchParams
}

/** Answers a request that brings an identity provider's answer. The login's cookie is gone then, whatever becomes of it. */
export async function answerComplete(
  c: Context<AppEnvironment>,
  { connection, transactionId, unverifiedAnswer }: ArrivedAnswer,
  { services, events }: LoginEnds,
): Promise<Response> {
  c.set('connection', connection.id)
  const sealedTransaction = readLoginCookie(c, transactionId)
  clearLoginCookie(c, transactionId, arrivalOf(connection))
  const login = await openLogin({ connection, transactionId, sealedTransaction }, services)
  const { returnTo, forceLogin, replaces } = login.transaction
  c.set('returnTo', returnTo)
  c.set('forceLogin', forceLogin)
  const { missing, ...session } = await completeLogin(login, unverifiedAnswer, services)
  const { requestId } = c.var
  const replaced = await endReplaced(c, replaces, services)
  if (replaced) {
    const { connection } = replaced.identity
    events.emit({ type: 'sessions.ended', requestId, by: 'login', connection, count: 1 })
  }
  writeSessionCookie(c, session, services.clock())
  clearUnsolicitedCookie(c)
  const details = missing && { details: missing }
  events.emit({ type: 'login.completed', requestId, connection: connection.id, ...details })
  return c.redirect(returnTo, 303)
}

/**
 * The browser has one session at a time: the one it had before is over, not just forgotten. Its cookie does not come
 * with what another site posts; then it is the one of which the login knows.
 */
async function endReplaced(
  c: Context,
  replaces: SessionKey | undefined,
  { sessions }: LoginServices,
): Promise<SessionRecord | undefined> {
  const token = readSessionCookie(c)
  if (token !== undefined) return sessions.end(token)
  return replaces && sessions.endOne(replaces)
}
