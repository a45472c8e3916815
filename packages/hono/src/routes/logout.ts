import { type BaseUrl, type EventSink, type Sessions, SsoError } from '@doorward/core'
import { type Context, Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import type { LogoutAnswer, LogoutRequest } from '../contract.ts'
import { clearSessionCookie, readSessionCookie } from '../cookies.ts'
import { problem } from '../errors.ts'
import { readJsonObject } from '../json-body.ts'
import { sameOrigin } from '../middleware/same-origin.ts'
import { isOwnNavigation } from '../navigation.ts'

/** What signing out needs. */
interface LogoutServices {
  readonly baseUrl: BaseUrl
  readonly sessions: Sessions
}

/** Where a sign-out leads: to the form, which lets nobody in again unasked. */
const SIGNED_OUT = '/login?prompt=login'

/** Where a person is asked whether they mean it. */
const ASK = '/login?sign_out=1'

/**
 * `/api/auth/logout`: ends the session. `POST` is for our own pages. `GET` is a link: from a page of ours it signs out,
 * from anywhere else it only leads to the page that asks, so that nobody is signed out by another site.
 */
export function logoutRoute(services: LogoutServices, events: EventSink): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>()
    .get('/', async (c) => {
      if (!isOwnNavigation(c.req.raw)) return c.redirect(ASK, 303)
      await signOut(c, services, events)
      return c.redirect(SIGNED_OUT, 303)
    })
    .post('/', sameOrigin(services.baseUrl), async (c) => {
      const { everywhere } = readRequest(await c.req.text())
      if (!everywhere) await signOut(c, services, events)
      else if (!(await signOutEverywhere(c, services, events))) return problem(c, 'not_signed_in')
      return c.json({ url: SIGNED_OUT } satisfies LogoutAnswer)
    })
}

async function signOut(
  c: Context<AppEnvironment>,
  { sessions }: LogoutServices,
  events: EventSink,
): Promise<void> {
  const ended = await sessions.end(readSessionCookie(c))
  clearSessionCookie(c)
  if (!ended) return
  const { connection } = ended.identity
  events.emit({ type: 'sessions.ended', requestId: c.var.requestId, by: 'person', connection, count: 1 })
}

/** @returns false when nobody is signed in here: whose sessions are meant is not known, and none was ended */
async function signOutEverywhere(
  c: Context<AppEnvironment>,
  { sessions }: LogoutServices,
  events: EventSink,
): Promise<boolean> {
  const found = await sessions.find(readSessionCookie(c), { fresh: true })
  const count = found ? await sessions.endAll({ by: 'user', userId: found.record.userId }) : 0
  clearSessionCookie(c)
  if (!found) return false
  const { connection } = found.record.identity
  events.emit({ type: 'sessions.ended', requestId: c.var.requestId, by: 'person', connection, count })
  return true
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
