import { type EventSink, endPresent, type LoginServices, type OidcConnection, SsoError } from '@doorward/core'
import type { OidcSupport } from '@doorward/core/oidc'
import { type Context, Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import { clearLogoutCookie, readLogoutCookie } from '../cookies.ts'
import { endByProvider, forgetEnded } from '../ended-by-provider.ts'
import { eventsOf } from '../error-events.ts'
import { problem, refusalCodeOf } from '../errors.ts'
import { readForm } from '../form-body.ts'
import { SIGNED_OUT_EVERYWHERE, SIGNED_OUT_HERE } from '../signed-out.ts'
import { answerLeaving, concernLogout } from './leaving.ts'

/** What the routes have in common. */
interface Ends {
  readonly services: LoginServices
  readonly logout: OidcSupport['logout']
  readonly events: EventSink
}

/**
 * `/api/auth/oidc/ID/`: signing out by OpenID Connect. `logout` is where people leave who have signed out here, and at
 * `post-logout` they come back
 * ([RP-Initiated Logout](https://openid.net/specs/openid-connect-rpinitiated-1_0.html)). At `backchannel-logout` the provider
 * itself ends sessions ([Back-Channel Logout](https://openid.net/specs/openid-connect-backchannel-1_0.html)); what it shows of
 * `frontchannel-logout` in a frame ends one
 * ([Front-Channel Logout](https://openid.net/specs/openid-connect-frontchannel-1_0.html)).
 */
export function oidcLogoutRoutes(
  services: LoginServices,
  { logout }: Pick<OidcSupport, 'logout'>,
  events: EventSink,
): Hono<AppEnvironment> {
  const ends: Ends = { services, logout, events }
  const concern = (c: Context<AppEnvironment>) =>
    concernLogout(c, services.selector.byId('oidc', c.req.param('id') ?? ''))
  return new Hono<AppEnvironment>({ strict: false })
    .get('/:id/logout', (c) => answerLeaving(c, concern(c), ends))
    .get('/:id/post-logout', (c) => answerReturn(c, concern(c)))
    .post('/:id/backchannel-logout', (c) => answerToken(c, concern(c), ends))
    .get('/:id/frontchannel-logout', (c) => answerNotice(c, concern(c), ends))
}

/** Whether a path is for what providers call themselves: many people's messages come from one address there. */
export function isForProviders(path: string): boolean {
  return /^\/api\/auth\/oidc\/[^/]+\/backchannel-logout\/?$/.test(path)
}

/** The person is signed out here, whoever comes back and however. It only decides what they may rely on. */
function answerReturn(c: Context<AppEnvironment>, { id }: OidcConnection): Response {
  const pending = readLogoutCookie(c)
  const isOurs = pending?.connection === id && pending.requestId === (c.req.query('state') ?? '')
  if (isOurs) clearLogoutCookie(c)
  return c.redirect(isOurs ? SIGNED_OUT_EVERYWHERE : SIGNED_OUT_HERE, 303)
}

/**
 * Ends what a logout token says. Nothing else than 200 and 400 is foreseen, not for a fault of ours either
 * ([section 2.8](https://openid.net/specs/openid-connect-backchannel-1_0.html#BCResponse)); the event log tells them apart.
 */
async function answerToken(
  c: Context<AppEnvironment>,
  connection: OidcConnection,
  { services, logout, events }: Ends,
): Promise<Response> {
  const { baseUrl, clock } = services
  try {
    const unverifiedToken = onlyToken(await readForm(c))
    const ending = await logout.readToken({ connection, baseUrl, unverifiedToken, now: clock() })
    await endByProvider(c, ending, { connection, services, events, isFromBrowser: false })
    return c.body(null, 200)
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    for (const event of eventsOf(error, c.var)) events.emit(event)
    const description = `nobody was signed out, or not everybody; the log says why, under ${c.var.requestId}`
    return c.json({ error: 'invalid_request', error_description: description }, 400)
  }
}

/**
 * Ends the session that a page of the provider names. Browsers send no cookie of ours there, so that its name is all that counts;
 * nobody but the provider and the person knows it. Nobody reads the answer, so nobody is sent to a page that explains.
 */
async function answerNotice(
  c: Context<AppEnvironment>,
  connection: OidcConnection,
  { services, logout, events }: Ends,
): Promise<Response> {
  const { baseUrl, sessions } = services
  const { requestId } = c.var
  try {
    const unverifiedQuery = new URL(c.req.url).searchParams
    const { group, framedBy } = await logout.readNotice({ connection, baseUrl, unverifiedQuery })
    const count = await endPresent(group, sessions)
    events.emit({ type: 'sessions.ended', requestId, by: 'provider', connection: connection.id, count })
    await forgetEnded(c, sessions)
    c.set('framedBy', framedBy)
    return c.html('<!doctype html>\n<html lang="en">\n<title>Signed out</title>\n</html>\n')
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    for (const event of eventsOf(error, c.var)) events.emit(event)
    return problem(c, refusalCodeOf(error, c.var))
  }
}

/** @throws SsoError `logout_token_invalid` unless there is exactly one */
function onlyToken(form: URLSearchParams): string {
  const [token, ...others] = form.getAll('logout_token')
  if (token !== undefined && others.length === 0) return token
  throw new SsoError('logout_token_invalid', 'there is no logout token, or there are several')
}
