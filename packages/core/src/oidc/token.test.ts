import { describe, expect, it } from 'vitest'
import { CLIENT_SECRET } from '../../test/configured.ts'
import { createScenario, goAndReturn, logIn, refusalOf, spoilt, verify } from '../../test/scenario.ts'
import { sha256 } from '../encoding/digest.ts'
import { unsetSecret } from '../encoding/secret.ts'

describe('client authentication', () => {
  const announcing = (methods: unknown) =>
    spoilt({ discoveryDocument: (good) => ({ ...good, token_endpoint_auth_methods_supported: methods }) })

  it.each([
    ['client_secret_basic', ['client_secret_post'], 'client_secret_basic'],
    ['client_secret_post', ['client_secret_basic'], 'client_secret_post'],
    ['automatic', ['client_secret_basic', 'client_secret_post'], 'client_secret_post'],
    ['automatic', ['client_secret_post'], 'client_secret_post'],
    ['automatic', ['client_secret_basic'], 'client_secret_basic'],
    ['automatic', ['private_key_jwt'], 'client_secret_basic'],
    ['automatic', [], 'client_secret_basic'],
    ['automatic', undefined, 'client_secret_basic'],
    ['automatic', 'client_secret_post', 'client_secret_basic'],
  ] as const)(
    'that is %s at a provider which takes %j is %s on the wire',
    async (clientAuthentication, methods, used) => {
      const scenario = await createScenario({
        provider: { personality: announcing(methods) },
        connection: { clientAuthentication },
      })
      expect((await logIn(scenario)).subject).toBe('user-1')
      expect(scenario.provider.requests.last('token').clientAuthentication).toEqual([used])
    },
  )

  it('with a wrong secret is refused, and the log names the error', async () => {
    const scenario = await createScenario({ provider: { personality: 'invalid-client' } })
    await expect(logIn(scenario)).rejects.toMatchObject({
      code: 'token_request_refused',
      details: { error: 'invalid_client', status: 401 },
    })
  })

  it('shows the secret nowhere but at the token endpoint', async () => {
    const scenario = await createScenario({ connection: { clientAuthentication: 'client_secret_post' } })
    await logIn(scenario)
    const others = [...scenario.provider.requests].filter(({ endpoint }) => endpoint !== 'token')
    expect(others.length).toBeGreaterThan(2)
    for (const { url, headers } of others) {
      expect(url.href).not.toContain('secret')
      expect(headers.get('authorization')).toBeNull()
    }
    expect(scenario.provider.requests.last('token').url.search).toBe('')
  })
})

describe('a public client', () => {
  it.each(['none', 'automatic', 'client_secret_post', 'client_secret_basic'] as const)(
    'whose method is %s sends its id, the proof of PKCE and no secret',
    async (clientAuthentication) => {
      const scenario = await createScenario({ connection: { clientSecret: undefined, clientAuthentication } })
      expect((await logIn(scenario)).subject).toBe('user-1')
      const { headers, parameters, clientAuthentication: used } = scenario.provider.requests.last('token')
      expect(used).toEqual([])
      expect(headers.get('authorization')).toBeNull()
      expect(parameters.has('client_secret')).toBe(false)
      expect(parameters.get('client_id')).toBe('client-1')
      const verifier = parameters.get('code_verifier') ?? ''
      const asked = scenario.provider.requests.last('authorization').parameters
      expect(asked.get('code_challenge_method')).toBe('S256')
      expect(asked.get('code_challenge')).toBe(await sha256(verifier))
    },
  )

  it('is refused by a provider that gave us a secret', async () => {
    const client = { client_id: 'client-1', client_secret: CLIENT_SECRET, redirect_uris: 'any' } as const
    const scenario = await createScenario({
      provider: { clients: [client] },
      connection: { clientSecret: undefined },
    })
    await expect(logIn(scenario)).rejects.toMatchObject({
      code: 'token_request_refused',
      details: { error: 'invalid_client', status: 401 },
    })
  })
})

describe('a secret that is not set', () => {
  it.each(['automatic', 'client_secret_basic', 'client_secret_post'] as const)(
    'is named when it is needed for %s, and nothing is sent',
    async (clientAuthentication) => {
      const scenario = await createScenario({
        connection: { clientSecret: unsetSecret('ACME_CLIENT_SECRET'), clientAuthentication },
      })
      const returned = await goAndReturn(scenario)
      await expect(verify(scenario, returned)).rejects.toMatchObject({
        name: 'SsoError',
        code: 'installation_invalid',
        details: { variable: 'ACME_CLIENT_SECRET' },
      })
      expect(scenario.provider.requests.count('token')).toBe(0)
    },
  )
})

describe('the token request', () => {
  it('repeats the redirect URI and sends the code in the body', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    const { method, parameters } = scenario.provider.requests.last('token')
    expect(method).toBe('POST')
    expect(Object.fromEntries(parameters)).toMatchObject({
      grant_type: 'authorization_code',
      redirect_uri: 'https://sso.example.com/api/auth/oidc/acme/login/callback/',
      code: expect.any(String),
    })
  })
})

describe('a token response', () => {
  it.each([
    ['id_token', undefined],
    ['id_token', 7],
    ['access_token', ''],
    ['access_token', ['x']],
    ['access_token', 'line\nbreak'],
    ['access_token', 'ünï'],
    ['token_type', undefined],
    ['token_type', 'DPoP'],
    ['token_type', 'bearer x'],
  ])('whose %s is %j is refused', async (attribute, value) => {
    const personality = spoilt({ tokenResponse: (good) => ({ ...good, [attribute]: value }) })
    const scenario = await createScenario({ provider: { personality } })
    await expect(logIn(scenario)).rejects.toMatchObject({
      code: 'token_response_invalid',
      details: { attribute },
    })
  })

  const answering = (answer: () => Response) =>
    spoilt({ response: (good, { endpoint }) => (endpoint === 'token' ? answer() : good) })

  it.each([
    ['an error of the server', () => new Response('{}', { status: 500 }), 'provider_response_invalid'],
    [
      'an error of the server as a page',
      () => new Response('<p>', { status: 503 }),
      'provider_response_invalid',
    ],
    ['an error as a page', () => new Response('<p>', { status: 400 }), 'provider_response_invalid'],
    ['an error as JSON', () => Response.json({ error: 'x' }, { status: 400 }), 'token_request_refused'],
    ['an error that says it went well', () => Response.json({ error: 'x' }), 'token_request_refused'],
    ['an error without its code', () => Response.json({}, { status: 400 }), 'token_request_refused'],
    [
      'an error that no text can be made of',
      () => Response.json({ error: { toString: 1, valueOf: 1 } }, { status: 400 }),
      'token_request_refused',
    ],
    [
      'an error as odd JSON',
      () => Response.json({ error: { a: 1 } }, { status: 403 }),
      'token_request_refused',
    ],
    [
      'success of another kind',
      () => Response.json({ id_token: 'x' }, { status: 201 }),
      'token_request_refused',
    ],
    ['nothing', () => new Response(null, { status: 204 }), 'provider_response_invalid'],
    ['an empty body', () => new Response('', { status: 200 }), 'provider_response_invalid'],
    ['a list', () => Response.json([]), 'provider_response_invalid'],
    ['null', () => Response.json(null), 'provider_response_invalid'],
    ['a text', () => Response.json('id_token'), 'provider_response_invalid'],
  ])('that is %s is refused', async (_, answer, code) => {
    const scenario = await createScenario({ provider: { personality: answering(answer) } })
    expect(await refusalOf(logIn(scenario))).toBe(code)
  })

  it('brings no description into the log but the number of a vendor', async () => {
    const description = 'AADSTS50034: The user user@acme.example does not exist'
    const answer = () =>
      Response.json({ error: 'invalid_grant', error_description: description }, { status: 400 })
    const scenario = await createScenario({ provider: { personality: answering(answer) } })
    await expect(logIn(scenario)).rejects.toMatchObject({
      details: { error: 'invalid_grant', vendorCode: 'AADSTS50034', status: 400 },
    })
  })

  it('may come under a wrong content type', async () => {
    const personality = spoilt({
      response: async (good, { endpoint }) =>
        endpoint === 'token'
          ? new Response(await good.text(), { headers: { 'content-type': 'text/plain' } })
          : good,
    })
    expect((await logIn(await createScenario({ provider: { personality } }))).subject).toBe('user-1')
  })
})
