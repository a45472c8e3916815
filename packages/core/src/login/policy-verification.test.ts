import { describe, expect, it } from 'vitest'
import { configurationWith, connectionWith, reachWith } from '../../test/configured.ts'
import { SsoError } from '../errors/index.ts'
import { createSelector } from '../selection/select.ts'
import { verifiedIdentity } from './identity.ts'
import { admit } from './policy.ts'

const reach = reachWith({ domains: ['acme.example'] })
const strict = connectionWith({ id: 'strict', emailVerification: 'require' })
const connections = {
  'open, automatic': connectionWith({ id: 'open' }),
  'bound, automatic': connectionWith({ id: 'bound', reach }),
  'open, require': strict,
  'bound, require': { ...strict, id: 'bound-strict', reach },
}
const selector = createSelector(configurationWith(Object.values(connections)))

/** Whether the address counts as verified, or the reason for the refusal. */
function decide(
  who: keyof typeof connections,
  email: string | undefined,
  emailVerified: boolean | undefined,
) {
  const connection = connections[who]
  const identity = verifiedIdentity({
    connection: connection.id,
    protocol: 'oidc',
    issuer: 'https://idp.example',
    subject: 'user-1',
    email,
    emailVerified,
    username: undefined,
    name: undefined,
    givenName: undefined,
    familyName: undefined,
    picture: undefined,
    groups: [],
  })
  try {
    return admit(identity, connection, selector).emailVerified
  } catch (error) {
    if (error instanceof SsoError) return [error.code, error.message]
    throw error
  }
}

const saysNo = ['email_unverified', 'the identity provider says that the e-mail address is not verified']
const saysNothing = [
  'email_unverified',
  'the identity provider does not say that the e-mail address is verified, which email_verification requires',
]
const missing = ['email_missing', 'the identity provider sent no e-mail address']

// What the provider may write for a yes or a no is read before: see the claims of OpenID Connect.
describe('whether an address is verified', () => {
  it.each([
    ['open, automatic', true, true],
    ['open, automatic', undefined, false],
    ['open, automatic', false, false],
    ['bound, automatic', true, true],
    ['bound, automatic', undefined, true],
    ['bound, automatic', false, saysNo],
    ['open, require', true, true],
    ['open, require', undefined, saysNothing],
    ['open, require', false, saysNo],
    ['bound, require', true, true],
    ['bound, require', undefined, saysNothing],
    ['bound, require', false, saysNo],
  ] as const)('%s: when %s is said, the outcome is %j', (who, said, outcome) => {
    const email = who.startsWith('bound') ? 'user@acme.example' : 'user@free.example'
    expect(decide(who, email, said)).toEqual(outcome)
  })

  it.each([
    ['open, automatic', false],
    ['bound, automatic', missing],
    ['open, require', missing],
    ['bound, require', missing],
  ] as const)('%s: without an address, whatever is said, the outcome is %j', (who, outcome) => {
    for (const said of [true, undefined, false]) expect(decide(who, undefined, said)).toEqual(outcome)
  })

  it('opens no foreign domain', () => {
    const code = 'email_domain_of_another_connection'
    expect(decide('open, require', 'user@acme.example', true)).toContain(code)
    expect(decide('bound, require', 'user@free.example', true)).toContain('email_outside_domain')
  })

  it('is not asked of something that is no address', () => {
    expect(decide('open, require', 'user', true)).toContain('email_invalid')
  })
})
