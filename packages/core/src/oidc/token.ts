import { SsoError } from '../errors/index.ts'
import { readAccessToken } from '../oauth/access-token.ts'
import { validateAuthorizationResponse } from '../oauth/authorization-response.ts'
import type { CodeExchange, exchangeCode } from '../oauth/code-exchange.ts'

/** What the code of an answer was good for, and the code. */
export interface RedeemedCode {
  readonly code: string
  readonly unverifiedIdToken: string
  /** Opens the userinfo endpoint; not kept. */
  readonly accessToken: string
  /** Nobody asks for one, but some provide it; not used. */
  readonly refreshToken: string | undefined
}

/**
 * Sends a code to the token endpoint.
 *
 * @returns the token response, in which nothing was looked at
 */
export type ExchangeCode = typeof exchangeCode

/** What redeeming a code needs. */
interface Redemption extends Omit<CodeExchange, 'code'> {
  readonly state: string
  readonly exchange: ExchangeCode
}

/**
 * Checks an answer, and exchanges the code in it
 * ([OpenID Connect Core, section 3.1.3](https://openid.net/specs/openid-connect-core-1_0.html#TokenEndpoint)).
 *
 * @throws SsoError as `validateAuthorizationResponse`, `token_request_refused` with the provider's error code,
 *   `token_response_invalid`, or one of the provider codes
 */
export async function redeemCode(
  unverifiedAnswer: URLSearchParams,
  { state, exchange, client, server, redirectUri, codeVerifier, backChannel, now }: Redemption,
): Promise<RedeemedCode> {
  const code = validateAuthorizationResponse(unverifiedAnswer, { server, state })
  const body = await exchange({ client, server, code, redirectUri, codeVerifier, backChannel, now })
  return readTokens(body, code)
}

/** [OpenID Connect Core, section 3.1.3.3](https://openid.net/specs/openid-connect-core-1_0.html#TokenResponse) */
function readTokens(body: Readonly<Record<string, unknown>>, code: string): RedeemedCode {
  const { id_token: unverifiedIdToken } = body
  if (typeof unverifiedIdToken !== 'string') {
    const details = { attribute: 'id_token' }
    throw new SsoError('token_response_invalid', 'the token response lacks what a login needs', { details })
  }
  const { refresh_token: refreshToken } = body
  return {
    unverifiedIdToken,
    accessToken: readAccessToken(body),
    // Some send an empty one for none.
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : undefined,
    code,
  }
}
