import type { BackChannel } from '../back-channel/back-channel.ts'
import type { SocialConnection } from '../config/connection.ts'
import type { CompleteInput } from '../login/protocol.ts'
import { readAccessToken } from '../oauth/access-token.ts'
import { validateAuthorizationResponse } from '../oauth/authorization-response.ts'
import type { AuthorizationServer } from '../oauth/authorization-server.ts'
import { exchangeCode } from '../oauth/code-exchange.ts'
import type { CodeState } from './authorization-request.ts'

/**
 * Makes an access token of the answer to a request for a code. The secret goes in the body: some take nothing else, and none
 * can mistake how it is encoded there.
 *
 * @throws SsoError one of the `authorization` codes, `token_request_refused`, `token_response_invalid`, or one of the
 *   provider codes
 */
export async function redeemAnswer(
  input: CompleteInput<SocialConnection>,
  server: AuthorizationServer,
  backChannel: BackChannel,
): Promise<string> {
  const { connection, answerUrl, transactionId, unverifiedAnswer, now } = input
  const { codeVerifier } = input.state as unknown as CodeState
  const { clientId, clientSecret } = connection
  const client = { clientId, clientSecret, clientAuthentication: 'client_secret_post' } as const
  const code = validateAuthorizationResponse(unverifiedAnswer, { server, state: transactionId })
  const exchange = { client, server, code, redirectUri: answerUrl, codeVerifier, backChannel, now }
  return readAccessToken(await exchangeCode(exchange))
}
