import { type BaseUrl, mayCall } from '../config/base-url.ts'
import type { Bytes } from '../encoding/bytes.ts'
import { type ErrorDetails, SsoError, shown } from '../errors/index.ts'
import type { Fetch } from '../ports/fetch.ts'
import { readJsonObject } from './json.ts'
import { type Received, toResponse } from './received.ts'

/** How long all calls of one step of a login may take together, in milliseconds, bodies included. */
const TIME_LIMIT = 10_000

/** How much of an answer is read unless somebody says otherwise, in bytes after decompression. */
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
  /**
   * Gets a document in a format of its own, such as XML.
   *
   * @throws SsoError as `fetch` does, and `provider_response_invalid` for any status but 200
   */
  getBytes(url: string, wanted: WantedBytes): Promise<Bytes>
  /** Gets a JSON object. @throws SsoError as `fetch` does, and `provider_response_invalid` for anything else */
  getJson(url: string): Promise<Readonly<Record<string, unknown>>>
}

/** What somebody who asks for bytes can take. */
interface WantedBytes {
  /** The `Accept` header. What comes is not looked at: only whoever reads it knows what it is. */
  readonly accept: string
  /** In bytes after decompression, in place of the 1 MiB. */
  readonly sizeLimit: number
}

/**
 * Opens a back channel; its time starts to run with the first call.
 *
 * @param patience how long to wait, in milliseconds, where that is less than a login would
 */
export function openBackChannel(fetch: Fetch, baseUrl: BaseUrl, patience: number = TIME_LIMIT): BackChannel {
  // Most logins find all they need here, and a clock that nobody looks at costs as much as reading their answer.
  let running: AbortSignal | undefined

  async function receive(url: string, init: RequestInit, sizeLimit: number): Promise<Received> {
    const parsed = URL.parse(url)
    const details = { host: parsed?.host ?? '' }
    if (!parsed || !mayCall(parsed, baseUrl)) {
      throw new SsoError('provider_url_refused', 'only https addresses of an identity provider are called', {
        details,
      })
    }
    running ??= AbortSignal.timeout(Math.min(patience, TIME_LIMIT))
    const signal = running
    try {
      const response = await fetch(url, { ...init, redirect: 'manual', signal })
      const { status, headers } = response
      if (isRedirect(response)) {
        response.body?.cancel().catch(() => undefined)
        throw invalid('the identity provider answered with a redirect, which is not followed', {
          ...details,
          status,
        })
      }
      return { status, headers, body: await readBody(response, { sizeLimit, signal, details }) }
    } catch (error) {
      throw error instanceof SsoError ? error : explain(error, signal, details)
    }
  }

  /** What is not 200 is of no use to whoever asks for a document. */
  async function get(url: string, accept: string, sizeLimit: number): Promise<Received> {
    const received = await receive(url, { method: 'GET', headers: { accept } }, sizeLimit)
    if (received.status === 200) return received
    const { host, pathname: path } = new URL(url)
    throw invalid('the identity provider answered with an error status', {
      host,
      path,
      status: received.status,
    })
  }

  return {
    fetch: async (url, init) => toResponse(await receive(url, init, SIZE_LIMIT)),
    getBytes: async (url, { accept, sizeLimit }) => (await get(url, accept, sizeLimit)).body,
    getJson: async (url) => readJsonObject(toResponse(await get(url, 'application/json', SIZE_LIMIT)), url),
  }
}

/** Some hosts show a redirect that is not followed, others hide it behind status 0. */
function isRedirect({ status }: Response): boolean {
  return status === 0 || (status >= 300 && status < 400)
}

/** What the body of an answer is read with. */
interface ReadingBody {
  readonly sizeLimit: number
  readonly signal: AbortSignal
  readonly details: ErrorDetails
}

async function readBody(response: Response, { sizeLimit, signal, details }: ReadingBody): Promise<Bytes> {
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
      if (size > sizeLimit) {
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

function explain(cause: unknown, signal: AbortSignal, details: ErrorDetails): SsoError {
  if (signal.aborted) {
    return new SsoError('provider_timeout', 'the identity provider did not answer in time', {
      details,
      cause,
    })
  }
  return new SsoError('provider_unreachable', 'the identity provider can not be reached', {
    details: { ...details, ...reasonOf(cause) },
    cause,
  })
}

/** Such as ECONNREFUSED or ENOTFOUND, where the host says it; that it was an error says nothing. */
function reasonOf(error: unknown): { readonly reason?: string } {
  const { code, cause, name } = error as { code?: unknown; cause?: { code?: unknown }; name?: unknown }
  const reason = cause?.code ?? code ?? name
  return reason === undefined || reason === 'Error' || reason === 'TypeError' ? {} : { reason: shown(reason) }
}

function invalid(message: string, details: ErrorDetails): SsoError {
  return new SsoError('provider_response_invalid', message, { details })
}
