import {
  type EventSink,
  type LoginServices,
  type LogoutProtocol,
  type LogoutRequest,
  type SamlConnection,
  SsoError,
  samlLogoutUrl,
} from '@doorward/core'
import { type Context, Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import { clearLogoutCookie, readLogoutCookie } from '../cookies.ts'
import { depart } from '../departure.ts'
import { endByProvider } from '../ended-by-provider.ts'
import { eventsOf } from '../error-events.ts'
import { publicErrorCodeOf } from '../errors.ts'
import { readForm } from '../form-body.ts'
import { tellsOfSession } from '../navigation.ts'
import type { SamlSupport } from '../protocol-services.ts'
import { SIGNED_OUT, SIGNED_OUT_EVERYWHERE, SIGNED_OUT_HERE } from '../signed-out.ts'
import { answerLeaving, concernLogout, unlessRefused } from './leaving.ts'
import { postAgain, requireBase64, wasPostedAgain } from './posted-answer.ts'

type Unverified = Parameters<LogoutProtocol<SamlConnection>['read']>[0]['unverified']

/** What the routes have in common. */
interface Ends {
  readonly services: LoginServices
  readonly logout: SamlSupport['logout']
  readonly events: EventSink
}

/**
 * `/api/auth/saml/ID/`: single logout
 * ([SAML Profiles, section 4.4](https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf)). `logout` is where
 * people leave who have signed out here; at `sls` identity providers end sessions, and answer. What comes there is signed,
 * or counts for nothing; so it may come from anywhere, in a frame too, as identity providers with many applications do it.
 */
export function samlLogoutRoutes(
  services: LoginServices,
  { logout }: Pick<SamlSupport, 'logout'>,
  events: EventSink,
): Hono<AppEnvironment> {
  const ends: Ends = { services, logout, events }
  return new Hono<AppEnvironment>({ strict: false })
    .get('/:id/logout', (c) => answerLeaving(c, concern(c, services), ends))
    .get('/:id/sls', (c) =>
      answerMessage(c, concern(c, services), {
        ...ends,
        unverified: { binding: 'redirect', query: queryOf(c) },
      }),
    )
    .post('/:id/sls', async (c) => {
      const connection = concern(c, services)
      const form = await readForm(c)
      const again = isToComeAgain(c, form) && requestIn(form)
      if (again) {
        const action = new URL(samlLogoutUrl(connection, services.baseUrl))
        const said = { title: 'Signing out', sentence: 'You are about to be signed out.' }
        return postAgain(c, { action, fields: again, leadsAway: true, ...said }, services.baseUrl)
      }
      return answerMessage(c, connection, { ...ends, unverified: { binding: 'post', form } })
    })
}

/**
 * Whether a form has left the session's cookie at home that it would bring if a page of ours posted it. In a frame no page
 * of ours is shown.
 */
function isToComeAgain(c: Context, form: URLSearchParams): boolean {
  const isShown = c.req.header('sec-fetch-dest') === 'document'
  return isShown && !tellsOfSession(c.req.raw) && !wasPostedAgain(form)
}

/** What a request has in it that is needed; undefined where it is none, or not one. */
function requestIn(form: URLSearchParams): Readonly<Record<string, string>> | undefined {
  const [message, ...others] = form.getAll('SAMLRequest')
  const [relayState, ...otherStates] = form.getAll('RelayState')
  if (!message || others.length > 0 || otherStates.length > 0 || form.has('SAMLResponse')) return undefined
  return { SAMLRequest: requireBase64(message), ...(relayState !== undefined && { RelayState: relayState }) }
}

/** @returns the connection that the address names, which is what the request is about from then on */
function concern(c: Context<AppEnvironment>, { selector }: LoginServices): SamlConnection {
  return concernLogout(c, selector.byId('saml', c.req.param('id') ?? ''))
}

/** As it came: a signature is over these very characters. */
function queryOf(c: Context): string {
  const { url } = c.req
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start + 1)
}

/** Does what an identity provider says, or takes note of its answer. */
async function answerMessage(
  c: Context<AppEnvironment>,
  connection: SamlConnection,
  { services, logout, events, unverified }: Ends & { readonly unverified: Unverified },
): Promise<Response> {
  const { baseUrl, clock } = services
  const reading = logout.read({ connection, baseUrl, unverified, now: clock() })
  if (!isAwaited(c, connection, unverified)) {
    const message = await reading
    if (message.kind === 'request') return obey(c, message, { connection, services, events })
    throw new SsoError('saml_logout_invalid', 'the answer is to no logout that this browser began')
  }
  // The person is signed out here, whatever the answer is worth. It only says what they may rely on.
  const message = await unlessRefused(c, reading, events)
  const isOurs = message?.kind === 'response' && message.inResponseTo === readLogoutCookie(c)?.requestId
  // Anybody can bring something else here; the answer is awaited on then.
  if (isOurs) clearLogoutCookie(c)
  return c.redirect(isOurs && message.isComplete ? SIGNED_OUT_EVERYWHERE : SIGNED_OUT_HERE, 303)
}

/** Whether this browser waits for an answer of this identity provider, and this calls itself one. */
function isAwaited(c: Context, connection: SamlConnection, unverified: Unverified): boolean {
  const form = unverified.binding === 'post' ? unverified.form : new URLSearchParams(unverified.query)
  return readLogoutCookie(c)?.connection === connection.id && form.has('SAMLResponse')
}

/** What obeying a request takes. */
type Obeying = Omit<Ends, 'logout'> & { readonly connection: SamlConnection }

/** Ends sessions for an identity provider, and sends the browser back to it: with a fault of ours too, for others wait there. */
async function obey(c: Context<AppEnvironment>, request: LogoutRequest, obeying: Obeying): Promise<Response> {
  const { connection, services, events } = obeying
  const ended = await endSessions(c, request, obeying)
  const fault = ended instanceof SsoError ? ended : undefined
  const outcome = ended instanceof SsoError ? 'failed' : ended
  const departure = await unlessRefused(c, request.answer(outcome), events)
  if (fault && !departure) throw fault
  if (!departure) return c.redirect(SIGNED_OUT, 303)
  for (const event of fault ? eventsOf(fault, c.var) : []) events.emit(event)
  const what = outcome === 'ended' ? 'You are signed out here' : 'You may still be signed in here'
  const sentence = `${what}, and on your way back to ${connection.name}.`
  return depart(c, departure, { title: 'Signing out', sentence, baseUrl: services.baseUrl })
}

/** @returns what became of it, or why some sessions may not have ended where that is a fault of ours. @throws SsoError for any other reason */
async function endSessions(
  c: Context<AppEnvironment>,
  request: LogoutRequest,
  { connection, services, events }: Obeying,
): Promise<'ended' | 'partial' | SsoError> {
  try {
    return await endByProvider(c, request, { connection, services, events, isFromBrowser: true })
  } catch (error) {
    if (error instanceof SsoError && publicErrorCodeOf(error) === 'server_error') return error
    throw error
  }
}
