import { Agent, type IncomingMessage, request as sendRequest } from 'node:http'
import type { Send } from '@doorward/hono/testing'

/** When we close an idle connection, in milliseconds; workerd does it after fifteen seconds. */
const IDLE_TIMEOUT = 5000

/**
 * Sends requests to a port of this machine, whatever host they are addressed to, over connections of its own. The
 * Web's `fetch` would not do: it says itself where a request comes from.
 */
export function sendTo(port: number): Send {
  // Idle for a while, workerd closes a connection: not while we begin to use it again.
  const agent = new Agent({ keepAlive: true, maxSockets: 32, timeout: IDLE_TIMEOUT })
  return async (request) => {
    const { pathname, search, host } = new URL(request.url)
    const body = Buffer.from(await request.arrayBuffer())
    const headers = { ...Object.fromEntries(request.headers), host, 'content-length': body.length }
    const options = { agent, host: '127.0.0.1', port, path: pathname + search, headers }
    return new Promise((resolve, reject) => {
      sendRequest({ ...options, method: request.method }, (incoming) => {
        toResponse(incoming).then(resolve, reject)
      })
        .once('error', reject)
        .end(body)
    })
  }
}

async function toResponse(incoming: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  const body = chunks.length === 0 ? null : Buffer.concat(chunks)
  return new Response(body, { status: incoming.statusCode ?? 0, headers })
}
