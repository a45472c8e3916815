import { describe, expect, it } from 'vitest'
import { createScenario, logIn, refusalOf, spoilt } from '../../test/scenario.ts'
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
