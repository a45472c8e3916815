import type { Configuration, Connection } from '../config/connection.ts'
import { type ErrorDetails, SsoError, shown } from '../errors/index.ts'
import { parseEmailAddress } from './address.ts'

/** Finds connections. Made once per configuration; every look-up is by map. */
export interface Selector {
  /** @throws SsoError `connection_not_found` */
  byId(id: string): Connection
  /**
   * The connections that fit, best first: one to go to, or several to choose from.
   *
   * @param email what the person typed; not looked at when `selectionMode` is `lowest_weight`
   * @throws SsoError `address_invalid`, or `connection_not_found` when nothing fits
   */
  select(email: string | undefined): readonly [Connection, ...Connection[]]
  /** Whether `domain` is one that some connection other than `connection` names, and `connection` does not. */
  isForeignDomain(domain: string, connection: Connection): boolean
}

/** Builds the maps for `configuration`. */
export function createSelector(configuration: Configuration): Selector {
  const { connections, selectionMode } = configuration
  const byId = new Map(connections.map((connection) => [connection.id, connection]))
  const byWeight = connections.toSorted((a, b) => a.weight - b.weight)
  const byDomain = Map.groupBy(
    byWeight.flatMap((connection) => connection.emailDomains.map((domain) => ({ domain, connection }))),
    ({ domain }) => domain,
  )
  const lightest = byWeight.filter((connection) => connection.weight === byWeight[0]?.weight)

  return {
    byId(id) {
      const connection = byId.get(id)
      if (!connection) throw notFound({ id: shown(id) })
      return connection
    },

    select(email) {
      if (selectionMode === 'lowest_weight') return atLeastOne(lightest)
      const address = parseEmailAddress(email ?? '')
      if (!address) throw new SsoError('address_invalid', 'that is not an e-mail address')
      return atLeastOne((byDomain.get(address.domain) ?? []).map(({ connection }) => connection))
    },

    isForeignDomain(domain, connection) {
      return byDomain.has(domain) && !connection.emailDomains.includes(domain)
    },
  }
}

function atLeastOne(connections: readonly Connection[]): readonly [Connection, ...Connection[]] {
  const [first, ...others] = connections
  if (!first) throw notFound()
  return [first, ...others]
}

/** One error for every way of not finding anything: who asks learns nothing about what is configured. */
function notFound(details: ErrorDetails = {}): SsoError {
  return new SsoError('connection_not_found', 'no connection fits', { details })
}
