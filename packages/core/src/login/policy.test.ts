import { describe, expect, it } from 'vitest'
import { configurationWith, connectionWith } from '../../test/configured.ts'
import { SsoError } from '../errors/index.ts'
import { createSelector } from '../selection/select.ts'
import { verifiedIdentity } from './identity.ts'
import { admit } from './policy.ts'

const bound = connectionWith({ id: 'bound', emailDomains: ['acme.example', 'bücher.example'].map(toAscii) })
const alsoBound = connectionWith({ id: 'also-bound', emailDomains: ['acme.example', 'also.example'] })
const open = connectionWith({ id: 'open' })
const connections = { bound, alsoBound, open }
const selector = createSelector(configurationWith(Object.values(connections)))

function toAscii(domain: string): string {
  return new URL(`https://${domain}`).hostname
}

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
    ['user@sub.acme.example', true, ['user@sub.acme.example', true]],
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
  expect(admit(identity, open, selector)).toEqual({
    ...identity,
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
  expect(() => admit(identity, open, selector)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('user') }),
  )
  expect(() => admit(identity, open, selector)).toThrow(expect.objectContaining({ details: {} }))
})
