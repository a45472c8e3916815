import { describe, expect, it } from 'vitest'
import { configurationWith, connectionWith } from '../../test/configured.ts'
import { addresses, createRandom, randomConnections, spelledAnew } from '../../test/random-configurations.ts'
import type { OidcConnection } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import { createSelector, type Selector } from '../selection/select.ts'
import { admittedWith } from '../testing/people.ts'
import { verifiedIdentity } from './identity.ts'
import { admit } from './policy.ts'

/** The same ones every time. */
const cases = Array.from({ length: 150 }, (_, seed) => {
  const connections = randomConnections(createRandom(seed))
  return { seed, connections, selector: createSelector(configurationWith(connections)) }
})

function selected(selector: Selector, email: string): readonly { readonly id: string }[] {
  try {
    return selector.select({ email })
  } catch (error) {
    if (error instanceof SsoError && error.code === 'connection_not_found') return []
    throw error
  }
}

/** @returns whether the connection may bring the address when its provider says this about it */
function admits(
  connection: OidcConnection,
  selector: Selector,
  email: string,
  emailVerified?: boolean,
): boolean {
  const { roles: _, ...person } = admittedWith({ connection: connection.id })
  try {
    admit(verifiedIdentity({ ...person, email, emailVerified }), connection, selector)
    return true
  } catch (error) {
    if (error instanceof SsoError) return false
    throw error
  }
}

/** Calls `look` for every configuration, connection and address. @returns where it was not content */
function everywhere(
  look: (email: string, connection: OidcConnection, selector: Selector, seed: number) => boolean,
) {
  return cases.flatMap(({ seed, connections, selector }) =>
    connections.flatMap((connection) =>
      addresses
        .filter((email) => !look(email, connection, selector, seed))
        .map((email) => `${email} by ${connection.id} in ${seed}`),
    ),
  )
}

describe('among random configurations', () => {
  it('whoever is sent to a connection by a verified address comes in by it', () => {
    let count = 0
    const wrong = everywhere((email, connection, selector) => {
      const isSent = selected(selector, email).some(({ id }) => id === connection.id)
      if (isSent) count++
      return !isSent || admits(connection, selector, email, true)
    })
    expect(wrong).toEqual([])
    expect(count).toBeGreaterThan(500)
  })

  it('who is not sent to a connection comes in by it only where nobody names the address', () => {
    const stranger = connectionWith({ id: 'names nothing' })
    let count = 0
    const wrong = everywhere((email, connection, selector) => {
      const isSent = selected(selector, email).some(({ id }) => id === connection.id)
      if (isSent || !connection.isOffered || !admits(connection, selector, email, true)) return true
      count++
      return admits(stranger, selector, email, true)
    })
    expect(wrong).toEqual([])
    expect(count).toBeGreaterThan(500)
  })

  it('no address comes in that is not verified, where that counts', () => {
    const wrong = everywhere((email, connection, selector) => {
      const { reach, emailVerification } = connection
      const names = [...reach.domains, ...reach.wildcards, ...reach.addresses].length > 0
      const deniedGetsIn = admits(connection, selector, email, false)
      const silentGetsIn = admits(connection, selector, email)
      return emailVerification === 'require' ? !deniedGetsIn && !silentGetsIn : !names || !deniedGetsIn
    })
    expect(wrong).toEqual([])
  })

  it('another spelling of an address changes nothing', () => {
    const wrong = everywhere((email, connection, selector, seed) => {
      const spelled = spelledAnew(email, createRandom(seed))
      return admits(connection, selector, email, true) === admits(connection, selector, spelled, true)
    })
    expect(wrong).toEqual([])
  })
})
