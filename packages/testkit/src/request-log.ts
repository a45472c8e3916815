/** The memory of what a server was asked. `Recorded` is one request as it arrived on the wire. */
export interface Log<Recorded extends { readonly endpoint: string }> extends Iterable<Recorded> {
  /**
   * The most recent requests, oldest first. Older ones than the last 1000 are dropped, though still
   * counted.
   */
  readonly all: readonly Recorded[]
  /** How many requests an endpoint received since the start or the last `clear`. */
  count(endpoint: Recorded['endpoint']): number
  /**
   * The latest request to an endpoint.
   *
   * @throws Error when there was none, so that an assertion on it names the true reason.
   */
  last(endpoint: Recorded['endpoint']): Recorded
  /** Forgets everything. */
  clear(): void
}

/** The side of the log that the server writes to. */
export interface WritableLog<Recorded extends { readonly endpoint: string }> extends Log<Recorded> {
  add(request: Recorded): void
}

/** A server may run for days behind a benchmark, so its memory is bounded. */
const limit = 1000

export function createLog<Recorded extends { readonly endpoint: string }>(): WritableLog<Recorded> {
  const all: Recorded[] = []
  const counts = new Map<string, number>()
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
