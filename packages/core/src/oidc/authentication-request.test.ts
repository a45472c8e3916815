import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { createScenario, goAndReturn, logIn, refusalOf, spoilt, verify } from '../../test/scenario.ts'
import type { OidcConnection } from '../config/connection.ts'

/** What the provider was asked for a connection, and what became of the login. */
async function askedFor(connection: Partial<OidcConnection>) {
  const scenario = await createScenario({ connection })
  const identity = await logIn(scenario)
  return { asked: scenario.provider.requests.last('authorization').parameters, identity }
}

describe('the authentication request', () => {
  it('says what the standard asks for', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    const { url, parameters } = scenario.provider.requests.last('authorization')
    expect(`${url.origin}${url.pathname}`).toBe('https://idp.example/authorize')
    expect(Object.fromEntries(parameters)).toMatchObject({
      client_id: 'client-1',
      redirect_uri: 'https://sso.example.com/api/auth/oidc/acme/login/callback/',
      response_type: 'code',
      scope: 'openid profile email',
    })
    expect(parameters.has('login_hint')).toBe(false)
  })

  it('has fresh secrets every time', async () => {
    const scenario = await createScenario()
    for (let login = 0; login < 5; login++) await logIn(scenario)
    const requests = [...scenario.provider.requests].filter(({ endpoint }) => endpoint === 'authorization')
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(new Set(requests.map(({ parameters }) => parameters.get(name))).size).toBe(5)
    }
  })
})

describe('the scopes of the authentication request', () => {
  it('are those of the connection, in their order, each once on the wire', async () => {
    const { asked } = await askedFor({ scopes: ['openid', 'email', 'groups', 'https://acme.example/read'] })
    expect(asked.getAll('scope')).toEqual(['openid email groups https://acme.example/read'])
  })

  it('may be openid alone', async () => {
    const { asked, identity } = await askedFor({ scopes: ['openid'] })
    expect(asked.get('scope')).toBe('openid')
    expect(identity).toMatchObject({ subject: 'user-1', email: undefined, name: undefined })
  })

  it('stay within their parameter', async () => {
    const { asked } = await askedFor({ scopes: ['openid', 'a&prompt=none', 'b#c'] })
    expect(asked.get('scope')).toBe('openid a&prompt=none b#c')
    expect(asked.has('prompt')).toBe(false)
  })
})

describe('the audience of the authentication request', () => {
  it('is the one of the connection', async () => {
    const { asked } = await askedFor({ audience: 'https://api.acme.example/?a=1&b=2' })
    expect(asked.getAll('audience')).toEqual(['https://api.acme.example/?a=1&b=2'])
  })

  it('is left out where none is configured', async () => {
    expect((await askedFor({})).asked.has('audience')).toBe(false)
  })

  it('changes nothing about whom the ID Token is for', async () => {
    const personality = spoilt({ idTokenClaims: (good) => ({ ...good, aud: 'https://api.acme.example' }) })
    const connection = { audience: 'https://api.acme.example' }
    const scenario = await createScenario({ provider: { personality }, connection })
    expect(await refusalOf(logIn(scenario))).toBe('id_token_audience_mismatch')
  })
})

describe('what else is asked for', () => {
  const asks = { prompt: [], maxAge: undefined, acrValues: [], domainHint: undefined } as const

  it('is nothing where nothing is configured', async () => {
    const { asked } = await askedFor({})
    for (const name of ['prompt', 'max_age', 'acr_values', 'domain_hint', 'response_mode'])
      expect(asked.has(name)).toBe(false)
  })

  it('is what is configured, in the words of the standards', async () => {
    const { asked } = await askedFor({
      asks: {
        prompt: ['consent', 'select_account'],
        maxAge: 0,
        acrValues: ['urn:mace:incommon:iap:silver', 'mfa'],
        domainHint: 'acme.example',
      },
    })
    expect(Object.fromEntries(asked)).toMatchObject({
      prompt: 'consent select_account',
      max_age: '0',
      acr_values: 'urn:mace:incommon:iap:silver mfa',
      domain_hint: 'acme.example',
    })
  })

  it('is to sign in anew where the person wants that, and nothing beside', async () => {
    const scenario = await createScenario({ connection: { asks: { ...asks, prompt: ['select_account'] } } })
    await goAndReturn(scenario, { forceLogin: true })
    expect(scenario.provider.requests.last('authorization').parameters.getAll('prompt')).toEqual(['login'])
  })
})

describe('a login that must not be older than max_age', () => {
  const asking = (maxAge: number | undefined, auth_time?: unknown) =>
    createScenario({
      connection: { asks: { prompt: [], maxAge, acrValues: [], domainHint: undefined } },
      provider: {
        personality: spoilt({
          idTokenClaims: ({ auth_time: good, ...rest }) => ({
            ...rest,
            auth_time: auth_time === 'good' ? good : auth_time,
          }),
        }),
      },
    })
  const begun = Date.UTC(2026, 0, 1) / 1000

  it.each([
    [60, begun],
    [60, begun - 60],
    [60, begun - 90],
    [0, begun],
    [0, begun - 30],
    [0, 'good'],
    [undefined, begun - 1_000_000],
    [undefined, undefined],
  ])('is accepted: of %j seconds, signed in at %j', async (maxAge, signedIn) => {
    expect((await logIn(await asking(maxAge, signedIn))).subject).toBe('user-1')
  })

  it.each([
    [60, begun - 91, 'authentication_too_old'],
    [0, begun - 31, 'authentication_too_old'],
    [60, undefined, 'id_token_claim_invalid'],
    [60, null, 'id_token_claim_invalid'],
    [60, String(begun), 'id_token_claim_invalid'],
  ])('is refused: of %j seconds, signed in at %j', async (maxAge, signedIn, code) => {
    expect(await refusalOf(logIn(await asking(maxAge, signedIn)))).toBe(code)
  })

  it('may take its time at the provider after that', async () => {
    const scenario = await asking(0, begun)
    const returned = await goAndReturn(scenario)
    scenario.clock.advance(50_000)
    expect((await verify(scenario, returned)).identity.subject).toBe('user-1')
  })
})

it.each([
  [undefined, -500],
  [600, -500],
  [400, 0],
])('max_age %j is heeded by a provider that knows the person', async (maxAge, age) => {
  const signedInAt = Date.UTC(2026, 0, 1) / 1000 - 500
  const scenario = await createScenario({
    connection: { asks: { prompt: [], maxAge, acrValues: [], domainHint: undefined } },
    provider: { signedInAt },
  })
  const { providerSession } = await verify(scenario, await goAndReturn(scenario))
  const idToken = providerSession.protocol === 'oidc' ? (providerSession.idToken?.reveal() ?? '') : ''
  expect(decodeJwt(idToken)['auth_time']).toBe(signedInAt + 500 + age)
})
