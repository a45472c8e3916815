import { describe, expect, it } from 'vitest'
import { configurationWith, connectionWith } from '../../test/configured.ts'
import type { OidcConnection, SelectionMode } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import { createSelector } from './select.ts'

const acme = connectionWith({ id: 'acme', emailDomains: ['acme.example'], weight: 5 })
const acmeToo = connectionWith({ id: 'acme-too', emailDomains: ['acme.example', 'acme.test'], weight: 5 })
const other = connectionWith({ id: 'other', emailDomains: ['other.example'], weight: 7 })
const open = connectionWith({ id: 'open', weight: 10 })

function selectorOf(connections: readonly OidcConnection[], selectionMode: SelectionMode = 'email_address') {
  return createSelector(configurationWith(connections, { selectionMode }))
}

function errorOf(call: () => unknown): SsoError {
  try {
    call()
  } catch (error) {
    if (error instanceof SsoError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('selection by e-mail address', () => {
  const selector = selectorOf([acme, other, open])

  it.each([
    ['user@acme.example', ['acme']],
    ['USER@ACME.EXAMPLE', ['acme']],
    ['user@other.example', ['other']],
  ])('finds for %s %j', (email, ids) => {
    expect(selector.select(email).map(({ id }) => id)).toEqual(ids)
  })

  it('finds every connection of the domain, in the order of the configuration', () => {
    const several = selectorOf([acmeToo, other, acme])
    expect(several.select('user@acme.example').map(({ id }) => id)).toEqual(['acme-too', 'acme'])
    expect(several.select('user@acme.test').map(({ id }) => id)).toEqual(['acme-too'])
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
    expect(errorOf(() => selector.select(email)).code).toBe('connection_not_found')
  })

  it.each([undefined, '', 'user', 'user@', 'user@acme.example@other.example'])(
    'says that %j is no address',
    (email) => {
      expect(errorOf(() => selector.select(email)).code).toBe('address_invalid')
    },
  )
})

describe('selection by weight', () => {
  it('finds the connection with the lowest weight, whatever was typed', () => {
    const selector = selectorOf([open, other, acme], 'lowest_weight')
    for (const email of [undefined, '', 'user@other.example', 'not an address']) {
      expect(selector.select(email).map(({ id }) => id)).toEqual(['acme'])
    }
  })

  it('finds all that have the lowest weight', () => {
    const selector = selectorOf([open, acmeToo, other, acme], 'lowest_weight')
    expect(selector.select(undefined).map(({ id }) => id)).toEqual(['acme-too', 'acme'])
  })
})

describe('finding nothing', () => {
  it('gives the same error to the byte, whatever is configured and asked for', () => {
    // The details are for the operator: which id was asked for.
    const seen = (error: SsoError) =>
      JSON.stringify([error.name, error.code, error.message, String(error.cause)])
    const errors = [
      errorOf(() => selectorOf([acme, open]).select('user@unknown.example')),
      errorOf(() => selectorOf([]).select('user@acme.example')),
      errorOf(() => selectorOf([open]).select('user@acme.example')),
      errorOf(() => selectorOf([], 'lowest_weight').select(undefined)),
      errorOf(() => selectorOf([acme]).byId('unknown')),
      errorOf(() => selectorOf([]).byId('acme')),
    ]
    expect(new Set(errors.map(seen)).size).toBe(1)
  })
})

describe('selection by id', () => {
  const selector = selectorOf([acme, open])

  it('finds the connection', () => {
    expect(selector.byId('acme')).toBe(acme)
    expect(selector.byId('open')).toBe(open)
  })

  it.each(['ACME', 'acme ', '', 'toString', '__proto__'])('does not find %j', (id) => {
    expect(errorOf(() => selector.byId(id)).code).toBe('connection_not_found')
  })
})

describe('a foreign domain', () => {
  const selector = selectorOf([acme, acmeToo, other, open])

  it.each([
    ['acme.example', acme, false],
    ['acme.example', acmeToo, false],
    ['acme.example', other, true],
    ['acme.example', open, true],
    ['acme.test', acme, true],
    ['unknown.example', open, false],
    ['unknown.example', acme, false],
    ['sub.acme.example', open, false],
  ])('%s for $1.id is $2', (domain, connection, foreign) => {
    expect(selector.isForeignDomain(domain, connection)).toBe(foreign)
  })
})
