import { SsoError } from '../errors/index.ts'
import type { Protocol, Protocols, ServedConnection } from './protocol.ts'

/** @returns what speaks to the identity provider of `connection` @throws SsoError `connection_not_found` when nothing here does */
export function protocolOf<C extends ServedConnection>(connection: C, protocols: Protocols): Protocol<C> {
  const protocol = protocols[connection.protocol]
  if (!protocol) throw new SsoError('connection_not_found', 'this host brings no such protocol')
  // Filed under its name; that the connection's is the same one, the compiler does not see.
  return protocol as unknown as Protocol<C>
}
