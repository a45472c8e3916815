import { type JsonObject, json, methodNotAllowed } from '../respond.ts'
import type { SigningAlgorithm } from '../types.ts'
import type { Endpoint, ProviderState } from './exchange.ts'

/** Where the provider's endpoints are. */
export interface EndpointUrls {
  readonly discovery: string
  readonly jwks: string
  readonly authorization: string
  /** RFC 9126. */
  readonly par: string
  readonly token: string
  readonly userinfo: string
  readonly end_session: string
  readonly revocation: string
  /** Under this address each back-channel endpoint has a second, good one. */
  readonly elsewhere: string
}

/** What the provider publishes about itself. OpenID Connect Discovery 1.0 section 3. */
export interface DiscoveryDocument extends JsonObject {
  issuer: string
  authorization_endpoint: string
  token_endpoint: string
  userinfo_endpoint: string
  jwks_uri: string
  end_session_endpoint: string
}

/**
 * Addresses below an issuer. A final slash of the issuer is dropped first: OpenID Connect Discovery 1.0
 * section 4.1.
 */
export function endpointUrls(issuer: string): EndpointUrls {
  const base = issuer.endsWith('/') ? issuer.slice(0, -1) : issuer
  return {
    discovery: `${base}/.well-known/openid-configuration`,
    jwks: `${base}/jwks`,
    authorization: `${base}/authorize`,
    par: `${base}/par`,
    token: `${base}/token`,
    userinfo: `${base}/userinfo`,
    end_session: `${base}/end-session`,
    revocation: `${base}/revoke`,
    elsewhere: `${base}/elsewhere`,
  }
}

/** The good document. */
function discoveryDocument(
  issuer: string,
  urls: EndpointUrls,
  algorithm: SigningAlgorithm,
  pushedRequests: ProviderState['pushedRequests'],
): DiscoveryDocument {
  return {
    ...(pushedRequests === 'absent' ? {} : { pushed_authorization_request_endpoint: urls.par }),
    ...(pushedRequests === 'required' ? { require_pushed_authorization_requests: true } : {}),
    issuer,
    authorization_endpoint: urls.authorization,
    token_endpoint: urls.token,
    userinfo_endpoint: urls.userinfo,
    jwks_uri: urls.jwks,
    end_session_endpoint: urls.end_session,
    revocation_endpoint: urls.revocation,
    response_types_supported: ['code', 'id_token'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: ['authorization_code', 'implicit'],
    subject_types_supported: ['public'],
    // RS256 is always listed, because section 3 demands it. Clients that register none get the configured
    // one.
    id_token_signing_alg_values_supported: [...new Set([algorithm, 'RS256'])],
    token_endpoint_auth_methods_supported: [
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
      'none',
    ],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'profile', 'email', 'groups'],
    claims_supported: [
      'sub',
      'email',
      'email_verified',
      'name',
      'given_name',
      'family_name',
      'preferred_username',
      'picture',
      'groups',
    ],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
  }
}

/** Answers with the discovery document. */
export const discovery: Endpoint = ({ state, request }) => {
  const personality = state.personality()
  if (request.method !== 'GET') return { response: methodNotAllowed('GET'), personality }
  const good = discoveryDocument(state.issuer, state.urls, state.keys.current.alg, state.pushedRequests)
  return { response: json(personality.hooks.discoveryDocument?.(good) ?? good), personality }
}
