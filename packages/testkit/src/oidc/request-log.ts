/**
 * What a request was for. `elsewhere` is where redirecting personalities lead: nobody but a client that
 * follows comes here.
 */
export type EndpointName =
  | 'discovery'
  | 'jwks'
  | 'authorization'
  | 'token'
  | 'userinfo'
  | 'end_session'
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
   * How the client authenticated at the token endpoint; both when it wrongly used both, empty when it did
   * not.
   */
  readonly clientAuthentication: readonly string[]
  /** Status of the answer; absent until there is one, and when the connection was reset instead. */
  status?: number
}

/** The provider's memory of what it was asked. */
export interface RequestLog extends Iterable<RecordedRequest> {
  /**
   * The most recent requests, oldest first. Older ones than the last 1000 are dropped, though still
   * counted.
   */
  readonly all: readonly RecordedRequest[]
  /** How many requests an endpoint received since the start or the last `clear`. */
  count(endpoint: EndpointName): number
  /**
   * The latest request to an endpoint.
   *
   * @throws Error when there was none, so that an assertion on it names the true reason.
   */
  last(endpoint: EndpointName): RecordedRequest
  /** Forgets everything. */
  clear(): void
}

/** The side of the log that the provider writes to. */
export interface WritableRequestLog extends RequestLog {
  add(request: RecordedRequest): void
}

/** A provider may run for days behind a benchmark, so its memory is bounded. */
const limit = 1000

export function createRequestLog(): WritableRequestLog {
  const all: RecordedRequest[] = []
  const counts = new Map<EndpointName, number>()
  return {
    all,
    count: (endpoint) => counts.get(endpoint) ?? 0,
    last(endpoint) {
      const found = all.findLast((request) => request.endpoint === endpoint)
      if (found === undefined) throw new Error(`no request to the ${endpoint} endpoint was recorded`)
      return found
    },
    clear() {
      all.length = 0
      counts.clear()
    },
    add(request) {
      counts.set(request.endpoint, (counts.get(request.endpoint) ?? 0) + 1)
      all.push(request)
      if (all.length > limit) all.shift()
    },
    [Symbol.iterator]: () => all[Symbol.iterator](),
  }
}
