import { SsoError } from '../errors/index.ts'

/**
 * Reads the access token of a token response
 * ([RFC 6749, section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)): one that whoever has it may use.
 *
 * @throws SsoError `token_response_invalid` when there is none, or one of another kind
 */
export function readAccessToken(body: Readonly<Record<string, unknown>>): string {
  const { access_token: accessToken, token_type: tokenType } = body
  // Only what a header can carry: https://www.rfc-editor.org/rfc/rfc6749#appendix-A.12
  if (typeof accessToken !== 'string' || !/^[\x20-\x7e]+$/.test(accessToken)) throw malformed('access_token')
  if (typeof tokenType !== 'string' || tokenType.toLowerCase() !== 'bearer') throw malformed('token_type')
  return accessToken
}

function malformed(attribute: string): SsoError {
  const details = { attribute }
  return new SsoError('token_response_invalid', 'the token response lacks what a login needs', { details })
}
