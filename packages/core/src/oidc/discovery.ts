import type { BackChannel } from '../back-channel/back-channel.ts'
import { type BaseUrl, mayCall } from '../config/base-url.ts'
import type { OidcConnection } from '../config/connection.ts'
import { sharedIssuer } from '../config/entra.ts'
import { SsoError, shown } from '../errors/index.ts'
import type { AuthorizationServer } from '../oauth/authorization-server.ts'

/** What we use of an OpenID Provider's metadata, in its wire spelling. */
export type ProviderMetadata = AuthorizationServer & {
  readonly jwks_uri: string
  readonly userinfo_endpoint?: string
  /** Where Microsoft's directory says that it can be asked, if it says so. */
  readonly msgraph_host?: string
  /** Where people are signed out. Of what was discovered only what can be used: no login needs it. */
  readonly end_session_endpoint?: string
}

/** Where a provider describes itself, and what of that was configured. */
export type DescribedProvider = Pick<OidcConnection, 'serverUrl' | 'configuredIssuer' | 'endpoints'> &
  Partial<Pick<OidcConnection, 'responseType' | 'tenants'>>

const MAX_URL_LENGTH = 2048

const PUSHED = 'pushed_authorization_request_endpoint'

/**
 * Fetches and checks the metadata of a connection's provider
 * ([OpenID Connect Discovery, section 4](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig)).
 *
 * @throws SsoError one of the provider codes, `discovery_issuer_mismatch` when the document is for another issuer
 *   than the configured `server_url`, `discovery_invalid` when it lacks what a login needs
 */
export async function discover(
  connection: DescribedProvider,
  baseUrl: BaseUrl,
  backChannel: Pick<BackChannel, 'getJson'>,
): Promise<ProviderMetadata> {
  const document = await backChannel.getJson(`${connection.serverUrl}/.well-known/openid-configuration`)
  const { issuer } = document
  if (typeof issuer !== 'string' || issuer.length > MAX_URL_LENGTH) throw invalid('issuer')
  if (!isExpectedIssuer(issuer, connection)) {
    const details = { expected: expectedIssuer(connection), received: shown(issuer) }
    throw new SsoError('discovery_issuer_mismatch', 'the discovery document is for another issuer', {
      details,
    })
  }
  const { endpoints } = connection
  const endpoint = (name: string, configured: string | undefined): string => {
    const value = configured ?? document[name]
    // Becomes a header of ours, and no server takes a longer one.
    const url = typeof value === 'string' ? URL.parse(value) : null
    if (!url || url.hash || url.href.length > MAX_URL_LENGTH) throw invalid(name)
    if (!mayCall(url, baseUrl)) {
      const details = { attribute: name, host: url.host }
      throw new SsoError('provider_url_refused', 'the discovery document names an address without https', {
        details,
      })
    }
    return url.href
  }
  const graphHost = document['msgraph_host']
  const list = <const Name extends string>(name: Name): { readonly [K in Name]?: string[] } => {
    const value = document[name]
    const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined
    return (texts ? { [name]: texts } : {}) as { readonly [K in Name]?: string[] }
  }
  const endSession = endpoints.endSession ?? document['end_session_endpoint']
  return {
    issuer,
    authorization_endpoint: endpoint('authorization_endpoint', endpoints.authorization),
    // Nobody asks there in the implicit flow, and a provider that has no other need not have it.
    token_endpoint: connection.responseType === 'id_token' ? '' : endpoint('token_endpoint', endpoints.token),
    jwks_uri: endpoint('jwks_uri', endpoints.jwks),
    ...((endpoints.userinfo ?? document['userinfo_endpoint']) === undefined
      ? {}
      : { userinfo_endpoint: endpoint('userinfo_endpoint', endpoints.userinfo) }),
    ...((endpoints.pushedAuthorizationRequest ?? document[PUSHED]) === undefined
      ? {}
      : { [PUSHED]: endpoint(PUSHED, endpoints.pushedAuthorizationRequest) }),
    ...(isAddress(endSession, baseUrl) ? { end_session_endpoint: endSession } : {}),
    ...(document['require_pushed_authorization_requests'] === true
      ? { require_pushed_authorization_requests: true }
      : {}),
    ...list('token_endpoint_auth_methods_supported'),
    ...list('token_endpoint_auth_signing_alg_values_supported'),
    ...(document['authorization_response_iss_parameter_supported'] === true
      ? { authorization_response_iss_parameter_supported: true }
      : {}),
    ...(typeof graphHost === 'string' ? { msgraph_host: graphHost } : {}),
  }
}

/**
 * The metadata of a provider that is not asked for it: all that is needed was configured, and checked then.
 */
export function configuredMetadata({
  configuredIssuer,
  endpoints,
  serverUrl,
}: OidcConnection): ProviderMetadata {
  const { authorization, pushedAuthorizationRequest: pushed, token, jwks, userinfo, endSession } = endpoints
  return {
    issuer: configuredIssuer ?? serverUrl,
    authorization_endpoint: authorization ?? '',
    token_endpoint: token ?? '',
    jwks_uri: jwks ?? '',
    ...(userinfo === undefined ? {} : { userinfo_endpoint: userinfo }),
    ...(pushed === undefined ? {} : { [PUSHED]: pushed }),
    ...(endSession === undefined ? {} : { end_session_endpoint: endSession }),
  }
}

function expectedIssuer({ configuredIssuer, serverUrl, tenants = [] }: DescribedProvider): string {
  // One issuer for several organisations is nobody's, unless it was said whose it is.
  const shared = tenants.length > 0 ? sharedIssuer(serverUrl) : undefined
  return configuredIssuer ?? shared ?? serverUrl
}

function isAddress(value: unknown, baseUrl: BaseUrl): value is string {
  if (typeof value !== 'string' || value.length > MAX_URL_LENGTH) return false
  const url = URL.parse(value)
  return url !== null && url.hash === '' && mayCall(url, baseUrl)
}

/** To the letter where it is configured. Else administrators and providers disagree about the final slash alone. */
function isExpectedIssuer(issuer: string, connection: DescribedProvider): boolean {
  const expected = expectedIssuer(connection)
  return connection.configuredIssuer === undefined
    ? withoutSlash(issuer) === withoutSlash(expected)
    : issuer === expected
}

function withoutSlash(text: string): string {
  // The URL class brings scheme and host into one form, as RFC 3986 says they compare.
  return (URL.parse(text)?.href ?? text).replace(/\/$/, '')
}

function invalid(attribute: string): SsoError {
  const details = { attribute }
  return new SsoError(
    'discovery_invalid',
    'the discovery document lacks an attribute or has a malformed one',
    { details },
  )
}
