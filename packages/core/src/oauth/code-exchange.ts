import { genericTokenEndpointRequest } from 'oauth4webapi'
import type { BackChannel } from '../back-channel/back-channel.ts'
import { readJsonObject } from '../back-channel/json.ts'
import { SsoError } from '../errors/index.ts'
import { type AuthorizationCode, errorDetails } from './authorization-response.ts'
import type { AuthorizationServer, OAuthClient } from './authorization-server.ts'
import { clientAuthentication } from './client-authentication.ts'
import { libraryOptions } from './library-options.ts'

/** What a token request needs. */
export interface CodeExchange {
  readonly client: OAuthClient
  readonly server: AuthorizationServer
  readonly code: AuthorizationCode
  readonly redirectUri: string
  /** Undefined where the code was asked for without PKCE. */
  readonly codeVerifier: string | undefined
  readonly backChannel: BackChannel
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Exchanges a code for tokens ([RFC 6749, section 4.1.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3)).
 *
 * @returns the token response, in which nothing was looked at
 * @throws SsoError `token_request_refused` with the server's error code, or one of the provider codes
 */
export async function exchangeCode(exchange: CodeExchange): Promise<Readonly<Record<string, unknown>>> {
  const { client, server, code, redirectUri, codeVerifier, backChannel, now } = exchange
  const response = await genericTokenEndpointRequest(
    server,
    { client_id: client.clientId },
    clientAuthentication(client, server, { endpoint: server.token_endpoint, now }),
    'authorization_code',
    {
      redirect_uri: redirectUri,
      code,
      ...(codeVerifier === undefined ? {} : { code_verifier: codeVerifier }),
    },
    libraryOptions(backChannel),
  )
  if (response.status >= 500) {
    throw new SsoError('provider_response_invalid', 'the token endpoint of the identity provider failed', {
      details: { status: response.status },
    })
  }
  const body = await readJsonObject(response, server.token_endpoint)
  // GitHub says no with status 200.
  if (response.status !== 200 || body['error'] !== undefined) {
    const details = errorDetails(body['error'], body['error_description'])
    throw new SsoError('token_request_refused', 'the token endpoint refused the request', {
      details: { ...details, status: response.status },
    })
  }
  return body
}
