import type { PublicErrorCode } from '@doorward/hono/contract'

/** What can go wrong for the person here: what the server says, or that nothing useful came back at all. */
export type FailureCode = PublicErrorCode | 'unreachable'

export interface Failure {
  readonly code: FailureCode
  /** Under this id the administrator finds the precise reason. */
  readonly requestId: string | null
}

/** What is wrong with the address, said at the field. */
export interface AddressFault {
  readonly reason: 'empty' | 'malformed' | 'unknown_domain' | 'bad_request'
  readonly requestId: string | null
}

export const unreachable: Failure = { code: 'unreachable', requestId: null }

// A record and not a list: a code that the contract gains is a type error here until it is added.
const publicCodes: Record<PublicErrorCode, true> = {
  login_failed: true,
  logout_failed: true,
  login_expired: true,
  not_allowed: true,
  unknown_domain: true,
  provider_unavailable: true,
  too_many_requests: true,
  bad_request: true,
  server_error: true,
}

function isPublicCode(value: unknown): value is PublicErrorCode {
  return typeof value === 'string' && Object.hasOwn(publicCodes, value)
}

// Anyone can write a link to this page: only what looks like an id of ours is ever shown.
const requestIdPattern = /^[A-Za-z0-9-]{4,64}$/

/** Reads what came from outside (the address bar, an answer). Whatever we do not know is a `server_error`. */
export function readFailure(code: unknown, requestId: unknown): Failure {
  return {
    code: isPublicCode(code) ? code : 'server_error',
    requestId: typeof requestId === 'string' && requestIdPattern.test(requestId) ? requestId : null,
  }
}
