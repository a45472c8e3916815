import { oauthError } from '../respond.ts'
import type { Client } from '../types.ts'
import { verifyClientAssertion } from './client-assertion.ts'
import type { ProviderState } from './exchange.ts'
import { parameter } from './parameters.ts'

interface Credentials {
  readonly id: string
  /** A public client has none. */
  readonly secret?: string
}

/** The ways in which a token request carries credentials. RFC 6749 section 2.3.1. */
export function presentedMethods(headers: Headers, parameters: URLSearchParams): string[] {
  return [
    ...(headers.has('authorization') ? ['client_secret_basic'] : []),
    ...(parameters.has('client_secret') ? ['client_secret_post'] : []),
    ...(parameters.has('client_assertion') ? ['private_key_jwt'] : []),
  ]
}

/** A request in which a client says who it is. */
export interface ClientRequest {
  readonly headers: Headers
  readonly parameters: URLSearchParams
  /** Where it came. */
  readonly endpoint: string
}

/**
 * Identifies and authenticates the client of a token request. Returns the error response when that fails: 401
 * `invalid_client`, with a challenge if the client tried HTTP authentication (RFC 6749 section 5.2).
 */
export async function authenticateClient(
  state: ProviderState,
  request: ClientRequest,
): Promise<Client | Response> {
  const { headers, parameters } = request
  const methods = presentedMethods(headers, parameters)
  if (methods.length > 1) return oauthError('invalid_request', 'only one authentication method may be used')
  const [method = 'none'] = methods
  if (method === 'private_key_jwt') {
    const client = await verifyClientAssertion(state, request)
    return typeof client === 'string' ? oauthError('invalid_client', client, 401) : client
  }
  const credentials =
    method === 'client_secret_basic' ? basicCredentials(headers) : postCredentials(parameters)
  const client = credentials && state.clients.get(credentials.id)
  const accepted =
    client !== undefined && credentials?.secret === client.client_secret && isRegisteredMethod(client, method)
  // A client_id beside HTTP Basic is allowed, but must be the same client.
  const consistent = (parameter(parameters, 'client_id') ?? credentials?.id) === credentials?.id
  if (accepted && consistent) return client
  const challenge: Record<string, string> = headers.has('authorization')
    ? { 'www-authenticate': 'Basic realm="token"' }
    : {}
  return oauthError('invalid_client', 'client authentication failed', 401, challenge)
}

/** A client without a secret, which anybody can say to be, is accepted only where it registered as one. */
function isRegisteredMethod({ token_endpoint_auth_method: registered }: Client, method: string): boolean {
  return registered === undefined ? method.startsWith('client_secret') : registered === method
}

/**
 * Both halves are form-encoded before they become HTTP Basic, which many clients forget. RFC 6749 section
 * 2.3.1.
 */
function basicCredentials(headers: Headers): Credentials | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (encoded === undefined) return undefined
  try {
    const pair = atob(encoded)
    const colon = pair.indexOf(':')
    if (colon === -1) return undefined
    return { id: formDecode(pair.slice(0, colon)), secret: formDecode(pair.slice(colon + 1)) }
  } catch {
    return undefined
  }
}

function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

function postCredentials(parameters: URLSearchParams): Credentials | undefined {
  const id = parameter(parameters, 'client_id')
  const secret = parameter(parameters, 'client_secret')
  return id === undefined ? undefined : { id, ...(secret === undefined ? {} : { secret }) }
}
