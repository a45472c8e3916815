import { createServer, type IncomingMessage } from 'node:http'
import { type Client, createIssuer, type Issuer } from './issuer.ts'
import { scenarios } from './scenarios.ts'

/** What {@link startOidcProvider} says. */
interface Settings extends Client {
  readonly port: number
}

// npm's oidc-provider in a process of its own, as a real one would be: an issuer for each scenario, by path.
const { port, ...client } = JSON.parse(process.env['INTEROP_SETTINGS'] ?? '{}') as Settings

const issuers = new Map<string, Issuer>(
  scenarios.map((scenario) => {
    const url = `http://127.0.0.1:${port}/${scenario.id}`
    return [scenario.id, createIssuer(url, scenario, client)]
  }),
)

createServer((request, response) => {
  const [, id = '', path = '/'] = /^\/([\w-]+)(\/.*)?$/.exec(request.url ?? '') ?? []
  const issuer = issuers.get(id)
  if (!issuer) return void response.writeHead(404).end()
  if (path === '/administration/received') return void response.end(JSON.stringify(issuer.received))
  if (path === '/administration/replace-keys' && request.method === 'POST') {
    issuer.replaceKeys()
    return void response.end()
  }
  // As Connect, Express and Fastify do it below a path.
  Object.assign<IncomingMessage, { originalUrl?: string }>(request, { originalUrl: request.url ?? '' })
  request.url = path
  issuer.handle(request, response)
}).listen(port, '127.0.0.1')
