import { issuerKey, type LoginServices, parseReturnTo, SsoError, shown } from '@doorward/core'
import { type Context, Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'
import { readForm } from '../form-body.ts'
import { navigationOnly } from '../middleware/navigation-only.ts'
import { startUrls } from './start-url.ts'

/**
 * `/api/auth/oidc/ID/initiate-login/`: a provider's portal sends somebody here
 * ([OpenID Connect Core, section 4](https://openid.net/specs/openid-connect-core-1_0.html#ThirdPartyInitiatedLogin)). Anybody
 * else can as well, so that nothing comes of it but what comes of a link to the login itself, where the person is sent.
 */
export function initiateLoginRoute(services: LoginServices): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>({ strict: false })
    .get('/:id/initiate-login', navigationOnly, (c) => answer(c, new URL(c.req.url).searchParams, services))
    .post('/:id/initiate-login', navigationOnly, async (c) => answer(c, await readForm(c), services))
}

async function answer(
  c: Context<AppEnvironment>,
  parameters: URLSearchParams,
  services: LoginServices,
): Promise<Response> {
  const { selector, baseUrl } = services
  const connection = selector.byId('oidc', c.req.param('id') ?? '')
  c.set('connection', connection.id)
  const issuer = onlyValue(parameters, 'iss')
  if (issuer === undefined) throw new SsoError('request_invalid', 'the issuer is missing')
  if (connection.issuer === undefined || issuerKey(issuer) !== connection.issuer) {
    const details = { expected: connection.issuer ?? '', received: shown(issuer) }
    throw new SsoError('connection_not_found', 'the issuer is not that of the connection', { details })
  }
  const returnTo = parseReturnTo(onlyValue(parameters, 'target_link_uri'), baseUrl)
  const urlOf = await startUrls({ returnTo, loginHint: onlyValue(parameters, 'login_hint') }, services)
  // A see-other, so that what was posted is not posted on.
  return c.redirect(urlOf(connection), 303)
}

/** @throws SsoError `request_invalid` when the parameter is there more than once */
function onlyValue(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = parameters.getAll(name)
  if (others.length === 0) return value || undefined
  throw new SsoError('request_invalid', 'a parameter is there more than once', {
    details: { parameter: name },
  })
}
