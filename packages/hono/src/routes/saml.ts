import {
  callbackUrl,
  DEFAULT_RETURN_TO,
  type EventSink,
  isTransactionId,
  type LoginServices,
  loginUrl,
  parseReturnTo,
  type ReturnTo,
  type SamlConnection,
  SsoError,
} from '@doorward/core'
import { type Context, Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import { readLoginCookie, readUnsolicitedCookie, writeUnsolicitedCookie } from '../cookies.ts'
import { problem } from '../errors.ts'
import { readForm } from '../form-body.ts'
import { navigationOnly } from '../middleware/navigation-only.ts'
import type { SamlSupport } from '../protocol-services.ts'
import { answerBegin, answerComplete, type LoginEnds } from './login.ts'
import { postAgain, requireBase64, SIGNING_IN, wasPostedAgain } from './posted-answer.ts'

/** A parameter of our own: an answer came unasked just now, and the browser was given a cookie that says so. */
const WAS_UNSOLICITED = 'unsolicited'

/**
 * `/api/auth/saml/ID/`: the two ends of a login by SAML
 * ([SAML Profiles, section 4.1](https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf)), and our metadata.
 */
export function samlRoutes(
  services: LoginServices,
  { metadata }: Pick<SamlSupport, 'metadata'>,
  events: EventSink,
): Hono<AppEnvironment> {
  const { baseUrl, selector } = services
  const ends: LoginEnds = { services, events }
  const app = new Hono<AppEnvironment>({ strict: false })

  app.get('/:id/login', navigationOnly, (c) => {
    const connection = selector.byId('saml', c.req.param('id'))
    c.set('connection', connection.id)
    if (c.req.query(WAS_UNSOLICITED) !== undefined) requireCookies(c)
    return answerBegin(c, connection, ends)
  })

  app.post('/:id/acs', navigationOnly, async (c) => {
    const connection = selector.byId('saml', c.req.param('id'))
    c.set('connection', connection.id)
    const form = await readForm(c)
    const { samlResponse, relayState } = readAnswer(form)
    if (relayState === undefined || !isTransactionId(relayState)) {
      const refusal = new SsoError('saml_unsolicited', 'the answer names no login of ours')
      return answerUnsolicited(
        c,
        { connection, returnTo: returnToOf(relayState, services), refusal },
        services,
      )
    }
    if (!wasPostedAgain(form) && readLoginCookie(c, relayState) === undefined) {
      const action = new URL(callbackUrl(connection, baseUrl))
      const fields = { SAMLResponse: requireBase64(samlResponse), RelayState: relayState }
      return postAgain(c, { action, fields, ...SIGNING_IN }, baseUrl)
    }
    const unverifiedAnswer = new URLSearchParams({ SAMLResponse: samlResponse, RelayState: relayState })
    try {
      return await answerComplete(c, { connection, transactionId: relayState, unverifiedAnswer }, ends)
    } catch (refusal) {
      if (!(refusal instanceof SsoError && refusal.code === 'saml_unsolicited')) throw refusal
      const returnTo = c.var.returnTo ?? DEFAULT_RETURN_TO
      return answerUnsolicited(c, { connection, returnTo, refusal }, services)
    }
  })

  app.all('/:id/acs', (c) => {
    c.header('allow', 'POST')
    return problem(
      c,
      'method_not_allowed',
      'This is where an identity provider posts its answer to (HTTP-POST binding). A login begins elsewhere.',
    )
  })

  app.get('/:id/metadata', (c) => {
    const connection = selector.byId('saml', c.req.param('id'))
    return c.body(metadata(connection), 200, { 'content-type': 'application/samlmetadata+xml' })
  })

  return app
}

/** What is in the form that a browser brings from an identity provider, or from our own page. */
interface PostedAnswer {
  readonly samlResponse: string
  readonly relayState: string | undefined
}

/** @throws SsoError `saml_response_missing` or `request_invalid` when it is not clear which answer is meant, to what */
function readAnswer(form: URLSearchParams): PostedAnswer {
  const [samlResponse, ...otherResponses] = form.getAll('SAMLResponse')
  if (!samlResponse || otherResponses.length > 0) {
    throw new SsoError('saml_response_missing', 'there is no SAMLResponse in the form, or several')
  }
  const [relayState, ...otherStates] = form.getAll('RelayState')
  if (otherStates.length > 0)
    throw new SsoError('request_invalid', 'there are several RelayStates in the form')
  return { samlResponse, relayState }
}

/** Where a portal wants to send a person: identity providers put that into RelayState. What is none leads to the start. */
function returnToOf(relayState: string | undefined, { baseUrl }: LoginServices): ReturnTo {
  try {
    return parseReturnTo(relayState, baseUrl)
  } catch {
    return DEFAULT_RETURN_TO
  }
}

/** An answer that nobody asked for. */
interface UnsolicitedAnswer {
  readonly connection: SamlConnection
  readonly returnTo: ReturnTo
  /** What is said where it is not wanted. */
  readonly refusal: SsoError
}

/**
 * Answers what an identity provider sent of its own accord, when somebody began at its portal. Whose answer it is, nobody can
 * tell: it may be somebody else's, brought here to sign this person in as them. So nothing in it is looked at; where the
 * connection takes such answers, the person is sent to ask for one, once.
 *
 * @throws SsoError the refusal, where it takes none, or when it was asked just now and answered unasked again
 */
function answerUnsolicited(
  c: Context<AppEnvironment>,
  { connection, returnTo, refusal }: UnsolicitedAnswer,
  { baseUrl }: LoginServices,
): Response {
  c.set('returnTo', returnTo)
  const { acceptsIdpInitiated } = connection
  if (!acceptsIdpInitiated || readUnsolicitedCookie(c) === connection.id) {
    // By the name of the setting that decides about it.
    const details = { ...refusal.details, idp_initiated: acceptsIdpInitiated }
    throw new SsoError('saml_unsolicited', refusal.message, { details })
  }
  writeUnsolicitedCookie(c, connection.id)
  const url = loginUrl(connection, baseUrl)
  url.searchParams.set(WAS_UNSOLICITED, '1')
  if (returnTo !== DEFAULT_RETURN_TO) url.searchParams.set('next', returnTo)
  return c.redirect(url.href, 303)
}

/**
 * A browser that keeps no cookies could complete no login, and would be sent to and fro for ever.
 *
 * @throws SsoError `transaction_missing`
 */
function requireCookies(c: Context<AppEnvironment>): void {
  if (readUnsolicitedCookie(c) === undefined) {
    throw new SsoError(
      'transaction_missing',
      'this browser did not keep the cookie that it was given just now',
    )
  }
}
