import { allowInsecureRequests, customFetch } from 'oauth4webapi'
import { type BaseUrl, mayCall } from '../config/base-url.ts'
import { type ErrorDetails, SsoError, shown } from '../errors/index.ts'
import type { Fetch } from '../ports/fetch.ts'

/** How long all calls of one step of a login may take together, in milliseconds, bodies included. */
const TIME_LIMIT = 10_000

/** How much of an answer is read, in bytes after decompression. */
const SIZE_LIMIT = 1024 * 1024

/** Calls to an identity provider, for one step of a login. */
export interface BackChannel {
  /**
   * Like `fetch`, for a provider that may be down, slow or hostile: never follows a redirect, which could carry codes
   * and secrets elsewhere; stops after 10 seconds for all calls together and after 1 MiB.
   *
   * @throws SsoError `provider_url_refused`, `provider_unreachable`, `provider_timeout`,
   *   `provider_response_too_large` or, for a redirect, `provider_response_invalid`
   */
  readonly fetch: Fetch
  /** Gets a JSON object. @throws SsoError as `fetch` does, and `provider_response_invalid` for anything else */
  getJson(url: string): Promise<Readonly<Record<string, unknown>>>
}

/**
 * Opens a back channel; its time starts to run now.
 *
 * @param patience how long to wait, in milliseconds, where that is less than a login would
 */
export function openBackChannel(fetch: Fetch, baseUrl: BaseUrl, patience: number = TIME_LIMIT): BackChannel {
  const signal = AbortSignal.timeout(Math.min(patience, TIME_LIMIT))

  async function guardedFetch(url: string, init: RequestInit): Promise<Response> {
    const parsed = URL.parse(url)
    const details = { host: parsed?.host ?? '' }
    if (!parsed || !mayCall(parsed, baseUrl)) {
      throw new SsoError('provider_url_refused', 'only https addresses of an identity provider are called', {
        details,
      })
    }
    try {
      const response = await fetch(url, { ...init, redirect: 'manual', signal })
      if (isRedirect(response)) {
        response.body?.cancel().catch(() => undefined)
        const message = 'the identity provider answered with a redirect, which is not followed'
        throw invalid(message, { ...details, status: response.status })
      }
      const body = await readBody(response, signal, details)
      const { status, headers } = response
      return new Response(body.length > 0 ? body : null, { status, headers: forwarded(headers) })
    } catch (error) {
      throw error instanceof SsoError ? error : explain(error, signal, details)
    }
  }

  return {
    fetch: guardedFetch,
    async getJson(url) {
      const response = await guardedFetch(url, { method: 'GET', headers: { accept: 'application/json' } })
      if (response.status !== 200) {
        response.body?.cancel().catch(() => undefined)
        const details = { host: new URL(url).host, path: new URL(url).pathname, status: response.status }
        throw invalid('the identity provider answered with an error status', details)
      }
      return readJsonObject(response, url)
    },
  }
}

/**
 * The back channel in the form that the OAuth library takes. Its own rule about https is off because ours, which
 * knows about loopback, stands in front of every call.
 */
export function libraryOptions(backChannel: BackChannel): {
  [customFetch]: (url: string, init: object) => Promise<Response>
  [allowInsecureRequests]: true
} {
  return { [customFetch]: (url, init) => backChannel.fetch(url, init), [allowInsecureRequests]: true }
}

/**
 * Reads a JSON object. The content type is not looked at: providers get it wrong, and JSON says what it is.
 *
 * @throws SsoError `provider_response_invalid`
 */
export async function readJsonObject(
  response: Response,
  url: string,
): Promise<Readonly<Record<string, unknown>>> {
  const value: unknown = await response.json().catch(() => undefined)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const contentType = shown(response.headers.get('content-type')?.split(';')[0])
    const { host, pathname: path } = new URL(url)
    throw invalid('the identity provider did not answer with a JSON object', { host, path, contentType })
  }
  return value as Record<string, unknown>
}

/** Some hosts show a redirect that is not followed, others hide it behind status 0. */
function isRedirect({ status }: Response): boolean {
  return status === 0 || (status >= 300 && status < 400)
}

async function readBody(
  response: Response,
  signal: AbortSignal,
  details: ErrorDetails,
): Promise<Uint8Array<ArrayBuffer>> {
  // The event does not come again for those who listen too late.
  signal.throwIfAborted()
  if (!response.body) return new Uint8Array()
  const reader = response.body.getReader()
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  // When nothing is waiting any more, its rejection is nobody's concern.
  aborted.catch(() => undefined)
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), aborted])
      if (done) break
      size += value.length
      if (size > SIZE_LIMIT) {
        throw new SsoError(
          'provider_response_too_large',
          'the answer of the identity provider is too large',
          { details },
        )
      }
      chunks.push(value)
    }
  } finally {
    // Not awaited: a peer that neither ends nor fails must not keep us.
    reader.cancel().catch(() => undefined)
  }
  const body = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.length
  }
  return body
}

/** Only what somebody reads: length and encoding describe bytes that are no longer there. */
function forwarded(headers: Headers): Headers {
  const kept = new Headers()
  for (const name of ['content-type', 'www-authenticate']) {
    const value = headers.get(name)
    if (value !== null) kept.set(name, value)
  }
  return kept
}

function explain(cause: unknown, signal: AbortSignal, details: ErrorDetails): SsoError {
  if (signal.aborted) {
    return new SsoError('provider_timeout', 'the identity provider did not answer in time', {
      details,
      cause,
    })
  }
  return new SsoError('provider_unreachable', 'the identity provider can not be reached', {
    details: { ...details, reason: reasonOf(cause) },
    cause,
  })
}

/** Such as ECONNREFUSED or ENOTFOUND, where the host says it. */
function reasonOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: { code?: unknown }; name?: unknown }
  return shown(cause?.code ?? code ?? name)
}

function invalid(message: string, details: ErrorDetails): SsoError {
  return new SsoError('provider_response_invalid', message, { details })
}
