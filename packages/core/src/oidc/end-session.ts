import { decodeJwt } from 'jose'
import type { OidcConnection } from '../config/connection.ts'
import { randomId } from '../encoding/random.ts'
import type { ProviderMetadata } from './discovery.ts'

/** What a provider is told of somebody who has signed out here. */
interface EndSession {
  readonly connection: Pick<OidcConnection, 'clientId'>
  readonly metadata: Pick<ProviderMetadata, 'issuer' | 'end_session_endpoint'>
  /** The ID Token of the login, if it was kept. */
  readonly idToken: string | undefined
  /** Where the browser is to come back: the registered post-logout redirect URI. */
  readonly returnUrl: string
}

/** Where the browser goes, and the `state` with which it comes back; empty where the provider sends none back. */
export interface EndSessionRequest {
  readonly url: URL
  readonly state: string
}

/**
 * Builds the request that signs somebody out at a provider
 * ([OpenID Connect RP-Initiated Logout, section 2](https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout)),
 * or the one of its own that it has instead.
 *
 * @returns undefined when the provider signs nobody out
 */
export function buildEndSessionRequest(ending: EndSession): EndSessionRequest | undefined {
  const endpoint = endpointOf(ending.metadata)
  if (!endpoint) return undefined
  const { clientId } = ending.connection
  const returnsTo = ownParameter(endpoint, ending.metadata.issuer)
  if (returnsTo !== undefined) {
    return {
      url: withParameters(endpoint, { client_id: clientId, [returnsTo]: ending.returnUrl }),
      state: '',
    }
  }
  const state = randomId(16)
  const parameters = {
    ...hintsOf(ending),
    client_id: clientId,
    post_logout_redirect_uri: ending.returnUrl,
    state,
  }
  return { url: withParameters(endpoint, parameters), state }
}

/** Whether a provider that is known to say this signs people out. */
export function hasEndSession(metadata: EndSession['metadata']): boolean {
  return URL.canParse(metadata.issuer) && endpointOf(metadata) !== undefined
}

/** Auth0 has a logout whether or not its tenant is set to say so. */
function endpointOf({ issuer, end_session_endpoint: endpoint }: EndSession['metadata']): URL | undefined {
  if (endpoint !== undefined) return URL.parse(endpoint) ?? undefined
  const { hostname, origin } = new URL(issuer)
  return hostname.endsWith('.auth0.com') ? new URL('/v2/logout', origin) : undefined
}

/**
 * Two providers have a logout of their own, which takes the client id and where to come back, in a parameter of this name, and
 * sends no `state` back: Amazon Cognito, which publishes it as if it were the standard's, and Auth0, beside the standard's.
 */
function ownParameter({ pathname }: URL, issuer: string): string | undefined {
  if (/^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(new URL(issuer).hostname)) return 'logout_uri'
  return pathname === '/v2/logout' ? 'returnTo' : undefined
}

/**
 * Whom to sign out. An ID Token for another client than ours is now would be refused. Entra asks which account is meant
 * unless it is told what it had put into the claim `login_hint`.
 */
function hintsOf({ connection, idToken }: EndSession): Readonly<Record<string, string>> {
  if (idToken === undefined) return {}
  const { aud, login_hint: hint } = decodeJwt(idToken)
  if (![aud].flat().includes(connection.clientId)) return {}
  return { id_token_hint: idToken, ...(typeof hint === 'string' ? { logout_hint: hint } : {}) }
}

/** What the endpoint's own query says stays. */
function withParameters(endpoint: URL, parameters: Readonly<Record<string, string>>): URL {
  const url = new URL(endpoint)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}
