import type {
  LoginMethods,
  LoginUrlAnswer,
  LoginUrlRequest,
  LogoutAnswer,
  LogoutRequest,
  SessionAnswer,
} from '@doorward/hono/contract'
import { type Failure, readFailure, unreachable } from './failure.ts'

/** A refusal is an answer too: nothing here throws. */
type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export interface Api {
  methods(): Promise<Answer<LoginMethods>>
  /** Null when nobody is signed in. */
  session(): Promise<Answer<SessionAnswer | null>>
  loginUrl(request: LoginUrlRequest): Promise<Answer<LoginUrlAnswer>>
  /** Without a request in this browser only. Null when nobody is signed in, and nobody was signed out elsewhere. */
  logout(request?: LogoutRequest): Promise<Answer<LogoutAnswer | null>>
}

/** Longer than any honest answer takes, shorter than a person's patience. */
const patience = 20_000

/** The only place that fetches. `origin` is the page's own, or a test's server. */
export function createApi(origin: string): Api {
  async function exchange(path: string, init: RequestInit = {}): Promise<Exchange | null> {
    try {
      const response = await fetch(new URL(path, origin), {
        cache: 'no-store',
        signal: AbortSignal.timeout(patience),
        ...init,
        headers: { accept: 'application/json', ...init.headers },
      })
      return { status: response.status, ok: response.ok, body: await response.json() }
    } catch {
      // No connection, no answer in time, or a proxy's page instead of JSON: for the person all one.
      return null
    }
  }

  function post(path: string, body?: object): Promise<Exchange | null> {
    const json = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return exchange(path, { method: 'POST', ...json })
  }

  return {
    async methods() {
      return read<LoginMethods>(await exchange('/api/auth/social'))
    },

    async session() {
      const answer = await exchange('/api/auth/session')
      return answer?.status === 401 ? { ok: true, value: null } : read<SessionAnswer>(answer)
    },

    // POST and not GET: an e-mail address in a URL ends in logs.
    async loginUrl(request) {
      const answer = await post('/api/auth/sso/login-url/', request)
      return onlyWebAddresses(read<LoginUrlAnswer>(answer), (value) =>
        'url' in value ? [value.url] : value.choose.map((choice) => choice.url),
      )
    },

    async logout(request) {
      const answer = await post('/api/auth/logout', request)
      if (answer?.status === 401) return { ok: true, value: null }
      return onlyWebAddresses(read<LogoutAnswer>(answer), (value) => [value.url])
    },
  }

  /** The page navigates to these: `javascript:` and its kin stop here, whatever the server said. */
  function onlyWebAddresses<T>(answer: Answer<T>, addresses: (value: T) => readonly string[]): Answer<T> {
    if (!answer.ok) return answer
    try {
      const isSafe = addresses(answer.value).every((it) => /^https?:$/.test(new URL(it, origin).protocol))
      if (isSafe) return answer
    } catch {
      // Not an address, or not of the shape that holds one.
    }
    return { ok: false, failure: readFailure('server_error', null) }
  }
}

interface Exchange {
  readonly status: number
  readonly ok: boolean
  readonly body: unknown
}

function read<T>(exchange: Exchange | null): Answer<T> {
  if (!exchange) return { ok: false, failure: unreachable }
  // The contract's types hold because the server is our own, on our own origin.
  if (exchange.ok) return { ok: true, value: exchange.body as T }
  const problem = exchange.body as { code?: unknown; request_id?: unknown } | null
  return { ok: false, failure: readFailure(problem?.code, problem?.request_id) }
}
