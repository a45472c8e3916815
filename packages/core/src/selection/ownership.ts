import type { EmailAddress } from '../config/address.ts'
import type { ConfiguredConnection, Reach } from '../config/connection.ts'

/**
 * Who owns an address: the connections that name it most exactly - the address itself, else its domain, else the
 * longest wildcard that covers the domain. Nobody at all: undefined.
 */
export type Ownership = (address: EmailAddress) => readonly ConfiguredConnection[] | undefined

/** @param connections in the order in which owners are to be listed */
export function createOwnership(connections: readonly ConfiguredConnection[]): Ownership {
  const mapOf = (names: (reach: Reach) => readonly string[]) => {
    const owners = new Map<string, ConfiguredConnection[]>()
    for (const connection of connections) {
      for (const name of names(connection.summary.reach)) {
        const known = owners.get(name)
        if (known) known.push(connection)
        else owners.set(name, [connection])
      }
    }
    return owners
  }
  const byAddress = mapOf(({ addresses }) => addresses)
  const byDomain = mapOf(({ domains }) => domains)
  const byWildcard = mapOf(({ wildcards }) => wildcards)

  return ({ key, domain }) => byAddress.get(key) ?? byDomain.get(domain) ?? coveredBy(domain, byWildcard)
}

/** As many steps as the domain has labels, of which there are at most 127. */
function coveredBy<T>(domain: string, wildcards: ReadonlyMap<string, T>): T | undefined {
  if (wildcards.size === 0) return undefined
  for (let dot = domain.indexOf('.'); dot !== -1; dot = domain.indexOf('.', dot + 1)) {
    const found = wildcards.get(domain.slice(dot + 1))
    if (found) return found
  }
  return undefined
}
