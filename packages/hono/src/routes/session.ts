import {
  type Clock,
  type EventSink,
  endSession,
  findSession,
  type SessionRecord,
  type SessionServices,
} from '@doorward/core'
import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import type { LogoutAnswer, SessionAnswer } from '../contract.ts'
import { clearSessionCookie, readSessionCookie } from '../cookies.ts'
import { problem } from '../errors.ts'

/** What the session routes need. */
export interface SessionRouteServices extends SessionServices {
  readonly clock: Clock
}

/** `GET /api/auth/session`: who is signed in. */
export function sessionRoute(services: SessionRouteServices): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>().get('/', async (c) => {
    const record = await findSession(readSessionCookie(c), services.clock(), services)
    return record ? c.json(toAnswer(record)) : problem(c, 'not_signed_in')
  })
}

/** `POST /api/auth/logout`: ends the session. For our own pages only. */
export function logoutRoute(services: SessionRouteServices, events: EventSink): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>().post('/', async (c) => {
    const ended = await endSession(readSessionCookie(c), services.clock(), services)
    clearSessionCookie(c)
    if (ended) {
      events.emit({
        type: 'session.ended',
        requestId: c.var.requestId,
        connection: ended.identity.connection,
      })
    }
    return c.json({ url: '/login?prompt=login' } satisfies LogoutAnswer)
  })
}

function toAnswer({ userId, identity, expiresAt }: SessionRecord): SessionAnswer {
  return {
    user: {
      id: userId,
      idp: identity.connection,
      protocol: identity.protocol,
      email: identity.email ?? null,
      email_verified: identity.emailVerified,
      username: identity.username ?? null,
      name: identity.name ?? null,
      first_name: identity.givenName ?? null,
      last_name: identity.familyName ?? null,
      picture: identity.picture ?? null,
      groups: identity.groups,
      roles: [],
    },
    expires_at: new Date(expiresAt).toISOString(),
  }
}
