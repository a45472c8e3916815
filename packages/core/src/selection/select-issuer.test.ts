import { describe, expect, it } from 'vitest'
import { configurationWith, connectionWith, reachWith } from '../../test/configured.ts'
import type { OidcConnection, SelectionMode } from '../config/connection.ts'
import type { SsoError } from '../errors/index.ts'
import { createSelector, type SelectBy } from './select.ts'

const acme = connectionWith({
  id: 'acme',
  issuer: 'https://idp.example',
  reach: reachWith({ domains: ['acme.example'] }),
})
const realm = connectionWith({ id: 'realm', issuer: 'https://idp.example/realms/acme', weight: 0 })
const realmToo = connectionWith({ id: 'realm-too', issuer: 'https://idp.example/realms/acme', weight: 5 })
const silent = connectionWith({ id: 'silent', issuer: undefined, reach: reachWith({ isDefault: true }) })
const all = [acme, realmToo, silent, realm]

/** The ids, or why there are none. */
function outcomeOf(
  by: SelectBy,
  connections: readonly OidcConnection[] = all,
  selectionMode: SelectionMode = 'email_address',
) {
  try {
    return createSelector(configurationWith(connections, { selectionMode }))
      .select(by)
      .map(({ id }) => id)
  } catch (error) {
    return (error as SsoError).code
  }
}

describe('selection by issuer', () => {
  it.each([
    ['https://idp.example', ['acme']],
    ['https://idp.example/', ['acme']],
    ['https://idp.example//', ['acme']],
    ['HTTPS://IDP.example:443', ['acme']],
  ])('finds for %s %j', (issuer, ids) => {
    expect(outcomeOf({ issuer })).toEqual(ids)
    expect(outcomeOf({ issuer }, all, 'lowest_weight')).toEqual(ids)
  })

  it.each([
    [''],
    ['/'],
    ['undefined'],
    ['https://unknown.example'],
    ['https://idp.example/realms'],
    ['https://idp.example/realms/ACME'],
    ['https://idp.example/realms/acme?x=1'],
    ['http://idp.example'],
    ['idp.example'],
    ['__proto__'],
  ])('finds nothing for %j, and asks no default', (issuer) => {
    expect(outcomeOf({ issuer })).toBe('connection_not_found')
    expect(outcomeOf({ issuer }, all, 'lowest_weight')).toBe('connection_not_found')
  })

  it('shows nobody which customers share an issuer, unless they say an address of theirs', () => {
    const issuer = 'https://idp.example/realms/acme'
    const shared = [
      { ...realm, reach: reachWith({ domains: ['one.example', 'both.example'] }) },
      { ...realmToo, reach: reachWith({ domains: ['two.example', 'both.example'] }) },
      silent,
    ]
    for (const email of [undefined, '', 'not an address', 'user@unknown.example', 'user@acme.example']) {
      expect(outcomeOf({ email, issuer }, shared)).toBe('connection_not_found')
    }
    expect(outcomeOf({ email: 'user@two.example', issuer }, shared)).toEqual(['realm-too'])
    expect(outcomeOf({ email: 'User@BOTH.example', issuer }, shared)).toEqual(['realm', 'realm-too'])
    expect(outcomeOf({ issuer }, shared, 'lowest_weight')).toEqual(['realm'])
    const everybody = { ...realmToo, reach: reachWith({ isDefault: true }) }
    const bound = { ...realm, reach: reachWith({ domains: ['one.example'] }) }
    expect(outcomeOf({ email: 'user@unknown.example', issuer }, [bound, everybody])).toEqual(['realm-too'])
    expect(outcomeOf({ email: 'user@one.example', issuer }, [bound, everybody])).toEqual(['realm'])
    expect(outcomeOf({ issuer }, [bound, everybody])).toBe('connection_not_found')
  })

  it('comes before the address, whatever that is', () => {
    const issuer = 'https://idp.example'
    for (const email of ['user@acme.example', 'user@unknown.example', 'not an address', '']) {
      expect(outcomeOf({ email, issuer })).toEqual(['acme'])
    }
    expect(outcomeOf({ email: 'user@acme.example', issuer: 'https://unknown.example' })).toBe(
      'connection_not_found',
    )
  })

  it('passes over those that are off', () => {
    const issuer = 'https://idp.example/realms/acme'
    expect(outcomeOf({ issuer }, [{ ...realm, isOffered: false }, realmToo])).toEqual(['realm-too'])
    expect(outcomeOf({ issuer }, [acme, { ...realm, isOffered: false }])).toBe('connection_not_found')
  })

  it('takes no longer for a text that is nothing but slashes', () => {
    const slashes = '/'.repeat(100_000)
    // By a regular expression that tries again at each slash this does not end within a test's patience.
    for (let time = 0; time < 10; time++) {
      expect(outcomeOf({ issuer: `https://idp.example${slashes}` })).toEqual(['acme'])
      expect(outcomeOf({ issuer: `https://idp.example${slashes}x` })).toBe('connection_not_found')
    }
  })
})
