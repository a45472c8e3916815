import { type EmailAddress, parseEmailAddress } from '../config/address.ts'
import type {
  Configuration,
  ConfiguredConnection,
  Connection,
  ConnectionSummary,
} from '../config/connection.ts'
import { issuerKey } from '../config/issuer.ts'
import { type ErrorDetails, SsoError, shown } from '../errors/index.ts'
import { createOwnership } from './ownership.ts'

/** By what a connection is looked for; `issuer` comes first. */
export interface SelectBy {
  /** What the person typed; not looked at when `selectionMode` is `lowest_weight`. */
  readonly email?: string | undefined
  /** How the identity provider calls itself, as a link from there says it. */
  readonly issuer?: string | undefined
}

/** Finds connections. Made once per configuration; every look-up is by map. */
export interface Selector {
  /** @throws SsoError `connection_not_found`, also for one that is off or of another protocol */
  byId<P extends Connection['protocol']>(protocol: P, id: string): Extract<Connection, { protocol: P }>
  /**
   * The connections that fit, best first: one to go to, or several to choose from.
   *
   * @throws SsoError `address_invalid`, or `connection_not_found` when nothing fits
   */
  select(by: SelectBy): readonly [Connection, ...Connection[]]
  /**
   * Whether `connection` may bring an address: it is among those that name it most exactly, or nobody names it.
   * Who may bring an address and who is asked for it is decided by the same rule.
   */
  mayBring(connection: ConnectionSummary, address: EmailAddress): boolean
}

/** Builds the maps for `configuration`. */
export function createSelector({ connections, selectionMode }: Configuration): Selector {
  const byId = new Map(connections.map((connection) => [connection.summary.id, connection]))
  const byWeight = connections.toSorted((a, b) => a.summary.weight - b.summary.weight)
  // A social account is chosen by its button, and never found.
  const offered = byWeight.filter(({ summary }) => summary.isOffered && summary.protocol !== 'social')
  const lightest = offered.filter(({ summary }) => summary.weight === offered[0]?.summary.weight)
  const byDefault = offered.filter(({ summary }) => summary.reach.isDefault)
  const byIssuer = Map.groupBy(offered, ({ summary }) => summary.issuer)
  const ownersOf = createOwnership(byWeight)

  function fitting({ email, issuer }: SelectBy): readonly ConfiguredConnection[] {
    if (issuer !== undefined) return ofIssuer(issuer, email)
    if (selectionMode === 'lowest_weight') return lightest
    const address = parseEmailAddress(email ?? '')
    if (!address) throw new SsoError('address_invalid', 'that is not an e-mail address')
    // An address whose owners are all off is not handed on to anybody else.
    return ownersOf(address)?.filter(({ summary }) => summary.isOffered) ?? byDefault
  }

  /** Customers may share an issuer, Google for one: who does not say an address of theirs learns nothing of them. */
  function ofIssuer(issuer: string, email: string | undefined): readonly ConfiguredConnection[] {
    const found = byIssuer.get(issuerKey(issuer)) ?? []
    if (found.length < 2) return found
    // They are in the order of their weights.
    if (selectionMode === 'lowest_weight') {
      return found.filter(({ summary }) => summary.weight === found[0]?.summary.weight)
    }
    const address = parseEmailAddress(email ?? '')
    if (!address) return []
    const owners = ownersOf(address)
    return found.filter((connection) => (owners ? owners.includes(connection) : isUnbound(connection)))
  }

  return {
    byId<P extends Connection['protocol']>(protocol: P, id: string) {
      const found = byId.get(id)
      if (!found?.summary.isOffered || found.summary.protocol !== protocol) throw notFound({ id: shown(id) })
      return found.open() as Extract<Connection, { protocol: P }>
    },

    select(by) {
      const [first, ...others] = fitting(by)
      if (!first) throw notFound()
      return [first.open(), ...others.map((one) => one.open())]
    },

    mayBring({ id }, address) {
      return ownersOf(address)?.some(({ summary }) => summary.id === id) ?? true
    },
  }
}

/** It names nobody, and so may bring whoever nobody names. */
function isUnbound({ summary: { reach } }: ConfiguredConnection): boolean {
  return reach.addresses.length + reach.domains.length + reach.wildcards.length === 0
}

/** One error for every way of not finding anything: who asks learns nothing about what is configured. */
function notFound(details: ErrorDetails = {}): SsoError {
  return new SsoError('connection_not_found', 'no connection fits', { details })
}
