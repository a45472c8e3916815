import {
  type Clock,
  type Configuration,
  createSealer,
  createSelector,
  createSessions,
  type DocumentCache,
  type EventSink,
  type Fetch,
  type Ledger,
  type Limiter,
  type LoginServices,
  type Secret,
  type SessionStore,
  type SigningKeys,
  SsoError,
  sealDocuments,
} from '@doorward/core'
import { createOidcSupport } from '@doorward/core/oidc'
import { createSocialProtocol } from '@doorward/core/social'
import { Hono } from 'hono'
import type { AppEnvironment } from './context.ts'
import { eventsOf } from './error-events.ts'
import { problem, refusalCodeOf, refuse } from './errors.ts'
import { bodyLimits } from './middleware/body-limit.ts'
import { operatorOnly } from './middleware/operator-only.ts'
import { rateLimit } from './middleware/rate-limit.ts'
import { requestId } from './middleware/request-id.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import type { ProtocolServices, SamlSupport } from './protocol-services.ts'
import { aliasRoutes } from './routes/aliases.ts'
import { initiateLoginRoute } from './routes/initiate-login.ts'
import { keysRoute } from './routes/keys.ts'
import { loginUrlRoute, selectIdpRoute } from './routes/login-url.ts'
import { logoutRoute } from './routes/logout.ts'
import { methodsRoute } from './routes/methods.ts'
import { oidcRoutes } from './routes/oidc.ts'
import { isForProviders, oidcLogoutRoutes } from './routes/oidc-logout.ts'
import { operatorRoutes } from './routes/operator.ts'
import { samlRoutes } from './routes/saml.ts'
import { samlLogoutRoutes } from './routes/saml-logout.ts'
import { sessionRoute } from './routes/session.ts'
import { socialRoutes } from './routes/social.ts'
import { offeringOnly } from './served.ts'

/** What a host gives to Doorward. */
export interface DoorwardOptions {
  readonly configuration: Configuration
  /** At least one: the first seals, all of them open. */
  readonly secrets: readonly Secret[]
  readonly ledger: Ledger
  readonly sessions: SessionStore
  readonly documents: DocumentCache
  /** The keys for what others verify; without them nothing is signed for others. */
  readonly signingKeys?: SigningKeys | undefined
  /**
   * Makes logins by SAML possible; without it nobody is sent to a connection that needs it. Is called at once, where a
   * Worker may neither wait nor do cryptography.
   *
   * @example
   * ```ts
   * saml: (services) => createServiceProvider({ ...services, baseUrl, description, keys })
   * ```
   */
  readonly saml?: ((services: ProtocolServices) => SamlSupport) | undefined
  /** What operators must bring, each at least 32 random characters; without one there are no calls for operators. */
  readonly operatorTokens?: readonly Secret[] | undefined
  readonly limiter: Limiter
  readonly events: EventSink
  readonly fetch: Fetch
  readonly clock: Clock
  /** Who is asking, for rate limits: the client's address as the host knows it, never a header that anybody can set. */
  readonly clientAddress: (request: Request) => string
}

/**
 * Doorward's HTTP contract as one Hono app: pass its `fetch` requests, or mount it.
 *
 * @throws TypeError when there is no secret, or one is too short
 */
export function doorward(options: DoorwardOptions): Hono<AppEnvironment> {
  const { events, fetch, clock } = options
  const sealer = createSealer(options.secrets)
  const protocolServices = { fetch, clock, events, documents: sealDocuments(options.documents, sealer) }
  const saml = options.saml?.(protocolServices)
  const oidc = createOidcSupport(protocolServices)
  const social = createSocialProtocol({ fetch, oidc: oidc.protocol })
  const protocols = { oidc: oidc.protocol, saml: saml?.protocol, social }
  const configuration = offeringOnly(protocols, options.configuration)
  const { baseUrl } = configuration
  const connections = configuration.connections.map(({ summary }) => summary)
  const offered = connections.filter(({ isOffered }) => isOffered).map(({ id }) => id)
  const services: LoginServices = {
    baseUrl,
    sealer,
    clock,
    selector: createSelector(configuration),
    protocols,
    ledger: options.ledger,
    // A session ends with the connection that it came by.
    sessions: createSessions({ store: options.sessions, sealer, clock, connections: offered }),
  }
  const limit = rateLimit(configuration.rateLimits ? options.limiter : undefined, options.clientAddress)
  const app = new Hono<AppEnvironment>({ strict: false })

  app.use(requestId, securityHeaders(baseUrl))
  app.use(bodyLimits())
  app.use('/api/auth/sso/*', limit)
  app.use('/api/auth/oidc/*', (c, next) => (isForProviders(c.req.path) ? next() : limit(c, next)))
  app.use('/api/auth/saml/*', limit)
  for (const { callbackPath } of connections) if (callbackPath) app.use(callbackPath, limit)
  app.use('/api/auth/social/:id/*', limit)
  app.use('/api/auth/operator/*', limit, operatorOnly(options.operatorTokens ?? [], events))

  app.route('/api/auth/social', methodsRoute(configuration))
  app.route('/api/auth/social', socialRoutes(services, events))
  app.route('/api/auth/sso/login-url', loginUrlRoute(services))
  app.route('/api/auth/oidc/select-idp', selectIdpRoute(services))
  app.route('/api/auth/oidc', oidcRoutes(services, events))
  app.route('/api/auth/oidc', initiateLoginRoute(services))
  app.route('/api/auth/oidc', oidcLogoutRoutes(services, oidc, events))
  if (saml) {
    app.route('/api/auth/saml', samlRoutes(services, saml, events))
    app.route('/api/auth/saml', samlLogoutRoutes(services, saml, events))
  }
  app.route('/', aliasRoutes(configuration, { services, events }))
  app.route('/api/auth/session', sessionRoute(services))
  app.route('/api/auth/logout', logoutRoute(services, events))
  app.route(
    '/api/auth/operator',
    operatorRoutes({ sessions: services.sessions, connections: connections.map(({ id }) => id) }, events),
  )
  app.route('/.well-known/jwks.json', keysRoute(options.signingKeys))
  app.get('/healthz', (c) => c.json({ status: 'ok' }))

  app.notFound((c) => problem(c, 'not_found'))
  app.onError((error, c) => {
    for (const event of eventsOf(error, c.var)) events.emit(event)
    const code = refusalCodeOf(error, c.var)
    // An operator reads the log as well, but should not have to for a misspelt parameter.
    return c.var.isOperator && error instanceof SsoError ? problem(c, code, error.message) : refuse(c, code)
  })
  return app
}
