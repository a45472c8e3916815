import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { shown } from '@doorward/core/errors'

/** What a look at a host's certificate showed. Nothing is sent there beyond the name that is asked for. */
export type HostLook =
  | {
      readonly kind: 'seen'
      /** The last moment of the certificate's validity, in milliseconds since the epoch. */
      readonly validTo: number
      /** Why it is not trusted. */
      readonly refusal: string | undefined
      readonly address: string
    }
  | { readonly kind: 'unreachable'; readonly reason: string }

/** Looks at the certificate of a host, trusted or not. Never rejects. */
export function lookAtHost(host: string, patience: number): Promise<HostLook> {
  const { hostname, port } = new URL(`https://${host}`)
  const name = hostname.replace(/^\[|\]$/g, '')
  const { promise, resolve } = Promise.withResolvers<HostLook>()
  const socket = connect({
    host: name,
    port: Number(port || 443),
    // Only looked at, so that one which is not trusted can be described; the calls themselves do trust or fail.
    rejectUnauthorized: false,
    ...(isIP(name) ? {} : { servername: name }),
  })
  const end = (look: HostLook) => {
    clearTimeout(timer)
    socket.destroy()
    resolve(look)
  }
  const timer = setTimeout(() => end({ kind: 'unreachable', reason: 'ETIMEDOUT' }), patience)
  socket.once('error', ({ code }: NodeJS.ErrnoException) => end({ kind: 'unreachable', reason: shown(code) }))
  socket.once('secureConnect', () => {
    const validTo = Date.parse(socket.getPeerCertificate().valid_to)
    const { authorizationError } = socket
    end({
      kind: 'seen',
      validTo,
      refusal: socket.authorized ? undefined : codeOf(authorizationError),
      address: socket.remoteAddress ?? '',
    })
  })
  return promise
}

/** Node gives the code itself, whatever its types say. */
function codeOf(error: unknown): string {
  return shown(error instanceof Error ? (error as NodeJS.ErrnoException).code : error)
}
