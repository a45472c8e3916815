import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import type { SessionAnswer } from '../contract.ts'
import { type CurrentSessionServices, currentSession } from '../current-session.ts'
import { problem } from '../errors.ts'
import { toSessionUser } from '../session-user.ts'

/** `GET /api/auth/session`: who is signed in, as the record says at this moment. */
export function sessionRoute(services: CurrentSessionServices): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>().get('/', async (c) => {
    const record = await currentSession(c, services, { fresh: true })
    if (!record) return problem(c, 'not_signed_in')
    const expires_at = new Date(record.expiresAt).toISOString()
    return c.json({ user: toSessionUser(record), expires_at } satisfies SessionAnswer)
  })
}
