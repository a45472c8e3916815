import { type ErrorDetails, SsoError, shown } from '../errors/index.ts'
import type { AuthorizationServer } from './authorization-server.ts'

declare const brand: unique symbol

/** A code out of an authorization response whose state and issuer were checked. No other is sent anywhere. */
export type AuthorizationCode = string & { readonly [brand]: 'AuthorizationCode' }

/** Who was asked, and with which `state`. */
export interface AskedFor {
  readonly server: Pick<AuthorizationServer, 'issuer' | 'authorization_response_iss_parameter_supported'>
  readonly state: string
}

/** Parameters of answers that we never ask for: one as a JWT, and one with a token for use at once. */
const FOREIGN: readonly string[] = ['response', 'token']

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
): AuthorizationCode {
  validateResponse(unverifiedAnswer, asked)
  if (unverifiedAnswer.has('id_token')) throw malformed({ parameter: 'id_token' })
  return onlyValue(unverifiedAnswer, 'code') as AuthorizationCode
}

/**
 * The same for an answer that brings no code, whatever it brings.
 *
 * @throws SsoError as {@link validateAuthorizationResponse}
 */
export function validateResponse(unverifiedAnswer: URLSearchParams, { server, state }: AskedFor): void {
  const issuers = unverifiedAnswer.getAll('iss')
  const expectsIssuer = server.authorization_response_iss_parameter_supported === true
  if (issuers.some((issuer) => issuer !== server.issuer) || (expectsIssuer && issuers.length === 0)) {
    const details = { expected: server.issuer, received: shown(issuers[0]) }
    throw new SsoError('authorization_issuer_mismatch', 'the answer is not from the issuer that was asked', {
      details,
    })
  }
  if (issuers.length > 1) throw malformed({ parameter: 'iss' })
  if (onlyValue(unverifiedAnswer, 'state') !== state) throw malformed({ parameter: 'state' })
  const error = unverifiedAnswer.has('error') ? singleValue(unverifiedAnswer, 'error') : undefined
  if (error !== undefined) throw explain(error, unverifiedAnswer.get('error_description'))
  const foreign = FOREIGN.find((parameter) => unverifiedAnswer.has(parameter))
  if (foreign !== undefined) throw malformed({ parameter: foreign })
}

/** @throws SsoError `authorization_response_invalid` unless the parameter is there once, and not empty */
export function onlyValue(answer: URLSearchParams, parameter: string): string {
  const value = singleValue(answer, parameter)
  if (value === undefined) throw malformed({ parameter })
  return value
}

/**
 * @returns undefined where the parameter is not there, or is empty, which is the same
 *   ([RFC 6749, section 3.1](https://www.rfc-editor.org/rfc/rfc6749#section-3.1))
 */
function singleValue(answer: URLSearchParams, parameter: string): string | undefined {
  const values = answer.getAll(parameter)
  if (values.length > 1) throw malformed({ parameter })
  return values[0] || undefined
}

/** Why the provider sends nobody. */
function explain(error: string, description: string | null): SsoError {
  const details = errorDetails(error, description)
  if (error === 'access_denied') {
    const message = 'the person or the identity provider ended the login'
    return new SsoError('authorization_denied', message, { details })
  }
  return new SsoError('authorization_failed', 'the identity provider answered with an error', { details })
}

/**
 * What may be kept of an error that a provider sent: its code, and a vendor's own number such as `AADSTS50011` out of
 * the description, which may otherwise name people.
 */
export function errorDetails(error: unknown, description: unknown): ErrorDetails {
  const vendorCode = typeof description === 'string' && description.match(/\b[A-Z]{3,10}\d{3,10}\b/)?.[0]
  return { error: shown(error), ...(vendorCode ? { vendorCode } : {}) }
}

function malformed(details: ErrorDetails): SsoError {
  return new SsoError('authorization_response_invalid', 'the answer of the identity provider is malformed', {
    details,
  })
}
