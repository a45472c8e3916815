import { calculatePKCECodeChallenge } from 'oauth4webapi'
import { randomId } from '../encoding/random.ts'
import type { Departure, ProtocolState } from '../login/protocol.ts'
import type { AuthorizationServer } from '../oauth/authorization-server.ts'

/** What is remembered until the answer comes. */
export interface CodeState {
  readonly codeVerifier: string
}

/** What one authorization request says. */
export interface AuthorizationRequest {
  readonly server: AuthorizationServer
  readonly clientId: string
  readonly redirectUri: string
  /** The transaction's id: the server sends it back. */
  readonly state: string
  readonly scopes: readonly string[]
  /** Parameters that only this server knows. */
  readonly others: Readonly<Record<string, string | undefined>>
}

/**
 * Asks a server that is no OpenID Provider for a code
 * ([RFC 6749, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1)), always with PKCE by S256
 * ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636)): there is no nonce that would bind the answer to this browser.
 */
export async function requestCode(
  request: AuthorizationRequest,
): Promise<{ departure: Departure; state: ProtocolState }> {
  const { server, clientId, redirectUri, state, scopes, others } = request
  const codeVerifier = randomId(32)
  const url = new URL(server.authorization_endpoint)
  const parameters = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: scopes.join(' '),
    state,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...others,
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return { departure: { kind: 'redirect', url }, state: { codeVerifier } satisfies CodeState }
}
