import { request as open } from 'node:http'
import { type Browser, createBrowser } from '@doorward/hono/testing'

/** A browser at `origin`. Not by `fetch`, which has its own idea of what says where a request comes from. */
export function browserAt(origin: string): Browser {
  return createBrowser(origin, (request) => send(request))
}

function send(request: Request): Promise<Response> {
  const { hostname, port, pathname, search } = new URL(request.url)
  const options = { host: hostname, port, method: request.method, path: pathname + search }
  return new Promise((resolve, reject) => {
    const headers = Object.fromEntries(request.headers)
    const outgoing = open({ ...options, headers, family: 4 }, async (incoming) => {
      const received = new Headers()
      for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
        for (const value of values) received.append(name, value)
      }
      const body = (await incoming.setEncoding('utf8').toArray()).join('')
      resolve(
        new Response(body === '' ? null : body, { status: incoming.statusCode ?? 0, headers: received }),
      )
    })
    outgoing.once('error', reject)
    outgoing.end()
  })
}
