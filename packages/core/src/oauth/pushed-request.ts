import { pushedAuthorizationRequest } from 'oauth4webapi'
import type { BackChannel } from '../back-channel/back-channel.ts'
import { readJsonObject } from '../back-channel/json.ts'
import { SsoError } from '../errors/index.ts'
import { errorDetails } from './authorization-response.ts'
import type { AuthorizationServer, OAuthClient } from './authorization-server.ts'
import { clientAuthentication } from './client-authentication.ts'
import { libraryOptions } from './library-options.ts'

/** An authorization request that is to be pushed. */
export interface PushedRequest {
  readonly client: OAuthClient
  readonly server: AuthorizationServer & { readonly pushed_authorization_request_endpoint: string }
  /** The request as a browser would take it. */
  readonly url: URL
  readonly backChannel: BackChannel
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Longer than any name of a request, in characters. */
const MAX_LENGTH = 2048

/**
 * Hands an authorization request to the server itself, so that the browser takes nothing there but the name of it: nobody on
 * the way can read or change it, and the server knows who asks
 * ([RFC 9126, section 2](https://www.rfc-editor.org/rfc/rfc9126#section-2)).
 *
 * @returns where to send the browser
 * @throws SsoError `pushed_request_refused` with the server's error code, or one of the provider codes
 */
export async function pushRequest({ client, server, url, backChannel, now }: PushedRequest): Promise<URL> {
  const endpoint = server.pushed_authorization_request_endpoint
  const response = await pushedAuthorizationRequest(
    server,
    { client_id: client.clientId },
    clientAuthentication(client, server, { endpoint, now }),
    parametersOf(url, server),
    libraryOptions(backChannel),
  )
  const { status } = response
  if (status >= 500) {
    throw new SsoError('provider_response_invalid', 'the endpoint for pushed requests failed', {
      details: { status },
    })
  }
  const body = await readJsonObject(response, endpoint)
  if (status !== 201 && status !== 200) {
    const details = { ...errorDetails(body['error'], body['error_description']), status }
    throw new SsoError('pushed_request_refused', 'the identity provider refused the pushed request', {
      details,
    })
  }
  const { request_uri: requestUri } = body
  if (typeof requestUri !== 'string' || requestUri === '' || requestUri.length > MAX_LENGTH) {
    const details = { attribute: 'request_uri' }
    throw new SsoError('provider_response_invalid', 'the pushed request was not given a name', { details })
  }
  // What the address itself has in its query stays; of the request nothing but who asks, and its name (section 4).
  const named = new URL(server.authorization_endpoint)
  named.searchParams.set('client_id', client.clientId)
  named.searchParams.set('request_uri', requestUri)
  return named
}

/** The parameters of the request, without those that the address had before. */
function parametersOf(url: URL, server: AuthorizationServer): URLSearchParams {
  const own = new URL(server.authorization_endpoint).searchParams
  return new URLSearchParams([...url.searchParams].filter(([name, value]) => !own.has(name, value)))
}
