import type { Configuration, Connection, Protocols } from '@doorward/core'

/**
 * The same configuration, in which nobody is sent to a connection whose protocol this host does not bring. Such a
 * connection keeps its addresses, like any that is off: nobody else may bring them.
 */
export function offeringOnly(protocols: Protocols, configuration: Configuration): Configuration {
  const brought: Partial<Record<Connection['protocol'], unknown>> = protocols
  const connections = configuration.connections.map((connection) => {
    const { summary } = connection
    if (!summary.isOffered || brought[summary.protocol] !== undefined) return connection
    return { summary: { ...summary, isOffered: false }, open: () => connection.open() }
  })
  return { ...configuration, connections }
}
