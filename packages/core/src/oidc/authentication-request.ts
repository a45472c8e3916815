import { calculatePKCECodeChallenge } from 'oauth4webapi'
import type { OidcConnection, OidcWishes } from '../config/connection.ts'
import { GOOGLE_ISSUER } from '../config/google.ts'
import { randomId } from '../encoding/random.ts'
import type { ProviderMetadata } from './discovery.ts'

/** What is remembered until the answer comes. */
export interface OidcState {
  readonly nonce: string
  /** Absent when the connection goes without PKCE. */
  readonly codeVerifier?: string
  /** Since when the person must have been signed in there, in seconds since the epoch; absent where nothing was asked for. */
  readonly signedInSince?: string
}

/**
 * @param now the time, in milliseconds since the epoch
 * @returns fresh secrets for one login: 128 bits of nonce, 256 bits of code verifier
 */
export function newOidcState({ pkce, asks }: OidcConnection, now: number): OidcState {
  return {
    nonce: randomId(16),
    ...(pkce ? { codeVerifier: randomId(32) } : {}),
    ...(asks.maxAge === undefined ? {} : { signedInSince: String(Math.floor(now / 1000) - asks.maxAge) }),
  }
}

/** What one authentication request says. */
export interface AuthenticationRequest {
  readonly connection: OidcConnection
  readonly metadata: ProviderMetadata
  readonly redirectUri: string
  /** The transaction's id: the provider sends it back. */
  readonly state: string
  readonly oidcState: OidcState
  readonly loginHint: string | undefined
  readonly forceLogin: boolean
}

/**
 * Builds the URL that asks a provider to sign somebody in, with the authorization code flow, or the implicit flow
 * ([OpenID Connect Core, section 3.1.2.1](https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest) and
 * [3.2.2.1](https://openid.net/specs/openid-connect-core-1_0.html#ImplicitAuthRequest);
 * PKCE by S256, [RFC 7636](https://www.rfc-editor.org/rfc/rfc7636);
 * [Form Post Response Mode](https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html)).
 */
export async function buildAuthenticationRequest(request: AuthenticationRequest): Promise<URL> {
  const { connection, metadata, redirectUri, state, oidcState, loginHint, forceLogin } = request
  const url = new URL(metadata.authorization_endpoint)
  url.searchParams.set('client_id', connection.clientId)
  url.searchParams.set('redirect_uri', redirectUri)
  url.searchParams.set('response_type', connection.responseType)
  if (connection.responseMode === 'form_post') url.searchParams.set('response_mode', 'form_post')
  url.searchParams.set('scope', connection.scopes.join(' '))
  url.searchParams.set('state', state)
  url.searchParams.set('nonce', oidcState.nonce)
  if (oidcState.codeVerifier !== undefined) {
    url.searchParams.set('code_challenge', await calculatePKCECodeChallenge(oidcState.codeVerifier))
    url.searchParams.set('code_challenge_method', 'S256')
  }
  if (connection.audience !== undefined) url.searchParams.set('audience', connection.audience)
  if (connection.resource !== undefined) url.searchParams.set('resource', connection.resource)
  if (loginHint !== undefined) url.searchParams.set('login_hint', loginHint)
  for (const [name, value] of Object.entries(wishesOf(connection.asks))) url.searchParams.set(name, value)
  // Some providers take one value alone, and nothing asks for more than this one.
  if (forceLogin) url.searchParams.set('prompt', askForSomebodyElse(metadata.issuer))
  return url
}

/** Google knows no `prompt=login`, and shows an error. */
function askForSomebodyElse(issuer: string): string {
  return issuer === GOOGLE_ISSUER ? 'select_account' : 'login'
}

function wishesOf({ prompt, maxAge, acrValues, domainHint }: OidcWishes): Readonly<Record<string, string>> {
  return {
    ...(prompt.length === 0 ? {} : { prompt: prompt.join(' ') }),
    ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
    ...(acrValues.length === 0 ? {} : { acr_values: acrValues.join(' ') }),
    ...(domainHint === undefined ? {} : { domain_hint: domainHint }),
  }
}
