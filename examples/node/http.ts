import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'

// Node and the Web declare the same stream twice, with small differences.
type Bytes = Uint8Array<ArrayBuffer>

/** Set here, whatever the client says. */
const ADDRESS = 'x-client-address'

/** Who is asking. Behind a proxy that is the proxy: take what yours says of the client then. */
export function clientAddress(request: Request): string {
  return request.headers.get(ADDRESS) ?? ''
}

/** Serves `app` on this machine alone, without TLS: that belongs in front of it. */
export function serve(
  app: { fetch(request: Request): Response | Promise<Response> },
  { baseUrl, port }: { readonly baseUrl: string; readonly port: number },
): void {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const request = toRequest(incoming, baseUrl)
      await send(request ? await app.fetch(request) : new Response(null, { status: 400 }), outgoing)
    } catch (error) {
      console.error(error)
      outgoing.destroy()
    }
  })
  server.listen(port, '127.0.0.1', () => console.log(`${baseUrl}/`))
}

/** @returns undefined for what is no request to us */
function toRequest(incoming: IncomingMessage, baseUrl: string): Request | undefined {
  const { method = 'GET', url = '' } = incoming
  if (!url.startsWith('/') || !/^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method)) return undefined
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  headers.set(ADDRESS, incoming.socket.remoteAddress ?? '')
  if (method === 'GET' || method === 'HEAD') return new Request(baseUrl + url, { method, headers })
  const body = Readable.toWeb(incoming) as ReadableStream<Bytes>
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, duplex: 'half' }
  return new Request(baseUrl + url, init)
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
  if (!response.body) return void outgoing.end()
  await pipeline(Readable.fromWeb(response.body as NodeReadableStream<Bytes>), outgoing)
}
