import {
  authorizationCodeGrantRequest,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  None,
  nopkce,
} from 'oauth4webapi'
import type { BackChannel } from '../back-channel/back-channel.ts'
import { readJsonObject } from '../back-channel/json.ts'
import type { OidcConnection } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import { errorDetails, type ValidatedResponse } from './authentication-response.ts'
import type { ProviderMetadata } from './discovery.ts'
import { libraryOptions } from './library-options.ts'

/** What the token endpoint gave for a code. */
export interface Tokens {
  readonly unverifiedIdToken: string
  /** Opens the userinfo endpoint; not kept. */
  readonly accessToken: string
}

/** What a token request needs. */
export interface TokenRequest {
  readonly connection: OidcConnection
  readonly metadata: ProviderMetadata
  readonly answer: ValidatedResponse
  readonly redirectUri: string
  readonly codeVerifier: string | undefined
  readonly backChannel: BackChannel
}

/**
 * Exchanges the code for tokens
 * ([OpenID Connect Core, section 3.1.3](https://openid.net/specs/openid-connect-core-1_0.html#TokenEndpoint)).
 *
 * @throws SsoError `token_request_refused` with the provider's error code, `token_response_invalid`, or one of the
 *   provider codes
 */
export async function requestTokens(request: TokenRequest): Promise<Tokens> {
  const { connection, metadata, answer, redirectUri, codeVerifier, backChannel } = request
  const response = await authorizationCodeGrantRequest(
    metadata,
    { client_id: connection.clientId },
    clientAuthentication(connection, metadata),
    answer,
    redirectUri,
    codeVerifier ?? nopkce,
    libraryOptions(backChannel),
  )
  if (response.status >= 500) {
    throw new SsoError('provider_response_invalid', 'the token endpoint of the identity provider failed', {
      details: { status: response.status },
    })
  }
  const body = await readJsonObject(response, metadata.token_endpoint)
  if (response.status !== 200) {
    const details = errorDetails(body['error'], body['error_description'])
    throw new SsoError('token_request_refused', 'the token endpoint refused the request', {
      details: { ...details, status: response.status },
    })
  }
  return readTokens(body)
}

/** [OpenID Connect Core, section 3.1.3.3](https://openid.net/specs/openid-connect-core-1_0.html#TokenResponse) */
function readTokens(body: Readonly<Record<string, unknown>>): Tokens {
  const { id_token: unverifiedIdToken, access_token: accessToken, token_type: tokenType } = body
  if (typeof unverifiedIdToken !== 'string') throw malformed('id_token')
  // Only what a header can carry: https://www.rfc-editor.org/rfc/rfc6749#appendix-A.12
  if (typeof accessToken !== 'string' || !/^[\x20-\x7e]+$/.test(accessToken)) throw malformed('access_token')
  if (typeof tokenType !== 'string' || tokenType.toLowerCase() !== 'bearer') throw malformed('token_type')
  return { unverifiedIdToken, accessToken }
}

function malformed(attribute: string): SsoError {
  const details = { attribute }
  return new SsoError('token_response_invalid', 'the token response lacks what a login needs', { details })
}

/**
 * How we prove who we are
 * ([OpenID Connect Core, section 9](https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication)).
 * Where nothing is configured: in the body if the provider says that it takes that, since some decode the header
 * wrongly; else in the header, the standard's default.
 */
export function clientAuthenticationMethod(
  connection: OidcConnection,
  metadata: Pick<ProviderMetadata, 'token_endpoint_auth_methods_supported'>,
): 'client_secret_basic' | 'client_secret_post' | 'none' {
  if (connection.clientSecret === undefined) return 'none'
  const supported = metadata.token_endpoint_auth_methods_supported ?? []
  const isAdvertised = supported.includes('client_secret_post')
  const { clientAuthentication: configured } = connection
  return configured === 'client_secret_post' || (configured === 'automatic' && isAdvertised)
    ? 'client_secret_post'
    : 'client_secret_basic'
}

function clientAuthentication(connection: OidcConnection, metadata: ProviderMetadata): ClientAuth {
  if (connection.clientSecret === undefined) return None()
  const secret = connection.clientSecret.reveal()
  return clientAuthenticationMethod(connection, metadata) === 'client_secret_post'
    ? ClientSecretPost(secret)
    : ClientSecretBasic(secret)
}
