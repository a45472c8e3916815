import { AuthorizationResponseError, validateAuthResponse } from 'oauth4webapi'
import { type ErrorDetails, SsoError, shown } from '../errors/index.ts'
import type { AuthorizationServer, OAuthClient } from './authorization-server.ts'

/** An authorization response whose state and issuer were checked; the library accepts no other for a token request. */
export type ValidatedResponse = ReturnType<typeof validateAuthResponse>

/** Who was asked, by whom, and with which `state`. */
export interface AskedFor {
  readonly client: Pick<OAuthClient, 'clientId'>
  readonly server: AuthorizationServer
  readonly state: string
}

/**
 * Checks what the provider sent back with the browser
 * ([RFC 6749, section 4.1.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2)), before anything else is called:
 * the issuer first, so that an answer of another provider is not even read
 * ([RFC 9207, section 2.4](https://www.rfc-editor.org/rfc/rfc9207#section-2.4)).
 *
 * @throws SsoError `authorization_issuer_mismatch`, `authorization_denied`, `authorization_failed` or
 *   `authorization_response_invalid`
 */
export function validateAuthorizationResponse(
  unverifiedAnswer: URLSearchParams,
  asked: AskedFor,
): ValidatedResponse {
  const answer = validateResponse(unverifiedAnswer, asked)
  // The library looks at the code only when it sends it.
  onlyValue(answer, 'code')
  return answer
}

/**
 * The same for an answer that brings no code, whatever it brings.
 *
 * @throws SsoError as {@link validateAuthorizationResponse}
 */
export function validateResponse(
  unverifiedAnswer: URLSearchParams,
  { client, server, state }: AskedFor,
): ValidatedResponse {
  const issuers = unverifiedAnswer.getAll('iss')
  const expectsIssuer = server.authorization_response_iss_parameter_supported === true
  if (issuers.some((issuer) => issuer !== server.issuer) || (expectsIssuer && issuers.length === 0)) {
    const details = { expected: server.issuer, received: shown(issuers[0]) }
    throw new SsoError('authorization_issuer_mismatch', 'the answer is not from the issuer that was asked', {
      details,
    })
  }
  try {
    return validateAuthResponse(server, { client_id: client.clientId }, unverifiedAnswer, state)
  } catch (error) {
    if (error instanceof AuthorizationResponseError) throw explain(error)
    throw malformed({}, error)
  }
}

/** @throws SsoError `authorization_response_invalid` unless the parameter is there once, and not empty */
export function onlyValue(answer: URLSearchParams, parameter: string): string {
  const [value, ...others] = answer.getAll(parameter)
  if (!value || others.length > 0) throw malformed({ parameter })
  return value
}

function explain(cause: AuthorizationResponseError): SsoError {
  const details = errorDetails(cause.error, cause.error_description)
  if (cause.error === 'access_denied') {
    return new SsoError('authorization_denied', 'the person or the identity provider ended the login', {
      details,
      cause,
    })
  }
  return new SsoError('authorization_failed', 'the identity provider answered with an error', {
    details,
    cause,
  })
}

/**
 * What may be kept of an error that a provider sent: its code, and a vendor's own number such as `AADSTS50011` out of
 * the description, which may otherwise name people.
 */
export function errorDetails(error: unknown, description: unknown): ErrorDetails {
  const vendorCode = typeof description === 'string' && description.match(/\b[A-Z]{3,10}\d{3,10}\b/)?.[0]
  return { error: shown(error), ...(vendorCode ? { vendorCode } : {}) }
}

function malformed(details: ErrorDetails, cause?: unknown): SsoError {
  return new SsoError('authorization_response_invalid', 'the answer of the identity provider is malformed', {
    details,
    cause,
  })
}
