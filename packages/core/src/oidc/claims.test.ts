import { describe, expect, it } from 'vitest'
import { createScenario, goAndReturn, logIn, refusalOf, spoilt, verify } from '../../test/scenario.ts'

type Claims = Record<string, unknown>

/** Who logs in at a provider with these claims in the ID Token, and these in userinfo, beside `sub`. */
async function identityOf(idToken: Claims, userinfo: Claims = {}) {
  const personality = spoilt({
    idTokenClaims: (good) => ({ ...good, ...idToken }),
    userinfo: ({ sub }) => ({ sub, ...userinfo }),
  })
  const scenario = await createScenario({ provider: { personality, user: { sub: 'user-1' } } })
  return { identity: await logIn(scenario), requests: scenario.provider.requests }
}

describe('who somebody is', () => {
  it('is read from the ID Token alone when that has an address', async () => {
    const { identity, requests } = await identityOf(
      {
        email: 'user@acme.example',
        email_verified: true,
        name: 'User One',
        given_name: 'User',
        family_name: 'One',
        preferred_username: 'user',
        picture: 'https://idp.example/user.png',
        groups: ['staff'],
      },
      { email: 'other@acme.example', name: 'Other' },
    )
    expect(identity).toEqual({
      connection: 'acme',
      protocol: 'oidc',
      issuer: 'https://idp.example',
      subject: 'user-1',
      email: 'user@acme.example',
      emailVerified: true,
      username: 'user',
      name: 'User One',
      givenName: 'User',
      familyName: 'One',
      picture: 'https://idp.example/user.png',
      groups: ['staff'],
    })
    expect(requests.count('userinfo')).toBe(0)
  })

  it('is completed from userinfo when the ID Token has no address', async () => {
    const { identity, requests } = await identityOf(
      { name: 'User One', groups: ['staff'] },
      {
        email: 'user@acme.example',
        email_verified: true,
        name: 'Other',
        given_name: 'User',
        groups: ['admins'],
      },
    )
    expect(identity).toMatchObject({
      email: 'user@acme.example',
      emailVerified: true,
      name: 'User One',
      givenName: 'User',
      groups: ['staff'],
    })
    expect(requests.count('userinfo')).toBe(1)
  })

  it.each([
    ['https://idp.example/a.png', 'https://idp.example/a.png'],
    ['http://idp.example/a.png', 'http://idp.example/a.png'],
    ['javascript:alert(1)', undefined],
    [' JavaScript:alert(1)', undefined],
    ['data:text/html,<script>alert(1)</script>', undefined],
    ['/a.png', undefined],
    ['https://', undefined],
  ])('takes no picture that is not on the web: %s', async (picture, expected) => {
    expect((await identityOf({ picture })).identity.picture).toBe(expected)
  })

  it('fetches no picture', async () => {
    const { requests } = await identityOf({
      email: 'user@acme.example',
      picture: 'https://idp.example/picture',
    })
    expect(requests.count('unknown')).toBe(0)
  })
})

describe('an address and whether it is verified', () => {
  it('come from the same place, but a no counts from anywhere', async () => {
    const { identity } = await identityOf(
      { email_verified: true },
      { email: 'user@acme.example', email_verified: false },
    )
    expect(identity).toMatchObject({ email: 'user@acme.example', emailVerified: false })
    const denied = await identityOf({ email_verified: false }, { email: 'user@acme.example' })
    expect(denied.identity).toMatchObject({ email: 'user@acme.example', emailVerified: false })
    const silent = await identityOf({ email_verified: true }, { email: 'user@acme.example' })
    expect(silent.identity).toMatchObject({ email: 'user@acme.example', emailVerified: undefined })
  })

  it.each([
    [true, true],
    ['true', true],
    [undefined, undefined],
    [null, undefined],
    [false, false],
    ['false', false],
    ['TRUE', false],
    ['yes', false],
    ['', false],
    [1, false],
    [['true'], false],
    [{}, false],
  ])('email_verified %j counts as %j', async (email_verified, verified) => {
    const { identity } = await identityOf({ email: 'user@acme.example', email_verified })
    expect(identity.emailVerified).toBe(verified)
  })

  it.each([
    [['user@acme.example']],
    [{ value: 'user@acme.example' }],
    [7],
    [true],
    ['user@acme.example\n'],
    [''],
  ])('an address that is %j is none', async (email) => {
    const { identity } = await identityOf({ email, email_verified: true })
    expect(identity).toMatchObject({ email: undefined, emailVerified: undefined })
  })
})

describe('groups', () => {
  it.each([
    [
      ['staff', 'admins'],
      ['staff', 'admins'],
    ],
    ['staff', ['staff']],
    [[], []],
    [undefined, []],
    [null, []],
    ['', []],
    [7, []],
    [{ staff: true }, []],
    [['staff', 7, null, ['admins'], { name: 'x' }, '', 'a\nb'], ['staff']],
    [
      ['a,b', 'a b'],
      ['a,b', 'a b'],
    ],
    [['x'.repeat(256)], ['x'.repeat(256)]],
  ])('%j become %j', async (groups, read) => {
    const { identity } = await identityOf({ email: 'user@acme.example', groups })
    expect(identity.groups).toEqual(read)
  })

  it.each([
    ['too many', Array.from({ length: 1001 }, (_, index) => `group-${index}`)],
    ['too long', ['x'.repeat(257)]],
  ])('that are %s end the login: to leave some out could let somebody in', async (_, groups) => {
    await expect(identityOf({ email: 'user@acme.example', groups })).rejects.toMatchObject({
      code: 'id_token_claim_invalid',
      details: { claim: 'groups' },
    })
  })

  it('may be two hundred', async () => {
    const groups = Array.from(
      { length: 200 },
      (_, index) => `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
    )
    expect((await identityOf({ email: 'user@acme.example', groups })).identity.groups).toEqual(groups)
  })
})

describe('other claims', () => {
  it.each([[7], [['User']], [{}], [''], ['User\0'], ['x'.repeat(2049)]])(
    'a name that is %j is none',
    async (name) => {
      expect((await identityOf({ email: 'user@acme.example', name })).identity.name).toBeUndefined()
    },
  )

  it('do not reach the identity', async () => {
    const { identity } = await identityOf({
      email: 'user@acme.example',
      roles: ['admin'],
      connection: 'other',
      issuer: 'x',
    })
    expect(identity).not.toHaveProperty('roles')
    expect(identity).toMatchObject({ connection: 'acme', issuer: 'https://idp.example' })
  })
})

describe('what the provider calls its own session', () => {
  async function sidOf(idToken: Claims, userinfo: Claims = {}) {
    const personality = spoilt({
      idTokenClaims: (good) => ({ ...good, ...idToken }),
      userinfo: ({ sub }) => ({ sub, ...userinfo }),
    })
    const scenario = await createScenario({ provider: { personality, user: { sub: 'user-1' } } })
    const { providerSession } = await verify(scenario, await goAndReturn(scenario))
    return providerSession
  }

  it.each([['sid-1'], ['08a5019c-17e1-4977-8f42-65a12843ea02'], [' Ünïcode '], ['x'.repeat(255)]])(
    'is kept to the letter: %j',
    async (sid) => {
      expect(await sidOf({ sid })).toMatchObject({ protocol: 'oidc', sid })
    },
  )

  it.each([
    [undefined],
    [null],
    [''],
    [7],
    [0],
    [true],
    [['sid-1']],
    [{ sid: 'sid-1' }],
    ['x'.repeat(256)],
    ['sid-1\n'],
    ['sid\0-1'],
    ['\u0085sid-1'],
    ['\u007f'],
  ])('is nothing when it is %j, and the login goes on', async (sid) => {
    expect(await sidOf({ sid })).toMatchObject({ protocol: 'oidc', sid: undefined })
  })

  it('is read from the ID Token alone', async () => {
    expect(await sidOf({ sid: undefined }, { sid: 'sid-1' })).toMatchObject({ sid: undefined })
    expect(await sidOf({ sid: 'sid-1' }, { sid: 'sid-2' })).toMatchObject({ sid: 'sid-1' })
  })
})

describe('userinfo', () => {
  it('is asked with the access token in the header alone', async () => {
    const { requests } = await identityOf({}, { email: 'user@acme.example' })
    const { headers, url } = requests.last('userinfo')
    expect(headers.get('authorization')).toMatch(/^Bearer \S+$/)
    expect(url.search).toBe('')
  })

  it.each([['user-2'], ['USER-1'], ['user-1 '], [''], [undefined], [null], [['user-1']]])(
    'about %j is refused',
    async (sub) => {
      const personality = spoilt({ userinfo: () => ({ sub, email: 'user@acme.example' }) })
      const scenario = await createScenario({ provider: { personality, user: { sub: 'user-1' } } })
      expect(await refusalOf(logIn(scenario))).toBe('userinfo_subject_mismatch')
    },
  )

  it('that answers with an error status ends the login', async () => {
    const personality = spoilt({
      response: (good, { endpoint }) =>
        endpoint === 'userinfo' ? new Response('{}', { status: 403 }) : good,
    })
    const scenario = await createScenario({ provider: { personality, user: { sub: 'user-1' } } })
    expect(await refusalOf(logIn(scenario))).toBe('provider_response_invalid')
  })
})

describe('an address that Google brings', () => {
  const issuer = 'https://accounts.google.com'

  async function verifiedAt(provider: string, claims: Claims) {
    const personality = spoilt({ idTokenClaims: (good) => ({ ...good, ...claims }) })
    const scenario = await createScenario({
      provider: { issuer: provider, personality, user: { sub: 'user-1' } },
      connection: { serverUrl: provider, issuer: provider },
    })
    return (await logIn(scenario)).emailVerified
  }

  it.each([
    [
      'of an account that an organisation manages',
      { email: 'user@acme.example', email_verified: true, hd: 'acme.example' },
      true,
    ],
    [
      'of a second domain of that organisation',
      { email: 'user@acme.test', email_verified: true, hd: 'acme.example' },
      true,
    ],
    ['of its own mail', { email: 'user@gmail.com', email_verified: true }, true],
    ['of its own mail, as it was called', { email: 'user@GoogleMail.com', email_verified: true }, true],
    [
      'of a private account under an address of elsewhere',
      { email: 'user@acme.example', email_verified: true },
      false,
    ],
    [
      'of an account whose organisation is not named',
      { email: 'user@acme.example', email_verified: true, hd: '' },
      false,
    ],
    ['without a word about it', { email: 'user@acme.example', hd: 'acme.example' }, false],
    ['with a no', { email: 'user@gmail.com', email_verified: false }, false],
  ])('%s is verified: %j, %s', async (_, claims, verified) => {
    expect(await verifiedAt(issuer, claims)).toBe(verified)
  })

  it('is judged so at Google alone', async () => {
    const claims = { email: 'user@acme.example', email_verified: true }
    expect(await verifiedAt('https://accounts.google.com.idp.example', claims)).toBe(true)
  })
})
