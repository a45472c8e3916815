import { utf8 } from './encoding.ts'

/** White space before a JSON text is no error, so a client without limits reads the good value in the end. */
const blank = ' '
const blankChunk = utf8(blank.repeat(64 * 1024))
/** Nobody waits for this many bytes of a dripping answer: at ten a second it is more than a day. */
const dripLimit = 1_000_000

/**
 * Resolves after some time.
 *
 * @throws the signal's reason as soon as it is aborted.
 */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

function withBody(good: Response, body: ReadableStream<Uint8Array<ArrayBuffer>>): Response {
  return new Response(body, { status: good.status, headers: good.headers })
}

/**
 * The good answer with so many blanks in front that it is `bytes` long. They are made only when they are
 * read.
 */
export function huge(good: Response, bytes: number, signal: AbortSignal): Response {
  let sent = 0
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      signal.throwIfAborted()
      if (sent < bytes) {
        const chunk = blankChunk.slice(0, bytes - sent)
        sent += chunk.length
        controller.enqueue(chunk)
        return
      }
      controller.enqueue(utf8(await good.text()))
      controller.close()
    },
  })
  return withBody(good, body)
}

/** The good answer's head with a body of single blanks that, for any practical purpose, never ends. */
export function drip(good: Response, milliseconds: number, signal: AbortSignal): Response {
  const cancelled = new AbortController()
  const either = AbortSignal.any([signal, cancelled.signal])
  let sent = 0
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      if (sent > 0) await pause(milliseconds, either)
      sent += 1
      controller.enqueue(utf8(blank))
      if (sent === dripLimit) controller.close()
    },
    cancel(reason) {
      cancelled.abort(reason)
    },
  })
  return withBody(good, body)
}
