import { createLog, type Log, type WritableLog } from '../request-log.ts'

/**
 * What a request was for. `elsewhere` is where redirecting personalities lead: nobody but a client that
 * follows comes here.
 */
export type EndpointName =
  | 'discovery'
  | 'jwks'
  | 'authorization'
  | 'par'
  | 'token'
  | 'userinfo'
  | 'end_session'
  | 'revocation'
  | 'elsewhere'
  | 'unknown'

/** One request as it arrived on the wire. */
export interface RecordedRequest {
  readonly endpoint: EndpointName
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  /** Query parameters of a GET, form parameters of a POST. */
  readonly parameters: URLSearchParams
  /**
   * How the client authenticated at the token, PAR or revocation endpoint; both when it wrongly used both, empty when it did
   * not.
   */
  readonly clientAuthentication: readonly string[]
  /** Status of the answer; absent until there is one, and when the connection was reset instead. */
  status?: number
}

/** The provider's memory of what it was asked. */
export type RequestLog = Log<RecordedRequest>

/** The side of the log that the provider writes to. */
export type WritableRequestLog = WritableLog<RecordedRequest>

export function createRequestLog(): WritableRequestLog {
  return createLog()
}
