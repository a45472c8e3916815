import { type EventSink, type LoginServices, SsoError } from '@doorward/core'
import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import { navigationOnly } from '../middleware/navigation-only.ts'
import { answerBegin, answerComplete, type LoginEnds } from './login.ts'

/** `/api/auth/oidc/ID/`: the two ends of a login by OpenID Connect. */
export function oidcRoutes(services: LoginServices, events: EventSink): Hono<AppEnvironment> {
  const { selector } = services
  const ends: LoginEnds = { services, events, arrival: 'navigation' }
  return new Hono<AppEnvironment>({ strict: false })
    .get('/:id/login', navigationOnly, (c) => answerBegin(c, selector.byId('oidc', c.req.param('id')), ends))
    .get('/:id/login/callback', (c) => {
      const connection = selector.byId('oidc', c.req.param('id'))
      c.set('connection', connection.id)
      const unverifiedAnswer = new URL(c.req.url).searchParams
      const transactionId = onlyState(unverifiedAnswer)
      return answerComplete(c, { connection, transactionId, unverifiedAnswer }, ends)
    })
}

/** @throws SsoError `request_invalid` unless the answer has exactly one `state` */
function onlyState(unverifiedAnswer: URLSearchParams): string {
  const [state, ...others] = unverifiedAnswer.getAll('state')
  if (state === undefined || others.length > 0) {
    throw new SsoError('request_invalid', 'the answer has no state, or several')
  }
  return state
}
