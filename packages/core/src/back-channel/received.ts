import type { Bytes } from '../encoding/bytes.ts'

/** An answer that is here as a whole. */
export interface Received {
  readonly status: number
  readonly headers: Headers
  readonly body: Bytes
}

/** What is in answers that are here, so that nobody reads them as a stream once more. */
const bodies = new WeakMap<Response, Bytes>()

/** The same for those who know answers in this form alone. */
export function toResponse({ status, headers, body }: Received): Response {
  const response = new Response(body.length > 0 ? body : null, { status, headers: forwarded(headers) })
  bodies.set(response, body)
  return response
}

/** @returns what {@link toResponse} was given; undefined for an answer from elsewhere */
export function bodyOf(response: Response): Bytes | undefined {
  return bodies.get(response)
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
