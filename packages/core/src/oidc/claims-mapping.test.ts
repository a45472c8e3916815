import { describe, expect, it } from 'vitest'
import { connectionWith } from '../../test/configured.ts'
import { createScenario, logIn, spoilt } from '../../test/scenario.ts'
import type { ClaimsMapping } from '../config/connection.ts'
import { readClaim } from './read-claim.ts'

type Claims = Record<string, unknown>

const { claims: usual } = connectionWith()

/** Who logs in at a provider with these claims in the ID Token, and these in userinfo, beside `sub`. */
async function identityOf(mapping: Partial<ClaimsMapping>, idToken: Claims, userinfo: Claims = {}) {
  const personality = spoilt({
    idTokenClaims: (good) => ({ ...good, ...idToken }),
    userinfo: ({ sub }) => ({ sub, ...userinfo }),
  })
  return logIn(
    await createScenario({
      provider: { personality, user: { sub: 'user-1' } },
      connection: { claims: { ...usual, ...mapping }, claimsSource: 'userinfo' },
    }),
  )
}

describe('a claim', () => {
  it.each<[string, Claims, string, unknown]>([
    ['a name', { mail: 1 }, 'mail', 1],
    ['a path', { a: { b: { c: 1 } } }, 'a.b.c', 1],
    ['a name with dots', { 'a.b': 1 }, 'a.b', 1],
    ['a name with dots before a path', { a: { b: 2 }, 'a.b': 1 }, 'a.b', 1],
    ['a name with dots before a path, null too', { a: { b: 2 }, 'a.b': null }, 'a.b', null],
    ['a URL', { 'https://acme.example/groups': 1 }, 'https://acme.example/groups', 1],
    ['a value that is an object', { a: { b: { c: 1 } } }, 'a.b', { c: 1 }],
    ['a list at the end', { a: { b: [1] } }, 'a.b', [1]],
    ['a name with nothing in it', { '': 1 }, '', 1],
    ['a path through a name with nothing in it', { a: { '': { b: 1 } } }, 'a..b', 1],
    ['a claim that is called like what every object has', { constructor: 1 }, 'constructor', 1],
    ['a claim that is called like a prototype', JSON.parse('{"__proto__":{"a":1}}'), '__proto__.a', 1],
  ])('is found by %s', (_, claims, name, value) => {
    expect(readClaim(claims, name)).toEqual(value)
  })

  it.each<[string, Claims, string]>([
    ['nothing is there', {}, 'mail'],
    ['its letters differ', { Mail: 1 }, 'mail'],
    ['the path ends early', { a: { b: 1 } }, 'a.b.c'],
    ['the path has another end', { a: { b: 1 } }, 'a.c'],
    ['a list is on the path', { a: [{ b: 1 }] }, 'a.b'],
    ['a list is on the path, by its index', { a: [{ b: 1 }] }, 'a.0.b'],
    ['the path ends in a list', { a: [1] }, 'a.0'],
    ['the length of a list is asked for', { a: [1] }, 'a.length'],
    ['the length of a text is asked for', { a: 'text' }, 'a.length'],
    ['null is on the path', { a: null }, 'a.b'],
    ['a number is on the path', { a: 7 }, 'a.toFixed'],
    ['the first step has a dot', { 'a.b': { c: 1 } }, 'a.b.c'],
    ['only every object has it', {}, 'constructor'],
    ['only every object has it: a prototype', {}, '__proto__'],
    ['only every object has it: a method', {}, 'toString'],
    ['only every object has it, on the path', {}, 'constructor.name'],
    ['only every object has it, on the path to a prototype', { a: {} }, 'a.__proto__.constructor'],
    ['only every object has it, at the end', { a: {} }, 'a.hasOwnProperty'],
  ])('is not there when %s', (_, claims, name) => {
    expect(readClaim(claims, name)).toBeUndefined()
  })
})

describe('a mapping', () => {
  it('says where everything is', async () => {
    const mapping: ClaimsMapping = {
      email: 'contact.mail',
      emailVerified: 'https://acme.example/mail_verified',
      username: 'login',
      name: 'display.name',
      givenName: 'display.first',
      familyName: 'display.last',
      picture: 'avatar',
      groups: ['realm_access.roles'],
    }
    const identity = await identityOf(mapping, {
      contact: { mail: 'user@acme.example' },
      'https://acme.example/mail_verified': true,
      login: 'one',
      display: { name: 'User One', first: 'User', last: 'One' },
      avatar: 'https://idp.example/user.png',
      realm_access: { roles: ['staff'] },
      // What has no say any more.
      email: 'usual@acme.example',
      email_verified: false,
      preferred_username: 'usual',
      name: 'Usual',
      given_name: 'Usual',
      family_name: 'Usual',
      picture: 'https://idp.example/usual.png',
      groups: ['usual'],
    })
    expect(identity).toMatchObject({
      subject: 'user-1',
      email: 'user@acme.example',
      emailVerified: true,
      username: 'one',
      name: 'User One',
      givenName: 'User',
      familyName: 'One',
      picture: 'https://idp.example/user.png',
      groups: ['staff'],
    })
  })

  it('of the address alone leaves open whether it is verified: the usual claim is not about it', async () => {
    const mapping = { email: 'upn', emailVerified: undefined }
    const said = { upn: 'user@acme.example', email: 'usual@acme.example', email_verified: true }
    expect(await identityOf(mapping, said)).toMatchObject({
      email: 'user@acme.example',
      emailVerified: undefined,
    })
  })

  it('of the address alone does not drown a "no", whatever that is about', async () => {
    const mapping = { email: 'upn', emailVerified: undefined }
    const said = { upn: 'user@acme.example', email_verified: false }
    expect(await identityOf(mapping, said)).toMatchObject({
      email: 'user@acme.example',
      emailVerified: false,
    })
  })

  it.each([['constructor'], ['__proto__'], ['toString'], ['constructor.name']])(
    'to %s finds nothing that nobody sent',
    async (name) => {
      const mapping = { email: name, username: name, name, groups: [name] }
      expect(await identityOf(mapping, {})).toMatchObject({
        email: undefined,
        username: undefined,
        name: undefined,
        groups: [],
      })
    },
  )

  it('takes a list, an object or a number for no text', async () => {
    const idToken = { list: ['user@acme.example'], object: { mail: 'user@acme.example' }, number: 7 }
    for (const name of Object.keys(idToken)) {
      expect(await identityOf({ email: name, name }, idToken)).toMatchObject({
        email: undefined,
        name: undefined,
      })
    }
  })

  it('leaves the usual names where it says nothing', async () => {
    const idToken = { upn: 'user@acme.example', name: 'User One', groups: ['staff'] }
    expect(await identityOf({ email: 'upn' }, idToken)).toMatchObject({ name: 'User One', groups: ['staff'] })
  })
})

describe('whether a mapped address is verified', () => {
  const mapping = { email: 'contact.mail', emailVerified: 'contact.verified' }
  const contact = { mail: 'user@acme.example' }

  it.each([
    ['its own place says yes', { contact: { ...contact, verified: true } }, {}, true],
    ['its own place says "true"', { contact: { ...contact, verified: 'true' } }, {}, true],
    ['its own place says "false"', { contact: { ...contact, verified: 'false' } }, {}, false],
    ['nothing is said', { contact }, {}, undefined],
    ['only the usual claim says yes', { contact, email_verified: true }, {}, undefined],
    ['only the usual claim says no', { contact, email_verified: false }, {}, undefined],
    ['only the other place says yes', { contact }, { contact: { ...contact, verified: true } }, undefined],
    [
      'the other place says no',
      { contact: { ...contact, verified: true } },
      { contact: { verified: false } },
      false,
    ],
  ])('is %s', async (_, idToken, userinfo, verified) => {
    expect((await identityOf(mapping, idToken, userinfo)).emailVerified).toBe(verified)
  })
})

describe('groups under several names', () => {
  const groups = ['realm_access.roles', 'https://acme.example/groups', 'groups']

  it.each<[string, Claims, Claims, string[]]>([
    ['the first', { realm_access: { roles: ['1'] }, groups: ['3'] }, {}, ['1']],
    ['the second', { 'https://acme.example/groups': ['2'], groups: ['3'] }, {}, ['2']],
    ['the last', { groups: '3' }, {}, ['3']],
    ['none', { roles: ['0'], realm_access: {} }, {}, []],
    ['the first, although it is empty', { realm_access: { roles: [] }, groups: ['3'] }, {}, []],
    ['the first, although it is in userinfo', { groups: ['3'] }, { realm_access: { roles: ['1'] } }, ['1']],
    ['that of the ID Token', { groups: ['3'] }, { groups: ['4'] }, ['3']],
    ['that of userinfo', {}, { groups: ['4'] }, ['4']],
  ])('are those of the first name that is present: %s', async (_, idToken, userinfo, found) => {
    expect((await identityOf({ groups }, idToken, userinfo)).groups).toEqual(found)
  })

  it('are in the order of the mapping, not of the claims', async () => {
    const idToken = { groups: ['3'], realm_access: { roles: ['1'] } }
    expect((await identityOf({ groups: groups.toReversed() }, idToken)).groups).toEqual(['3'])
    expect((await identityOf({ groups }, idToken)).groups).toEqual(['1'])
  })
})
