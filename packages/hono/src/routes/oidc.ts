import {
  callbackUrl,
  type EventSink,
  type LoginServices,
  type OidcConnection,
  SsoError,
} from '@doorward/core'
import { type Context, Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import { type Arrival, readLoginCookie } from '../cookies.ts'
import { readForm } from '../form-body.ts'
import { navigationOnly } from '../middleware/navigation-only.ts'
import { answerBegin, answerComplete, arrivalOf, type LoginEnds } from './login.ts'
import { postAgain, SIGNING_IN, wasPostedAgain } from './posted-answer.ts'

/** `/api/auth/oidc/ID/`: the two ends of a login by OpenID Connect. */
export function oidcRoutes(services: LoginServices, events: EventSink): Hono<AppEnvironment> {
  const { selector } = services
  const ends: LoginEnds = { services, events }
  const connectionOf = (c: Context<AppEnvironment>): OidcConnection => {
    const connection = selector.byId('oidc', c.req.param('id') ?? '')
    c.set('connection', connection.id)
    return connection
  }

  return new Hono<AppEnvironment>({ strict: false })
    .get('/:id/login', navigationOnly, (c) => answerBegin(c, connectionOf(c), ends))
    .get('/:id/login/callback', (c) => answerNavigation(c, connectionOf(c), ends))
    .post('/:id/login/callback', navigationOnly, (c) => answerPost(c, connectionOf(c), ends))
}

/** Answers what came as an address. */
export async function answerNavigation(
  c: Context<AppEnvironment>,
  connection: OidcConnection,
  ends: LoginEnds,
): Promise<Response> {
  const unverifiedAnswer = new URL(c.req.url).searchParams
  const transactionId = onlyState(unverifiedAnswer)
  requireArrival('navigation', connection, unverifiedAnswer)
  return answerComplete(c, { connection, transactionId, unverifiedAnswer }, ends)
}

/** Answers what came in a form. */
export async function answerPost(
  c: Context<AppEnvironment>,
  connection: OidcConnection,
  ends: LoginEnds,
): Promise<Response> {
  const { baseUrl } = ends.services
  const form = await readForm(c)
  const unverifiedAnswer = answerIn(form)
  const transactionId = onlyState(unverifiedAnswer)
  requireArrival('post', connection, unverifiedAnswer)
  if (!wasPostedAgain(form) && readLoginCookie(c, transactionId) === undefined) {
    const action = new URL(callbackUrl(connection, baseUrl))
    return postAgain(c, { action, fields: Object.fromEntries(unverifiedAnswer), ...SIGNING_IN }, baseUrl)
  }
  return answerComplete(c, { connection, transactionId, unverifiedAnswer }, ends)
}

/** @throws SsoError `request_invalid` unless the answer has exactly one `state` */
export function onlyState(unverifiedAnswer: URLSearchParams): string {
  const [state, ...others] = unverifiedAnswer.getAll('state')
  if (state === undefined || others.length > 0) {
    throw new SsoError('request_invalid', 'the answer has no state, or several')
  }
  return state
}

/** What would sign somebody in. */
const CREDENTIALS = ['code', 'id_token']

/**
 * An answer comes as it was asked for. What would sign somebody in and comes in an address although a form was asked for has
 * been where it may be read, whatever stands beside it; an error alone comes as it likes, since some providers can send it in
 * one way alone.
 *
 * @throws SsoError `authorization_response_invalid`
 */
function requireArrival(
  arrival: Arrival,
  connection: OidcConnection,
  unverifiedAnswer: URLSearchParams,
): void {
  const expected = arrivalOf(connection)
  const isErrorAlone =
    unverifiedAnswer.has('error') && !CREDENTIALS.some((name) => unverifiedAnswer.has(name))
  if (arrival === expected || isErrorAlone) return
  throw new SsoError(
    'authorization_response_invalid',
    'the answer came in another way than it was asked for',
    {
      details: { expected: connection.responseMode, received: arrival === 'post' ? 'form_post' : 'query' },
    },
  )
}

/** What an answer may say: [OpenID Connect Core, section 3](https://openid.net/specs/openid-connect-core-1_0.html#Authentication), RFC 9207. */
const PARAMETERS = ['state', 'iss', 'code', 'id_token', 'error', 'error_description'] as const

/**
 * The parameters of a posted answer, without what providers send beside them.
 *
 * @throws SsoError `request_invalid` when one is there more than once: each is only put once on a page of ours
 */
function answerIn(form: URLSearchParams): URLSearchParams {
  const answer = new URLSearchParams()
  for (const name of PARAMETERS) {
    const [value, ...others] = form.getAll(name)
    if (others.length > 0) {
      throw new SsoError('request_invalid', 'a parameter of the answer is there more than once', {
        details: { parameter: name },
      })
    }
    if (value !== undefined) answer.set(name, value)
  }
  return answer
}
