import {
  type EventSink,
  type LeavableConnection,
  type LoginServices,
  logoutUrl,
  type SessionRecord,
  SsoError,
  sealLogoutReference,
} from '@doorward/core'
import { type Context, Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import type { LogoutAnswer, LogoutRequest } from '../contract.ts'
import { clearSessionCookie, readSessionCookie, writeLeavingCookie } from '../cookies.ts'
import { problem } from '../errors.ts'
import { readJsonObject } from '../json-body.ts'
import { sameOrigin } from '../middleware/same-origin.ts'
import { isOwnNavigation } from '../navigation.ts'
import { ASK, SIGNED_OUT, SIGNED_OUT_HERE } from '../signed-out.ts'
import { leaveSocial } from '../social-logout.ts'

/** What signing out needs. */
type LogoutServices = Pick<LoginServices, 'baseUrl' | 'sessions' | 'selector' | 'sealer' | 'clock'>

/**
 * `/api/auth/logout`: ends the session, at once, and where the connection wants that leads on to the identity provider. `POST` is for our own pages. `GET` is a link: from a page of ours it signs out,
 * from anywhere else it only leads to the page that asks, so that nobody is signed out by another site.
 */
export function logoutRoute(services: LogoutServices, events: EventSink): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>()
    .get('/', async (c) => {
      if (!isOwnNavigation(c.req.raw)) return c.redirect(ASK, 303)
      const ended = await signOut(c, services, events)
      return c.redirect(await followingUrl(c, ended, services), 303)
    })
    .post('/', sameOrigin(services.baseUrl), async (c) => {
      const { everywhere } = readRequest(await c.req.text())
      const ended = await (everywhere ? signOutEverywhere : signOut)(c, services, events)
      if (everywhere && !ended) return problem(c, 'not_signed_in')
      return c.json({ url: await followingUrl(c, ended, services) } satisfies LogoutAnswer)
    })
}

/** @returns the session that was ended, if there was one */
async function signOut(
  c: Context<AppEnvironment>,
  { sessions }: LogoutServices,
  events: EventSink,
): Promise<SessionRecord | undefined> {
  const ended = await sessions.end(readSessionCookie(c))
  clearSessionCookie(c)
  if (!ended) return undefined
  const { connection } = ended.identity
  events.emit({ type: 'sessions.ended', requestId: c.var.requestId, by: 'person', connection, count: 1 })
  return ended
}

/** @returns the session in this browser; undefined when nobody is signed in here: whose sessions are meant is not known, and none was ended */
async function signOutEverywhere(
  c: Context<AppEnvironment>,
  { sessions }: LogoutServices,
  events: EventSink,
): Promise<SessionRecord | undefined> {
  const found = await sessions.find(readSessionCookie(c), { fresh: true })
  const count = found ? await sessions.endAll({ by: 'user', userId: found.record.userId }) : 0
  clearSessionCookie(c)
  if (!found) return undefined
  const { connection } = found.record.identity
  events.emit({ type: 'sessions.ended', requestId: c.var.requestId, by: 'person', connection, count })
  return found.record
}

/**
 * Where a sign-out leads: to the identity provider, where that is wanted, or to the page.
 * What the identity provider calls the session travels sealed, for this browser alone: the record is gone by then.
 */
async function followingUrl(
  c: Context<AppEnvironment>,
  ended: SessionRecord | undefined,
  services: LogoutServices,
): Promise<string> {
  const social = ended && leaveSocial(c, ended, services)
  if (social !== undefined) return social
  const connection = ended && connectionOf(ended, services)
  if (!ended || !connection?.logsOutAtProvider) return SIGNED_OUT
  const { sealer, clock, baseUrl } = services
  const sealed = await sealLogoutReference(ended, { now: clock(), sealer })
  if (!sealed) return SIGNED_OUT_HERE
  writeLeavingCookie(c, sealed.nonce)
  const { pathname } = logoutUrl(connection, baseUrl)
  return `${pathname}?${new URLSearchParams({ session: sealed.reference })}`
}

/** @returns undefined when there is no such connection any more, or its protocol knows no logout */
function connectionOf(
  { identity: { protocol, connection: id } }: SessionRecord,
  { selector }: LogoutServices,
): LeavableConnection | undefined {
  if (protocol === 'social') return undefined
  try {
    return selector.byId(protocol, id)
  } catch (error) {
    if (error instanceof SsoError && error.code === 'connection_not_found') return undefined
    throw error
  }
}

/** @throws SsoError `request_invalid` when the body is neither empty nor a {@link LogoutRequest} and nothing else */
function readRequest(body: string): LogoutRequest {
  if (body === '') return {}
  const { everywhere = false, ...others } = readJsonObject(body)
  if (typeof everywhere !== 'boolean' || Object.keys(others).length > 0) {
    throw new SsoError('request_invalid', 'the body may say everywhere, true or false, and nothing else')
  }
  return { everywhere }
}
