import {
  beginLogin,
  completeLogin,
  type EventSink,
  type LoginServices,
  openHint,
  openLogin,
  parseReturnTo,
  SsoError,
} from '@doorward/core'
import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import {
  clearLoginCookie,
  readLoginCookie,
  readSessionCookie,
  writeLoginCookie,
  writeSessionCookie,
} from '../cookies.ts'
import { navigationOnly } from '../middleware/navigation-only.ts'
import { readPrompt } from '../prompt.ts'

/** `/api/auth/oidc/ID/`: the two ends of a login by OpenID Connect. */
export function oidcRoutes(services: LoginServices, events: EventSink): Hono<AppEnvironment> {
  const { baseUrl, selector, sealer, sessions, clock } = services
  const app = new Hono<AppEnvironment>({ strict: false })

  app.get('/:id/login', navigationOnly, async (c) => {
    const connection = selector.byId('oidc', c.req.param('id'))
    c.set('connection', connection.id)
    const returnTo = parseReturnTo(c.req.query('next'), baseUrl)
    c.set('returnTo', returnTo)
    const loginHint = c.req.query('login_hint') ?? (await openHint(c.req.query('hint'), clock(), sealer))
    const forceLogin = readPrompt(c.req.query('prompt')) === 'login'
    c.set('forceLogin', forceLogin)
    const login = await beginLogin(connection, { returnTo, loginHint, forceLogin }, services)
    writeLoginCookie(c, login.transaction, clock())
    events.emit({ type: 'login.begun', requestId: c.var.requestId, connection: connection.id })
    return c.redirect(login.url.href, 302)
  })

  app.get('/:id/login/callback', async (c) => {
    const connection = selector.byId('oidc', c.req.param('id'))
    c.set('connection', connection.id)
    const unverifiedAnswer = new URL(c.req.url).searchParams
    const transactionId = onlyState(unverifiedAnswer)
    const sealedTransaction = readLoginCookie(c, transactionId)
    clearLoginCookie(c, transactionId)
    const login = await openLogin({ connection, transactionId, sealedTransaction }, services)
    const { returnTo, forceLogin } = login.transaction
    c.set('returnTo', returnTo)
    c.set('forceLogin', forceLogin)
    const session = await completeLogin(login, unverifiedAnswer, services)
    // The browser has one session at a time: the one it had before is over, not just forgotten.
    const replaced = await sessions.end(readSessionCookie(c))
    const { requestId } = c.var
    if (replaced) {
      const { connection } = replaced.identity
      events.emit({ type: 'sessions.ended', requestId, by: 'login', connection, count: 1 })
    }
    writeSessionCookie(c, session, clock())
    events.emit({ type: 'login.completed', requestId, connection: connection.id })
    return c.redirect(returnTo, 303)
  })

  return app
}

/** @throws SsoError `request_invalid` unless the answer has exactly one `state` */
function onlyState(unverifiedAnswer: URLSearchParams): string {
  const [state, ...others] = unverifiedAnswer.getAll('state')
  if (state === undefined || others.length > 0) {
    throw new SsoError('request_invalid', 'the answer has no state, or several')
  }
  return state
}
