import {
  type EventSink,
  parseEmailAddress,
  SESSION_PAGE,
  type SessionGroup,
  type SessionKey,
  type SessionRecord,
  type Sessions,
  SsoError,
  type SsoEvent,
} from '@doorward/core'
import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import type { EndedSessions, OperatorSession, OperatorSessions } from '../contract.ts'
import { readJsonObject } from '../json-body.ts'
import { toSessionUser } from '../session-user.ts'

/** What the calls for operators need. */
interface OperatorServices {
  readonly sessions: Sessions
  /** The ids of the connections there are. */
  readonly connections: readonly string[]
}

/** The members of a body. */
type Members = Readonly<Record<string, string>>

/** What a person can be looked for by: exactly one of these. */
const WHO = ['user', 'email', 'connection'] as const

/**
 * `POST /api/auth/operator/sessions/list` and `.../end`: for operators, to see who is signed in and to end that. Who is
 * meant stands in the body, because URLs end in logs.
 */
export function operatorRoutes(
  { sessions, connections }: OperatorServices,
  events: EventSink,
): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>()
    .post('/sessions/list', async (c) => {
      const { after, ...who } = readMembers(await c.req.text(), [...WHO, 'after'])
      const group = readGroup(who, connections)
      const page = await sessions.list(group, after === undefined ? undefined : readCursor(after))
      return c.json({
        sessions: page.map(toOperatorSession),
        next: cursorOf(page),
      } satisfies OperatorSessions)
    })
    .post('/sessions/end', async (c) => {
      const { session, ...who } = readMembers(await c.req.text(), [...WHO, 'session'])
      const group = readGroup(who, connections)
      const count =
        session === undefined ? await sessions.endAll(group) : await endOne(group, session, sessions)
      events.emit(endedEvent(group, count, c.var.requestId))
      return c.json({ ended: count } satisfies EndedSessions)
    })
}

/** What is misspelt or empty must not be passed over: a call would end more than was meant. */
function readMembers(body: string, known: readonly string[]): Members {
  const members: Record<string, string> = {}
  for (const [name, value] of Object.entries(readJsonObject(body))) {
    if (!known.includes(name)) throw mistake(`the body may have ${known.join(', ')} and nothing else`)
    if (typeof value !== 'string' || value === '') throw mistake(`${name} is empty or not text`)
    members[name] = value
  }
  // JSON lets a name stand twice, and the last one would count. All values are texts, so texts can be counted.
  const texts = body.match(/"(?:[^"\\]|\\.)*"/g) ?? []
  if (texts.length !== 2 * Object.keys(members).length) throw mistake('the body names something twice')
  return members
}

/** Nothing that was asked for means nobody, never everybody. */
function readGroup(who: Members, connections: readonly string[]): SessionGroup {
  const { user, email, connection } = who as { [name in (typeof WHO)[number]]?: string }
  if (Object.keys(who).length !== 1) throw mistake(`name one of ${WHO.join(', ')}`)
  if (user !== undefined) {
    if (!isId(user)) throw mistake('user is not an id as a list of sessions gives it')
    return { by: 'user', userId: user }
  }
  if (email !== undefined) {
    const address = parseEmailAddress(email)
    if (!address) throw mistake('email is not an address')
    return { by: 'email', email: address.text }
  }
  if (connection === undefined || !connections.includes(connection)) {
    throw mistake('connection is none of the configuration; sessions of one that was removed are refused')
  }
  return { by: 'connection', connection }
}

async function endOne(group: SessionGroup, id: string, sessions: Sessions): Promise<number> {
  if (group.by !== 'user' || !isId(id)) throw mistake('one session is named by its user and its id')
  return (await sessions.endOne({ userId: group.userId, id })) ? 1 : 0
}

function endedEvent(group: SessionGroup, count: number, requestId: string): SsoEvent {
  const event = { type: 'sessions.ended', by: 'operator', count, requestId } as const
  if (group.by === 'connection') return { ...event, connection: group.connection }
  return group.by === 'user' ? { ...event, userId: group.userId } : event
}

/** The next page goes on after the last session of this one. */
function cursorOf(page: readonly SessionRecord[]): string | null {
  const last = page[SESSION_PAGE - 1]
  return last ? `${last.userId}.${last.id}` : null
}

function readCursor(text: string): SessionKey {
  const [userId = '', id = '', ...rest] = text.split('.')
  if (isId(userId) && isId(id) && rest.length === 0) return { userId, id }
  throw mistake('after is not what the page before gave as next')
}

/** 256 bits as base64url: what users and sessions are named by. */
function isId(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text)
}

function mistake(message: string): SsoError {
  return new SsoError('request_invalid', message)
}

function toOperatorSession(record: SessionRecord): OperatorSession {
  const iso = (time: number): string => new Date(time).toISOString()
  return {
    id: record.id,
    user: toSessionUser(record),
    created_at: iso(record.createdAt),
    used_at: iso(record.usedAt),
    idle_until: iso(Math.min(record.idleUntil, record.expiresAt)),
    expires_at: iso(record.expiresAt),
  }
}
