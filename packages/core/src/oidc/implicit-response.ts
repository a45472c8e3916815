import { type AskedFor, onlyValue, validateResponse } from '../oauth/authorization-response.ts'

/** What the implicit flow brings: an ID Token, and nothing that opens anything else. */
interface PostedIdToken {
  readonly unverifiedIdToken: string
  readonly accessToken: undefined
  readonly code: undefined
}

/**
 * An ID Token says itself who issued it, under a signature, so that providers leave out the parameter beside it
 * ([RFC 9207, section 2](https://www.rfc-editor.org/rfc/rfc9207#section-2)). One that is there is compared all the same.
 */
function namedInToken({ server, ...asked }: AskedFor): AskedFor {
  return { ...asked, server: { ...server, authorization_response_iss_parameter_supported: false } }
}

/**
 * Reads the ID Token that a browser posted
 * ([OpenID Connect Core, section 3.2.2.5](https://openid.net/specs/openid-connect-core-1_0.html#ImplicitAuthResponse)). Nothing
 * is asked of the provider then, so that all rests on the signature, and on the nonce which says that it is for this login.
 *
 * @throws SsoError `authorization_issuer_mismatch`, `authorization_denied`, `authorization_failed` or
 *   `authorization_response_invalid`
 */
export function readPostedIdToken(unverifiedAnswer: URLSearchParams, asked: AskedFor): PostedIdToken {
  validateResponse(unverifiedAnswer, unverifiedAnswer.has('id_token') ? namedInToken(asked) : asked)
  return {
    unverifiedIdToken: onlyValue(unverifiedAnswer, 'id_token'),
    accessToken: undefined,
    code: undefined,
  }
}
