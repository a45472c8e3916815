import { createBoundedMap } from './bounded-map.ts'
import { randomToken } from './encoding.ts'
import { authorization } from './endpoints/authorization.ts'
import { presentedMethods } from './endpoints/client-authentication.ts'
import { discovery, endpointUrls } from './endpoints/discovery.ts'
import { endSession } from './endpoints/end-session.ts'
import type {
  Endpoint,
  IssuedAccessToken,
  IssuedCode,
  ProviderState,
  PushedRequest,
} from './endpoints/exchange.ts'
import { jwks } from './endpoints/jwks.ts'
import { pushedAuthorization } from './endpoints/pushed-authorization.ts'
import { revocation } from './endpoints/revocation.ts'
import { token } from './endpoints/token.ts'
import { userinfo } from './endpoints/userinfo.ts'
import { createKeyRing } from './keys.ts'
import { backChannelRequest, buildLogoutToken, frontChannelUrl, type LogoutStart } from './logout.ts'
import { type Personality, personalities } from './personalities/index.ts'
import type { BackChannelEndpoint } from './personalities/personality.ts'
import { createRequestLog, type RecordedRequest, type WritableRequestLog } from './request-log.ts'
import { json } from './respond.ts'
import { createRouter, type Route } from './router.ts'
import type {
  Client,
  OpenIdProvider,
  OpenIdProviderOptions,
  PerLogin,
  PersonalityReference,
  User,
} from './types.ts'

/** Logins that may be under way at the same time; a benchmark stays far below. */
const pendingLimit = 10_000

const defaultUser: User = {
  sub: 'user-1',
  email: 'user@acme.example',
  email_verified: true,
  name: 'User One',
  given_name: 'User',
  family_name: 'One',
  preferred_username: 'user',
}

const endpoints: Record<Route['target'], Endpoint> = {
  discovery,
  jwks,
  authorization,
  par: pushedAuthorization,
  token,
  userinfo,
  end_session: endSession,
  revocation,
}

/**
 * Makes an OpenID Provider for the authorization code flow and the implicit flow: good, or spoilt in one named way.
 *
 * @returns the provider, once its signing key is generated.
 */
export async function createOpenIdProvider(options: OpenIdProviderOptions): Promise<OpenIdProvider> {
  const keys = await createKeyRing(options.algorithm ?? 'RS256')
  const urls = endpointUrls(options.issuer)
  const route = createRouter(urls)
  const requests = createRequestLog()
  const clock = options.now ?? Date.now
  const provider: OpenIdProvider = {
    issuer: options.issuer,
    requests,
    user: options.user ?? defaultUser,
    personality: options.personality ?? 'good',
    fetch: (request) => answer(request),
    logoutToken: (logout) => logoutToken(logout),
    backChannelLogout: async (logout) => backChannelRequest(clientOf(logout), await logoutToken(logout)),
    frontChannelLogout: (logout) =>
      frontChannelUrl(clientOf(logout), { iss: options.issuer, sid: logout.sid }),
    async rotateKeys() {
      await keys.rotate()
      return keys.current.kid
    },
  }
  const state: ProviderState = {
    issuer: options.issuer,
    urls,
    clients: new Map(options.clients.map((client) => [client.client_id, client])),
    keys,
    codes: createBoundedMap<IssuedCode>(pendingLimit),
    accessTokens: createBoundedMap<IssuedAccessToken>(pendingLimit),
    claimsIn: options.claimsIn ?? 'both',
    signedInAt: options.signedInAt,
    assertionAudience: options.assertionAudience ?? 'any',
    assertions: createBoundedMap<true>(pendingLimit),
    pushedRequests: options.pushedRequests ?? 'absent',
    pushed: createBoundedMap<PushedRequest>(pendingLimit),
    now: () => Math.floor(clock() / 1000),
    personality: (parameters) => resolvePersonality(provider.personality, parameters),
    user: (parameters) => resolvePerLogin(provider.user, parameters),
    sid: (parameters) => resolvePerLogin(options.sid ?? randomToken(16), parameters),
  }

  function clientOf({ clientId }: { readonly clientId: string }): Client {
    const client = state.clients.get(clientId)
    if (client === undefined) throw new TypeError('the client is not registered')
    return client
  }

  async function logoutToken(logout: LogoutStart): Promise<string> {
    return buildLogoutToken(logout, {
      issuer: options.issuer,
      client: clientOf(logout),
      keys,
      now: state.now(),
    })
  }

  async function answer(request: Request): Promise<Response> {
    const found = route(new URL(request.url))
    const recorded = await record(requests, request, found)
    const response = await respond(request, recorded, found)
    recorded.status = response.status
    return response
  }

  async function respond(
    request: Request,
    recorded: RecordedRequest,
    found: Route | undefined,
  ): Promise<Response> {
    if (found === undefined) return json({ error: 'not_found' }, 404)
    const { response, personality } = await endpoints[found.target]({ state, request: recorded })
    if (found.elsewhere || !isBackChannel(found.target)) return response
    const step = {
      endpoint: found.target,
      signal: request.signal,
      elsewhere: `${urls.elsewhere}/${found.target}`,
      slowMilliseconds: options.slowMilliseconds ?? 30_000,
      dripMilliseconds: options.dripMilliseconds ?? 100,
      hugeBytes: options.hugeBytes ?? 50_000_000,
    }
    return (await personality.hooks.response?.(response, step)) ?? response
  }

  return provider
}

function resolvePerLogin<Value extends object | string>(
  choice: PerLogin<Value>,
  parameters: URLSearchParams,
): Value {
  return typeof choice === 'function' ? choice(parameters) : choice
}

function resolvePersonality(
  choice: PerLogin<PersonalityReference>,
  parameters?: URLSearchParams,
): Personality {
  const reference =
    typeof choice === 'function' ? (parameters === undefined ? 'good' : choice(parameters)) : choice
  return typeof reference === 'string' ? personalities[reference] : reference
}

function isBackChannel(target: Route['target']): target is BackChannelEndpoint {
  return !(['authorization', 'par', 'end_session', 'revocation'] as Route['target'][]).includes(target)
}

async function record(
  requests: WritableRequestLog,
  request: Request,
  found: Route | undefined,
): Promise<RecordedRequest> {
  const url = new URL(request.url)
  const parameters = request.method === 'POST' ? new URLSearchParams(await request.text()) : url.searchParams
  const target = found?.target ?? 'unknown'
  const recorded: RecordedRequest = {
    endpoint: found?.elsewhere ? 'elsewhere' : target,
    method: request.method,
    url,
    headers: new Headers(request.headers),
    parameters,
    clientAuthentication: ['token', 'par', 'revocation'].includes(target)
      ? presentedMethods(request.headers, parameters)
      : [],
  }
  requests.add(recorded)
  return recorded
}
