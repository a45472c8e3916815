import { describe, expect, it } from 'vitest'
import { configurationWith } from '../../test/configured.ts'
import {
  addresses,
  createRandom,
  issuers,
  randomConnections,
  spelledAnew,
} from '../../test/random-configurations.ts'
import { type EmailAddress, parseEmailAddress } from '../config/address.ts'
import type { Connection, OidcConnection, Reach, SelectionMode } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import { createSelector, type SelectBy, type Selector } from './select.ts'

/** The same ones every time. */
const cases = Array.from({ length: 300 }, (_, seed) => ({
  seed,
  connections: randomConnections(createRandom(seed)),
}))

const selectorOf = (connections: readonly Connection[], selectionMode: SelectionMode = 'email_address') =>
  createSelector(configurationWith(connections, { selectionMode }))

const isOff = ({ isOffered }: OidcConnection) => !isOffered

const idsOf = (connections: readonly Connection[]) => connections.map(({ id }) => id)

/** The ids, none where the selector refuses. */
function selected(selector: Selector, by: SelectBy): string[] {
  try {
    return idsOf(selector.select(by))
  } catch (error) {
    if (error instanceof SsoError && error.code === 'connection_not_found') return []
    throw error
  }
}

/*
 * The rule once more, as it is written: exact address, domain, the most specific wildcard, the default, nobody. It
 * looks at every connection and knows no map.
 */

/** How exactly a reach names an address; 0: not at all. */
function exactness(reach: Reach, address: string): number {
  const domain = address.slice(address.indexOf('@') + 1)
  if (reach.addresses.includes(address)) return 1000
  if (reach.domains.includes(domain)) return 999
  const labels = domain.split('.')
  const covering = reach.wildcards.filter((wildcard) => {
    const own = wildcard.split('.')
    return own.length < labels.length && own.every((label, index) => label === labels.at(index - own.length))
  })
  return Math.max(0, ...covering.map((wildcard) => wildcard.split('.').length))
}

function expectedFor(address: string, connections: readonly OidcConnection[]): string[] {
  const best = Math.max(0, ...connections.map(({ reach }) => exactness(reach, address)))
  const fitting = connections.filter(({ reach }) =>
    best === 0 ? reach.isDefault : exactness(reach, address) === best,
  )
  return offered(fitting)
}

function offered(connections: readonly OidcConnection[]): string[] {
  return idsOf(connections.filter(({ isOffered }) => isOffered).toSorted((a, b) => a.weight - b.weight))
}

function parsed(address: string): EmailAddress {
  const found = parseEmailAddress(address)
  if (!found) throw new Error(`${address} is no address`)
  return found
}

/** Calls `look` for every configuration and address. @returns what it found wrong, with where */
function everywhere(
  look: (address: string, connections: readonly OidcConnection[], seed: number) => boolean,
): string[] {
  return cases.flatMap(({ seed, connections }) =>
    addresses
      .filter((address) => !look(address, connections, seed))
      .map((address) => `${address} in ${seed}`),
  )
}

const same = (some: readonly string[], others: readonly string[]) => some.join() === others.join()

describe('among random configurations', () => {
  it('are all kinds of outcome', () => {
    const outcomes = cases.flatMap(({ connections }) => {
      const selector = selectorOf(connections)
      return addresses.map((address) => {
        const count = selected(selector, { email: address }).length
        const kind = Math.max(0, ...connections.map(({ reach }) => exactness(reach, address)))
        return `${Math.min(count, 2)} by ${kind > 900 ? kind : Math.min(kind, 1)}`
      })
    })
    const counts = Map.groupBy(outcomes, (outcome) => outcome)
    for (const kind of [0, 1, 999, 1000]) {
      for (const count of [0, 1, 2]) expect(counts.get(`${count} by ${kind}`)?.length).toBeGreaterThan(10)
    }
  })

  it('an address finds what the rule says, in the order of the weights', () => {
    const wrong = everywhere((address, connections) =>
      same(selected(selectorOf(connections), { email: address }), expectedFor(address, connections)),
    )
    expect(wrong).toEqual([])
  })

  it('whoever is found may bring the address, and names it or is the default', () => {
    const wrong = everywhere((email, connections) => {
      const selector = selectorOf(connections)
      const found = selected(selector, { email })
      const names = ({ reach }: OidcConnection) => exactness(reach, email) > 0
      return connections.every(
        (connection) =>
          !found.includes(connection.id) ||
          (selector.mayBring(connection, parsed(email)) && (names(connection) || connection.reach.isDefault)),
      )
    })
    expect(wrong).toEqual([])
  })

  it('an address that somebody names is brought by those who name it most exactly and nobody else, off or not', () => {
    const wrong = everywhere((address, connections) => {
      const selector = selectorOf(connections)
      const best = Math.max(0, ...connections.map(({ reach }) => exactness(reach, address)))
      return connections.every(
        (connection) =>
          selector.mayBring(connection, parsed(address)) ===
          (best === 0 || exactness(connection.reach, address) === best),
      )
    })
    expect(wrong).toEqual([])
  })

  it('the order of the configuration decides nothing but ties', () => {
    const wrong = everywhere((email, connections, seed) => {
      const found = selected(selectorOf(connections), { email })
      const shuffled = createRandom(seed).shuffled(connections)
      const weights = (ids: readonly string[]) =>
        ids.map((id) => String(connections.find((connection) => connection.id === id)?.weight))
      const foundToo = selected(selectorOf(shuffled), { email })
      return same(found.toSorted(), foundToo.toSorted()) && same(weights(found), weights(foundToo))
    })
    expect(wrong).toEqual([])
  })

  it('letter case, white space around it and the form of the domain change nothing', () => {
    const wrong = everywhere((address, connections, seed) => {
      const selector = selectorOf(connections)
      const random = createRandom(seed)
      return [1, 2, 3].every(() =>
        same(
          selected(selector, { email: address }),
          selected(selector, { email: spelledAnew(address, random) }),
        ),
      )
    })
    expect(wrong).toEqual([])
  })

  it('an issuer finds the one that has it; of several those that the address belongs to', () => {
    const wrong = everywhere((email, connections) => {
      const selector = selectorOf(connections)
      const best = Math.max(0, ...connections.map(({ reach }) => exactness(reach, email)))
      return issuers.every((issuer) => {
        const all = connections.filter((connection) => connection.issuer === issuer)
        const isShared = offered(all).length > 1
        const isUnbound = ({ addresses, domains, wildcards }: Reach) =>
          [...addresses, ...domains, ...wildcards].length === 0
        const owners = all.filter(({ reach }) =>
          best > 0 ? exactness(reach, email) === best : isUnbound(reach),
        )
        return (
          same(selected(selector, { issuer }), isShared ? [] : offered(all)) &&
          same(selected(selector, { email, issuer: `${issuer}/` }), offered(isShared ? owners : all))
        )
      })
    })
    expect(wrong).toEqual([])
  })

  it('an issuer finds the lightest that have it where no address is asked for', () => {
    const wrong = everywhere((email, connections) => {
      const selector = selectorOf(connections, 'lowest_weight')
      return issuers.every((issuer) => {
        const all = connections.filter((it) => it.issuer === issuer && it.isOffered)
        const lowest = Math.min(...all.map(({ weight }) => weight))
        const expected = offered(all.filter(({ weight }) => weight === lowest))
        return same(selected(selector, { email, issuer }), expected)
      })
    })
    expect(wrong).toEqual([])
  })

  it('lowest_weight finds the lightest that are offered', () => {
    const wrong = everywhere((email, connections) => {
      const selector = selectorOf(connections, 'lowest_weight')
      const candidates = connections.filter(({ isOffered }) => isOffered)
      const lowest = Math.min(...candidates.map(({ weight }) => weight))
      return same(selected(selector, { email }), idsOf(candidates.filter(({ weight }) => weight === lowest)))
    })
    expect(wrong).toEqual([])
  })

  it('every refusal is the same to the byte', () => {
    const refusals = new Set<string>()
    let count = 0
    const refused = (call: () => unknown) => {
      try {
        call()
      } catch (error) {
        if (!(error instanceof SsoError)) throw error
        count++
        refusals.add(
          JSON.stringify([error.name, error.code, error.message, error.details, String(error.cause)]),
        )
      }
    }
    for (const { connections } of cases) {
      const selector = selectorOf(connections)
      for (const email of addresses) refused(() => selector.select({ email }))
      for (const issuer of [...issuers, 'https://unknown.test']) refused(() => selector.select({ issuer }))
      refused(() => selectorOf(connections, 'lowest_weight').select({}))
    }
    expect(count).toBeGreaterThan(1000)
    expect([...refusals]).toEqual(['["SsoError","connection_not_found","no connection fits",{},"undefined"]'])
  })

  it('a look-up by id finds those that are offered, and refuses the others in the same words', () => {
    const notFound = { code: 'connection_not_found', message: 'no connection fits' }
    for (const { connections } of cases) {
      const { byId } = selectorOf(connections)
      const [on, off] = [connections.filter(({ isOffered }) => isOffered), connections.filter(isOff)]
      for (const { id } of on) expect(byId('oidc', id).id).toBe(id)
      const looks = [
        ...off.map(
          ({ id }) =>
            () =>
              byId('oidc', id),
        ),
        ...connections.map(
          ({ id }) =>
            () =>
              byId('saml', id),
        ),
        () => byId('oidc', 'unknown'),
      ]
      for (const look of looks) expect(look).toThrow(expect.objectContaining(notFound))
    }
  })

  it('what is no address is refused in the same words everywhere', () => {
    for (const { connections } of cases) {
      for (const email of [undefined, '', 'user', 'user@acme.example@acme.example']) {
        expect(() => selectorOf(connections).select({ email })).toThrow(
          expect.objectContaining({
            code: 'address_invalid',
            message: 'that is not an e-mail address',
            details: {},
          }),
        )
      }
    }
  })
})
