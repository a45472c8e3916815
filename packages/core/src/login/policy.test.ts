import { describe, expect, it } from 'vitest'
import { configurationWith, connectionWith, reachWith } from '../../test/configured.ts'
import type { OidcConnection, Reach } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import { createSelector } from '../selection/select.ts'
import { verifiedIdentity } from './identity.ts'
import { admit } from './policy.ts'

/** A connection with this id and reach, after some changes. */
function naming(id: string, reach: Partial<Reach>, changes: Partial<OidcConnection> = {}): OidcConnection {
  return connectionWith({ id, reach: reachWith(reach), ...changes })
}

const connections = {
  bound: naming('bound', { domains: ['acme.example', 'xn--bcher-kva.example'] }),
  alsoBound: naming('also-bound', { domains: ['acme.example', 'also.example'] }),
  below: naming('below', { wildcards: ['acme.example', 'far.example'] }),
  deepBelow: naming('deep-below', { wildcards: ['deep.far.example'] }),
  boss: naming('boss', { addresses: ['boss@acme.example', 'boss@free.example', 'boss@sub.far.example'] }),
  off: naming('off', { domains: ['off.example'] }, { isOffered: false }),
  everybodyElse: naming('everybody-else', { isDefault: true }),
  open: naming('open', {}),
}
const selector = createSelector(configurationWith(Object.values(connections)))

const person = {
  protocol: 'oidc',
  issuer: 'https://idp.example',
  subject: 'user-1',
  username: 'user',
  name: 'User One',
  givenName: 'User',
  familyName: 'One',
  picture: undefined,
  groups: ['staff'],
} as const

/** What becomes of an identity: the address and whether it counts as verified, or the reason for refusing it. */
function decide(
  who: keyof typeof connections,
  email: string | undefined,
  emailVerified: boolean | undefined,
) {
  const connection = connections[who]
  try {
    const identity = verifiedIdentity({ ...person, connection: connection.id, email, emailVerified })
    const admitted = admit(identity, connection, selector)
    return [admitted.email, admitted.emailVerified]
  } catch (error) {
    if (error instanceof SsoError) return error.code
    throw error
  }
}

describe('a connection that names domains', () => {
  it.each([
    ['user@acme.example', true, ['user@acme.example', true]],
    ['user@acme.example', undefined, ['user@acme.example', true]],
    ['user@acme.example', false, 'email_unverified'],
    ['USER@ACME.EXAMPLE', undefined, ['USER@acme.example', true]],
    ['user@bücher.example', true, ['user@xn--bcher-kva.example', true]],
    ['user@xn--bcher-kva.example', true, ['user@xn--bcher-kva.example', true]],
    ['user@unknown.example', true, 'email_outside_domain'],
    ['user@unknown.example', undefined, 'email_outside_domain'],
    ['user@also.example', true, 'email_outside_domain'],
    ['user@sub.acme.example', true, 'email_outside_domain'],
    ['user@evilacme.example', true, 'email_outside_domain'],
    ['user@acme.example.evil.example', true, 'email_outside_domain'],
    [undefined, undefined, 'email_missing'],
    [undefined, true, 'email_missing'],
    ['', true, 'email_invalid'],
    ['user', true, 'email_invalid'],
    ['user@evil.example@acme.example', true, 'email_invalid'],
    ['"user@evil.example"@acme.example', true, 'email_invalid'],
    ['user@acme.example, user@evil.example', true, 'email_invalid'],
  ] as const)('on %j, verified %s, decides %j', (email, verified, outcome) => {
    expect(decide('bound', email, verified)).toEqual(outcome)
  })

  it('shares a domain with another connection that names it', () => {
    expect(decide('alsoBound', 'user@acme.example', undefined)).toEqual(['user@acme.example', true])
    expect(decide('alsoBound', 'user@also.example', undefined)).toEqual(['user@also.example', true])
  })
})

describe('a connection that names sub-domains', () => {
  it.each([
    ['user@sub.acme.example', true, ['user@sub.acme.example', true]],
    ['user@sub.acme.example', undefined, ['user@sub.acme.example', true]],
    ['user@sub.acme.example', false, 'email_unverified'],
    ['USER@SUB.ACME.EXAMPLE', undefined, ['USER@sub.acme.example', true]],
    ['user@very.deep.sub.acme.example', undefined, ['user@very.deep.sub.acme.example', true]],
    ['user@acme.example', true, 'email_outside_domain'],
    ['user@example', true, 'email_outside_domain'],
    ['user@evilacme.example', true, 'email_outside_domain'],
    ['user@sub.evilacme.example', true, 'email_outside_domain'],
    ['user@sub.acme.example.evil.example', true, 'email_outside_domain'],
    ['user@.acme.example', true, 'email_invalid'],
    [undefined, true, 'email_missing'],
  ] as const)('on %j, verified %s, decides %j', (email, verified, outcome) => {
    expect(decide('below', email, verified)).toEqual(outcome)
  })
})

describe('a connection that names addresses', () => {
  it.each([
    ['boss@acme.example', undefined, ['boss@acme.example', true]],
    ['Boss@ACME.example', true, ['Boss@acme.example', true]],
    ['boss@acme.example', false, 'email_unverified'],
    ['boss@free.example', undefined, ['boss@free.example', true]],
    ['user@acme.example', true, 'email_outside_domain'],
    ['user@free.example', true, 'email_outside_domain'],
    ['boss+1@acme.example', true, 'email_outside_domain'],
    ['boss@sub.acme.example', true, 'email_outside_domain'],
    ['boss@sub.boss.example', true, 'email_outside_domain'],
    [undefined, true, 'email_missing'],
  ] as const)('on %j, verified %s, decides %j', (email, verified, outcome) => {
    expect(decide('boss', email, verified)).toEqual(outcome)
  })
})

describe('what another connection names more exactly', () => {
  it.each([
    ['bound', 'boss@acme.example', 'the address, to the owner of its domain'],
    ['bound', 'BOSS@Acme.Example', 'the address in other letters'],
    ['alsoBound', 'boss@acme.example', 'the address, to another owner of its domain'],
    ['below', 'boss@sub.far.example', 'the address, to the owner of the wildcard'],
    ['below', 'user@sub.deep.far.example', 'a longer wildcard'],
    ['open', 'boss@free.example', 'the address, to who names nothing'],
    ['everybodyElse', 'user@acme.example', 'the domain, to the default'],
    ['everybodyElse', 'user@sub.acme.example', 'the sub-domain, to the default'],
    ['open', 'user@off.example', 'the domain of one that is off'],
    ['everybodyElse', 'user@off.example', 'the domain of one that is off, to the default'],
  ] as const)('is not brought by %s: %s, %s', (who, email, _) => {
    for (const verified of [true, undefined, false]) {
      expect(decide(who, email, verified)).toBe('email_domain_of_another_connection')
    }
  })

  it('leaves the rest of the domain to its owner', () => {
    expect(decide('bound', 'user@acme.example', undefined)).toEqual(['user@acme.example', true])
    expect(decide('below', 'user@sub.far.example', undefined)).toEqual(['user@sub.far.example', true])
    expect(decide('below', 'user@deep.far.example', undefined)).toEqual(['user@deep.far.example', true])
    expect(decide('deepBelow', 'user@x.deep.far.example', undefined)).toEqual([
      'user@x.deep.far.example',
      true,
    ])
    expect(decide('open', 'user@free.example', undefined)).toEqual(['user@free.example', false])
  })

  it('is refused without a word about whose it is', () => {
    const identity = verifiedIdentity({
      ...person,
      connection: 'open',
      email: 'boss@acme.example',
      emailVerified: true,
    })
    expect(() => admit(identity, connections.open, selector)).toThrow(
      expect.objectContaining({
        message: 'only another connection may bring that address',
        details: {},
      }),
    )
  })
})

describe('the default connection', () => {
  it.each([
    ['user@unknown.example', true, ['user@unknown.example', true]],
    ['user@unknown.example', undefined, ['user@unknown.example', false]],
    ['user@unknown.example', false, ['user@unknown.example', false]],
    [undefined, undefined, [undefined, false]],
  ] as const)('vouches for nobody: on %j, verified %s, it decides %j', (email, verified, outcome) => {
    expect(decide('everybodyElse', email, verified)).toEqual(outcome)
  })
})

describe('a connection that names no domain', () => {
  it.each([
    ['user@unknown.example', true, ['user@unknown.example', true]],
    ['user@unknown.example', undefined, ['user@unknown.example', false]],
    ['user@unknown.example', false, ['user@unknown.example', false]],
    ['user@acme.example', true, 'email_domain_of_another_connection'],
    ['USER@ACME.example', true, 'email_domain_of_another_connection'],
    ['user@BÜCHER.example', true, 'email_domain_of_another_connection'],
    ['user@also.example', undefined, 'email_domain_of_another_connection'],
    ['user@also.example', false, 'email_domain_of_another_connection'],
    ['user@sub.acme.example', true, 'email_domain_of_another_connection'],
    ['user@sub.bücher.example', true, ['user@sub.xn--bcher-kva.example', true]],
    [undefined, undefined, [undefined, false]],
    [undefined, true, [undefined, false]],
    ['user@@unknown.example', true, 'email_invalid'],
    ['user@acme.example.', true, 'email_invalid'],
    ['user@acme\u200b.example', true, 'email_invalid'],
  ] as const)('on %j, verified %s, decides %j', (email, verified, outcome) => {
    expect(decide('open', email, verified)).toEqual(outcome)
  })
})

it('changes nothing else about the identity', () => {
  const identity = verifiedIdentity({
    ...person,
    connection: 'open',
    email: ' user@x.example ',
    emailVerified: true,
  })
  expect(admit(identity, connections.open, selector)).toEqual({
    ...identity,
    roles: [],
    email: 'user@x.example',
    emailVerified: true,
  })
})

it('says nothing about the person in the error', () => {
  const identity = verifiedIdentity({
    ...person,
    connection: 'open',
    email: 'user@acme.example',
    emailVerified: true,
  })
  expect(() => admit(identity, connections.open, selector)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('user') }),
  )
  expect(() => admit(identity, connections.open, selector)).toThrow(expect.objectContaining({ details: {} }))
})
