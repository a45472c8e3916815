import { SsoError } from '../errors/index.ts'
import { readAccessToken } from '../oauth/access-token.ts'
import { type AskedFor, validateAuthorizationResponse } from '../oauth/authorization-response.ts'
import { type CodeExchange, exchangeCode } from '../oauth/code-exchange.ts'

/** What the token endpoint gave for a code. */
interface Tokens {
  readonly unverifiedIdToken: string
  /** Opens the userinfo endpoint; not kept. */
  readonly accessToken: string
  /** Nobody asks for one, but some provide it; not used. */
  readonly refreshToken: string | undefined
}

/** What the code of an answer was good for, and the code. */
export interface RedeemedCode extends Tokens {
  readonly code: string
}

/**
 * Checks an answer, and exchanges the code in it.
 *
 * @throws SsoError as `validateAuthorizationResponse` and {@link requestTokens}
 */
export async function redeemCode(
  unverifiedAnswer: URLSearchParams,
  { asked, ...exchange }: Redemption,
): Promise<RedeemedCode> {
  const { client, server } = asked
  const answer = validateAuthorizationResponse(unverifiedAnswer, asked)
  const tokens = await requestTokens({ ...exchange, client, server, answer })
  return { ...tokens, code: answer.get('code') ?? '' }
}

/** What redeeming a code needs. */
type Redemption = Omit<CodeExchange, 'client' | 'server' | 'answer'> & {
  readonly asked: AskedFor & Pick<CodeExchange, 'client'>
}

/**
 * Exchanges the code for tokens
 * ([OpenID Connect Core, section 3.1.3](https://openid.net/specs/openid-connect-core-1_0.html#TokenEndpoint)).
 *
 * @throws SsoError `token_request_refused` with the provider's error code, `token_response_invalid`, or one of the
 *   provider codes
 */
async function requestTokens(exchange: CodeExchange): Promise<Tokens> {
  return readTokens(await exchangeCode(exchange))
}

/** [OpenID Connect Core, section 3.1.3.3](https://openid.net/specs/openid-connect-core-1_0.html#TokenResponse) */
function readTokens(body: Readonly<Record<string, unknown>>): Tokens {
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
  }
}
