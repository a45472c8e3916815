import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { createGzip } from 'node:zlib'
import { ConnectionReset } from './oidc/connection-reset.ts'
import { createOpenIdProvider } from './oidc/provider.ts'
import type { OpenIdProvider, OpenIdProviderOptions } from './oidc/types.ts'
import { createSamlIdentityProvider } from './saml/provider.ts'
import type { SamlIdentityProvider, SamlIdentityProviderOptions } from './saml/types.ts'

// Node and the Web declare the same stream twice, with small differences.
type Bytes = Uint8Array<ArrayBuffer>

/** Anything that answers Web-standard requests. */
export interface Handler {
  fetch(request: Request): Response | Promise<Response>
}

/** Loopback only: what is served here may be hostile by intention. */
export interface ListenOptions {
  /** Defaults to a free one. */
  readonly port?: number
  readonly host?: '127.0.0.1' | 'localhost' | '::1'
}

/** A handler that is being served. */
export interface Listener {
  /** Scheme, host and port, without a final slash. */
  readonly url: string
  /** Stops listening and ends every connection, also one on which an answer is still to come. */
  close(): Promise<void>
}

/** Options of a served provider. Its issuer is the listener's URL with `issuerPath` after it. */
export interface StartOptions extends Omit<OpenIdProviderOptions, 'issuer'>, ListenOptions {
  /** For example `/tenant-1`; defaults to none. */
  readonly issuerPath?: string
}

/**
 * Starts an OpenID Provider on a loopback port of its own.
 *
 * @throws when the port is taken.
 */
export async function startOpenIdProvider(options: StartOptions): Promise<OpenIdProvider & Listener> {
  let provider: OpenIdProvider | undefined
  const listener = await listen(async (url) => {
    provider = await createOpenIdProvider({ ...options, issuer: `${url}${options.issuerPath ?? ''}` })
    return provider
  }, options)
  if (provider === undefined) throw new Error('the listener did not ask for its handler')
  return Object.assign(provider, listener)
}

/** Options of a served identity provider. Its addresses are the listener's URL with `path` after it. */
export interface StartSamlOptions extends Omit<SamlIdentityProviderOptions, 'baseUrl'>, ListenOptions {
  /** For example `/tenant-1`; defaults to none. */
  readonly path?: string
}

/**
 * Starts a SAML identity provider on a loopback port of its own.
 *
 * @throws when the port is taken.
 */
export async function startSamlIdentityProvider(
  options: StartSamlOptions = {},
): Promise<SamlIdentityProvider & Listener> {
  let provider: SamlIdentityProvider | undefined
  const listener = await listen(async (url) => {
    provider = await createSamlIdentityProvider({ ...options, baseUrl: `${url}${options.path ?? ''}` })
    return provider
  }, options)
  if (provider === undefined) throw new Error('the listener did not ask for its handler')
  return Object.assign(provider, listener)
}

/**
 * Serves a handler over HTTP/1.1 on loopback.
 *
 * @param createHandler - makes the handler once the URL, and with it an issuer, is known.
 * @throws when the port is taken, or what `createHandler` throws; nothing is left listening then.
 */
export async function listen(
  createHandler: (url: string) => Handler | Promise<Handler>,
  { port = 0, host = '127.0.0.1' }: ListenOptions = {},
): Promise<Listener> {
  // Who comes before the handler is made waits for it: a fixed port is known to others beforehand.
  const ready = Promise.withResolvers<Handler>()
  const server = createServer((incoming, outgoing) => void serve(ready.promise, url, incoming, outgoing))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`
  const close = () => closeServer(server)
  try {
    ready.resolve(await createHandler(url))
  } catch (error) {
    await close()
    throw error
  }
  return { url, close }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function serve(
  ready: Promise<Handler>,
  url: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  try {
    const handler = await ready
    await send(await handler.fetch(toRequest(url, incoming, gone.signal)), outgoing)
  } catch (error) {
    if (gone.signal.aborted) return
    if (error instanceof ConnectionReset || outgoing.headersSent) incoming.socket.destroy()
    else
      outgoing.writeHead(500).end(`the handler failed: ${error instanceof Error ? error.message : 'unknown'}`)
  }
}

function toRequest(url: string, incoming: IncomingMessage, signal: AbortSignal): Request {
  const method = incoming.method ?? 'GET'
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  const target = new URL(incoming.url ?? '/', url)
  if (method === 'GET' || method === 'HEAD') return new Request(target, { method, headers, signal })
  const body = Readable.toWeb(incoming) as ReadableStream<Bytes>
  // Node asks for `duplex` where a body is a stream; the Web's types do not know it yet.
  const init: RequestInit & { duplex: 'half' } = { method, headers, signal, body, duplex: 'half' }
  return new Request(target, init)
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
  if (response.body === null) {
    outgoing.end()
    return
  }
  const body = Readable.fromWeb(response.body as NodeReadableStream)
  // The header asks for the encoding, the body is still plain: so do handlers mean it in workerd, too.
  if (response.headers.get('content-encoding') === 'gzip') await pipeline(body, createGzip(), outgoing)
  else await pipeline(body, outgoing)
}
