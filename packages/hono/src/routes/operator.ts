import {
  type EventSink,
  SESSION_PAGE,
  type SessionGroup,
  type SessionKey,
  type SessionRecord,
  type Sessions,
  SsoError,
} from '@doorward/core'
import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import type { EndedSessions, OperatorSession, OperatorSessions } from '../contract.ts'
import { toSessionUser } from '../session-user.ts'

/** `/api/auth/operator/sessions`: for operators, to see who is signed in and to end that. */
export function operatorRoutes(sessions: Sessions, events: EventSink): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>()
    .get('/sessions', async (c) => {
      const group = readGroup(c.req.query())
      const after = c.req.query('after')
      const page = await sessions.list(group, after === undefined ? undefined : readCursor(after))
      return c.json({
        sessions: page.map(toOperatorSession),
        next: cursorOf(page),
      } satisfies OperatorSessions)
    })
    .delete('/sessions', async (c) => {
      const query = c.req.query()
      const group = readGroup(query)
      const id = query['session']
      const ended = id === undefined ? await sessions.endAll(group) : await endOne(group, id, sessions)
      const connection = group.by === 'connection' ? { connection: group.connection } : {}
      const { requestId } = c.var
      events.emit({ type: 'sessions.ended', requestId, by: 'operator', ...connection, count: ended })
      return c.json({ ended } satisfies EndedSessions)
    })
}

/** Without a person's name in the way of a mistake: nothing that was asked for means nobody, never everybody. */
function readGroup(query: Record<string, string>): SessionGroup {
  const { user, email, connection } = query as { user?: string; email?: string; connection?: string }
  const named = [user, email, connection].filter((value) => value !== undefined && value !== '')
  if (named.length !== 1) {
    throw new SsoError('request_invalid', 'name one of user, email and connection')
  }
  if (connection) return { by: 'connection', connection }
  if (email) return { by: 'email', email }
  if (user && isId(user)) return { by: 'user', userId: user }
  throw new SsoError('request_invalid', 'user is not the id of a user as /api/auth/session gives it')
}

async function endOne(group: SessionGroup, id: string, sessions: Sessions): Promise<number> {
  if (group.by !== 'user' || !isId(id)) {
    throw new SsoError('request_invalid', 'one session is named by its user and its id')
  }
  return (await sessions.endOne({ userId: group.userId, id })) ? 1 : 0
}

/** The next page goes on after the last session of this one. */
function cursorOf(page: readonly SessionRecord[]): string | null {
  const last = page[SESSION_PAGE - 1]
  return last ? `${last.userId}.${last.id}` : null
}

function readCursor(text: string): SessionKey {
  const [userId = '', id = '', ...rest] = text.split('.')
  if (isId(userId) && isId(id) && rest.length === 0) return { userId, id }
  throw new SsoError('request_invalid', 'after is not what the page before gave as next')
}

/** 256 bits as base64url: what users and sessions are named by. */
function isId(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

function toOperatorSession(record: SessionRecord): OperatorSession {
  const iso = (time: number): string => new Date(time).toISOString()
  return {
    id: record.id,
    user: toSessionUser(record),
    created_at: iso(record.createdAt),
    used_at: iso(record.usedAt),
    idle_until: iso(record.idleUntil),
    expires_at: iso(record.expiresAt),
  }
}
