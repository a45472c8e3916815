import { describe, expect, it } from 'vitest'
import { configurationWith, connectionWith, reachWith } from '../../test/configured.ts'
import { parseEmailAddress } from '../config/address.ts'
import type { Connection, OidcConnection, Reach, SelectionMode } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import { createSelector, type SelectBy } from './select.ts'

/** A connection with this id and reach, after some changes. */
function naming(id: string, reach: Partial<Reach>, changes: Partial<OidcConnection> = {}): OidcConnection {
  return connectionWith({ id, reach: reachWith(reach), ...changes })
}

const acme = naming('acme', { domains: ['acme.example'] }, { weight: 5 })
const acmeToo = naming('acme-too', { domains: ['acme.example', 'acme.test'] }, { weight: 5 })
const other = naming('other', { domains: ['other.example'] }, { weight: 7 })
const below = naming('below', { wildcards: ['acme.example'] })
const deepBelow = naming('deep-below', { wildcards: ['deep.acme.example'] })
const boss = naming('boss', { addresses: ['boss@acme.example', 'boss@sub.acme.example'] })
const everybodyElse = naming('everybody-else', { isDefault: true })
const open = connectionWith({ id: 'open', weight: 10 })

const off = (connection: OidcConnection): OidcConnection => ({ ...connection, isOffered: false })

function selectorOf(connections: readonly Connection[], selectionMode: SelectionMode = 'email_address') {
  return createSelector(configurationWith(connections, { selectionMode }))
}

const idsFor = (connections: readonly Connection[], by: SelectBy, mode?: SelectionMode) =>
  selectorOf(connections, mode)
    .select(by)
    .map(({ id }) => id)

function errorOf(call: () => unknown): SsoError {
  try {
    call()
  } catch (error) {
    if (error instanceof SsoError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** The ids, or why there are none. */
function outcomeOf(connections: readonly Connection[], email: string) {
  try {
    return idsFor(connections, { email })
  } catch (error) {
    return (error as SsoError).code
  }
}

describe('selection by domain', () => {
  it.each([
    ['user@acme.example', ['acme']],
    ['USER@ACME.EXAMPLE', ['acme']],
    [' user@acme.example\n', ['acme']],
    ['user@other.example', ['other']],
  ])('finds for %j %j', (email, ids) => {
    expect(idsFor([acme, other, open], { email })).toEqual(ids)
  })

  it('finds a domain in each of its spellings', () => {
    const international = naming('books', { domains: ['xn--bcher-kva.example'] })
    for (const email of ['user@bücher.example', 'user@BÜCHER.example', 'user@xn--bcher-kva.EXAMPLE']) {
      expect(idsFor([acme, international], { email })).toEqual(['books'])
    }
  })

  it('finds a domain that is a single label', () => {
    expect(idsFor([naming('here', { domains: ['localhost'] })], { email: 'user@localhost' })).toEqual([
      'here',
    ])
  })

  it.each([
    ['user@sub.acme.example', 'a sub-domain'],
    ['user@evilacme.example', 'a domain that ends alike'],
    ['user@acme.example.evil.example', 'a domain that begins alike'],
    ['user@example', 'the domain above'],
    ['user@unknown.example', 'an unknown domain'],
    ['acme.example@unknown.example', 'our domain as a name'],
    ['user@constructor', 'a property that every object has'],
  ])('finds nothing for %s: %s', (email) => {
    expect(errorOf(() => selectorOf([acme, other, open]).select({ email })).code).toBe('connection_not_found')
  })

  it.each([undefined, '', 'user', 'user@', 'user@acme.example@other.example', 'user@acme.example.'])(
    'says that %j is no address',
    (email) => {
      expect(errorOf(() => selectorOf([acme, everybodyElse]).select({ email })).code).toBe('address_invalid')
    },
  )
})

describe('several connections on one domain', () => {
  it('are all found, the lightest first and the others as they are configured', () => {
    const light = naming('light', { domains: ['acme.example'] }, { weight: 0 })
    const email = 'user@acme.example'
    expect(idsFor([acmeToo, other, acme, light], { email })).toEqual(['light', 'acme-too', 'acme'])
    expect(idsFor([acme, light, acmeToo], { email })).toEqual(['light', 'acme', 'acme-too'])
    expect(idsFor([acmeToo, acme], { email: 'user@acme.test' })).toEqual(['acme-too'])
  })

  it('are found without those that are off', () => {
    expect(idsFor([acmeToo, off(acme)], { email: 'user@acme.example' })).toEqual(['acme-too'])
  })

  it('are opened only when they are found', () => {
    const opened: string[] = []
    const connections = [acme, acmeToo, other, everybodyElse].map((connection) => ({
      summary: connection,
      open: () => {
        opened.push(connection.id)
        return connection
      },
    }))
    createSelector(configurationWith([], { connections })).select({ email: 'user@acme.example' })
    expect(opened).toEqual(['acme', 'acme-too'])
  })
})

describe('the most exact name', () => {
  const all = [everybodyElse, below, deepBelow, acme, boss]

  it.each([
    ['boss@acme.example', ['boss'], 'the address before its domain'],
    ['Boss@ACME.example', ['boss'], 'the address in other letters'],
    ['boss@sub.acme.example', ['boss'], 'the address before the wildcard'],
    ['user@acme.example', ['acme'], 'the domain'],
    ['user@sub.acme.example', ['below'], 'a wildcard'],
    ['user@very.very.very.sub.acme.example', ['below'], 'a wildcard, however deep'],
    ['user@deep.acme.example', ['below'], 'a wildcard does not cover the domain itself'],
    ['user@sub.deep.acme.example', ['deep-below'], 'the longest wildcard'],
    ['user@x.sub.deep.acme.example', ['deep-below'], 'the longest wildcard, however deep'],
    ['user@sub.deepacme.example', ['everybody-else'], 'no wildcard across half a label'],
    ['boss@other.example', ['everybody-else'], 'a known name elsewhere'],
    ['user@example', ['everybody-else'], 'a single label'],
  ])('finds for %s %j: %s', (email, ids) => {
    expect(outcomeOf(all, email)).toEqual(ids)
    expect(outcomeOf(all.toReversed(), email)).toEqual(ids)
  })

  it('may be two at once: then both are found', () => {
    const both = naming('both', { domains: ['acme.example'], wildcards: ['acme.example'] })
    expect(outcomeOf([both, acme, below], 'user@acme.example')).toEqual(['acme', 'both'])
    expect(outcomeOf([both, acme, below], 'user@sub.acme.example')).toEqual(['both', 'below'])
  })

  it('finds a domain of as many labels as there can be, among as many wildcards', () => {
    const labels = Array.from({ length: 120 }, () => 'a')
    const wildcards = labels.map((_, index) => [...labels.slice(index), 'example'].join('.'))
    const connections = wildcards.map((wildcard, index) => naming(`at-${index}`, { wildcards: [wildcard] }))
    expect(outcomeOf(connections, `u@${labels.join('.')}.example`)).toEqual(['at-1'])
  })
})

describe('the default', () => {
  it('is for those whom nobody names', () => {
    expect(outcomeOf([acme, everybodyElse], 'user@unknown.example')).toEqual(['everybody-else'])
    expect(outcomeOf([acme, everybodyElse], 'user@acme.example')).toEqual(['acme'])
    expect(outcomeOf([acme, open], 'user@unknown.example')).toBe('connection_not_found')
  })

  it('may be several, the lightest first', () => {
    const second = naming('second', { isDefault: true }, { weight: 1 })
    expect(outcomeOf([everybodyElse, acme, second], 'user@unknown.example')).toEqual([
      'second',
      'everybody-else',
    ])
  })

  it('is nobody while it is off', () => {
    expect(outcomeOf([acme, off(everybodyElse)], 'user@unknown.example')).toBe('connection_not_found')
  })
})

describe('a connection that is off', () => {
  it.each([
    ['its domain', [off(acme), below, everybodyElse], 'user@acme.example'],
    ['its domain, also before a default', [everybodyElse, off(acme)], 'user@acme.example'],
    ['its sub-domains', [off(below), everybodyElse], 'user@sub.acme.example'],
    ['its sub-domains below those of another', [below, off(deepBelow)], 'user@sub.deep.acme.example'],
    ['its address in the domain of another', [acme, off(boss)], 'boss@acme.example'],
    ['its address below the wildcard of another', [below, off(boss)], 'boss@sub.acme.example'],
  ])('keeps %s', (_, connections, email) => {
    expect(outcomeOf(connections, email)).toBe('connection_not_found')
    expect(
      outcomeOf(
        connections.map((one) => ({ ...one, isOffered: true })),
        email,
      ),
    ).toHaveLength(1)
  })
})

describe('selection by weight', () => {
  it('finds the connection with the lowest weight, whatever was typed', () => {
    for (const email of [undefined, '', 'user@other.example', 'not an address']) {
      expect(idsFor([open, other, acme], { email }, 'lowest_weight')).toEqual(['acme'])
    }
  })

  it('finds all that have the lowest weight, as they are configured', () => {
    expect(idsFor([open, acmeToo, other, acme], {}, 'lowest_weight')).toEqual(['acme-too', 'acme'])
  })

  it('passes over those that are off, and finds nothing when all are', () => {
    const lightest = { ...off(open), weight: 0 }
    expect(idsFor([open, lightest, other], {}, 'lowest_weight')).toEqual(['other'])
    expect(errorOf(() => selectorOf([lightest], 'lowest_weight').select({})).code).toBe(
      'connection_not_found',
    )
  })
})

describe('selection by id', () => {
  const selector = selectorOf([acme, open, off(other)])

  it('finds the connection', () => {
    expect(selector.byId('oidc', 'acme')).toBe(acme)
    expect(selector.byId('oidc', 'open')).toBe(open)
  })

  it.each(['ACME', 'acme ', '', 'toString', '__proto__'])('does not find %j', (id) => {
    expect(errorOf(() => selector.byId('oidc', id)).code).toBe('connection_not_found')
  })

  it.each(['saml', 'social'] as const)('does not find it as one of protocol %s', (protocol) => {
    expect(errorOf(() => selector.byId(protocol, 'acme')).code).toBe('connection_not_found')
  })

  it('does not find one that is off', () => {
    expect(errorOf(() => selector.byId('oidc', 'other')).code).toBe('connection_not_found')
  })
})

describe('who may bring an address', () => {
  const selector = selectorOf([acme, acmeToo, other, below, boss, everybodyElse, open])

  it.each([
    ['user@acme.example', acme, true],
    ['user@acme.example', acmeToo, true],
    ['user@acme.example', other, false],
    ['user@acme.example', below, false],
    ['user@acme.example', everybodyElse, false],
    ['user@acme.example', open, false],
    ['user@acme.test', acme, false],
    ['boss@acme.example', boss, true],
    ['boss@acme.example', acme, false],
    ['BOSS@acme.example', acme, false],
    ['boss@sub.acme.example', below, false],
    ['user@sub.acme.example', below, true],
    ['user@sub.acme.example', acme, false],
    ['user@sub.acme.example', open, false],
    ['user@unknown.example', open, true],
    ['user@unknown.example', acme, true],
    ['user@unknown.example', everybodyElse, true],
  ])('%s by $1.id: $2', (email, connection, may) => {
    const address = parseEmailAddress(email)
    expect(address && selector.mayBring(connection, address)).toBe(may)
  })

  it('does not change when its owner is off', () => {
    const address = parseEmailAddress('user@acme.example')
    const changed = selectorOf([off(acme), open])
    expect(address && changed.mayBring(open, address)).toBe(false)
    expect(address && changed.mayBring(off(acme), address)).toBe(true)
  })
})
