import { describe, expect, it } from 'vitest'
import { baseUrl, CLIENT_SECRET } from '../../test/configured.ts'
import { createScenario, goAndReturn, logIn, refusalOf, spoilt, urlOf, verify } from '../../test/scenario.ts'
import type { OidcConnection } from '../config/connection.ts'
import { callbackUrl } from '../config/urls.ts'
import type { Fetch } from '../ports/fetch.ts'

const scenarioWith = (
  pushedRequests: 'absent' | 'offered' | 'required',
  connection: Partial<OidcConnection> = {},
) => createScenario({ provider: { pushedRequests }, connection })

/** A provider whose endpoint for pushed requests answers so. */
const answering =
  (status: number, body: unknown) =>
  (provider: Fetch): Fetch =>
  async (url, init) =>
    url.endsWith('/par') ? new Response(JSON.stringify(body), { status }) : provider(url, init)

describe('a request at a provider that takes pushed ones', () => {
  it.each(['offered', 'required'] as const)('is pushed, where that is %s', async (pushedRequests) => {
    const scenario = await scenarioWith(pushedRequests)
    expect((await logIn(scenario)).subject).toBe('user-1')
    const { requests } = scenario.provider
    expect(requests.count('par')).toBe(1)
    const sent = requests.last('par')
    expect(sent.url.search).toBe('')
    expect(sent.clientAuthentication).toEqual(['client_secret_post'])
    expect(sent.parameters.get('client_secret')).toBe(CLIENT_SECRET)
    expect(Object.fromEntries(sent.parameters)).toMatchObject({
      client_id: 'client-1',
      redirect_uri: 'https://sso.example.com/api/auth/oidc/acme/login/callback/',
      response_type: 'code',
      scope: 'openid profile email',
      code_challenge_method: 'S256',
      nonce: expect.stringMatching(/^.{22}$/),
      state: expect.stringMatching(/^.{22}$/),
    })
    expect(Object.keys(Object.fromEntries(requests.last('authorization').parameters))).toEqual([
      'client_id',
      'request_uri',
    ])
  })

  it('brings what the person and the connection want along', async () => {
    const asks = { prompt: [], maxAge: 60, acrValues: ['mfa'], domainHint: undefined } as const
    const scenario = await scenarioWith('required', { asks, responseMode: 'form_post' })
    await verify(scenario, await goAndReturn(scenario, { forceLogin: true }))
    expect(Object.fromEntries(scenario.provider.requests.last('par').parameters)).toMatchObject({
      prompt: 'login',
      max_age: '60',
      acr_values: 'mfa',
      response_mode: 'form_post',
    })
  })

  it.each([
    [{ clientSecret: undefined }, []],
    [{ clientAuthentication: 'client_secret_basic' }, ['client_secret_basic']],
  ] as const)('says who asks as at the token endpoint: %j', async (connection, expected) => {
    const scenario = await scenarioWith('required', connection)
    await logIn(scenario)
    expect(scenario.provider.requests.last('par').clientAuthentication).toEqual(expected)
  })

  it('is not pushed where that is not wanted here, or not there', async () => {
    for (const scenario of [
      await scenarioWith('offered', { pushedRequests: 'never' }),
      await scenarioWith('absent'),
    ]) {
      expect((await logIn(scenario)).subject).toBe('user-1')
      expect(scenario.provider.requests.count('par')).toBe(0)
    }
  })

  it.each([
    ['offered', 0],
    ['required', 1],
  ] as const)('is pushed for an ID Token alone only where it must: %s', async (pushedRequests, count) => {
    const scenario = await scenarioWith(pushedRequests, {
      responseType: 'id_token',
      responseMode: 'form_post',
      clientSecret: undefined,
      pkce: false,
    })
    expect((await logIn(scenario)).subject).toBe('user-1')
    expect(scenario.provider.requests.count('par')).toBe(count)
  })

  it('goes to the address that is configured', async () => {
    const scenario = await createScenario({
      provider: {
        pushedRequests: 'offered',
        personality: spoilt({
          discoveryDocument: ({ pushed_authorization_request_endpoint: _, ...good }) => good,
        }),
      },
      connection: { endpoints: { pushedAuthorizationRequest: 'https://idp.example/par' } },
    })
    await logIn(scenario)
    expect(scenario.provider.requests.count('par')).toBe(1)
  })

  it('keeps what the authorization endpoint has in its query, and pushes it not', async () => {
    const scenario = await createScenario({
      provider: { pushedRequests: 'offered' },
      connection: { endpoints: { authorization: 'https://idp.example/authorize?policy=a' } },
    })
    const { state } = Object.fromEntries((await goAndReturn(scenario)).answer)
    expect(state).toMatch(/^.{22}$/)
    expect(scenario.provider.requests.last('authorization').url.searchParams.get('policy')).toBe('a')
    expect(scenario.provider.requests.last('par').parameters.has('policy')).toBe(false)
  })
})

it.each([
  [200, 'urn:ietf:params:oauth:request_uri:1'],
  [201, 'x'.repeat(2048)],
])('a pushed request may be taken with status %i, and have a name of any sort', async (status, name) => {
  const { protocol, connection } = await createScenario({
    provider: { pushedRequests: 'offered' },
    intercept: answering(status, { request_uri: name }),
  })
  const begun = await protocol.begin({
    connection,
    baseUrl,
    answerUrl: callbackUrl(connection, baseUrl),
    transactionId: 'a'.repeat(22),
    loginHint: undefined,
    forceLogin: false,
  })
  expect(urlOf(begun.departure).searchParams.get('request_uri')).toBe(name)
})

describe('a pushed request that is not taken', () => {
  it.each([
    [400, { error: 'invalid_request', error_description: 'AADSTS50011: no' }, 'pushed_request_refused'],
    [401, { error: 'invalid_client' }, 'pushed_request_refused'],
    [302, {}, 'provider_response_invalid'],
    [500, {}, 'provider_response_invalid'],
    [503, {}, 'provider_response_invalid'],
    [201, {}, 'provider_response_invalid'],
    [201, { request_uri: 7 }, 'provider_response_invalid'],
    [201, { request_uri: '' }, 'provider_response_invalid'],
    [201, { request_uri: 'x'.repeat(2049) }, 'provider_response_invalid'],
    [202, { request_uri: 'urn:x' }, 'pushed_request_refused'],
    [201, [], 'provider_response_invalid'],
  ])('ends the login before anybody is sent anywhere: %j %j', async (status, body, code) => {
    const scenario = await createScenario({
      provider: { pushedRequests: 'offered' },
      intercept: answering(status, body),
    })
    expect(await refusalOf(logIn(scenario))).toBe(code)
    expect(scenario.provider.requests.count('authorization')).toBe(0)
  })

  it('is told of in the log by code alone', async () => {
    const body = { error: 'invalid_request', error_description: 'AADSTS50011: of user@acme.example' }
    const scenario = await createScenario({
      provider: { pushedRequests: 'offered' },
      intercept: answering(400, body),
    })
    await expect(goAndReturn(scenario)).rejects.toMatchObject({
      details: { error: 'invalid_request', vendorCode: 'AADSTS50011', status: 400 },
    })
  })

  it('is the case where the secret is wrong', async () => {
    const scenario = await createScenario({
      provider: {
        pushedRequests: 'required',
        clients: [{ client_id: 'client-1', client_secret: 'other', redirect_uris: 'any' }],
      },
    })
    expect(await refusalOf(logIn(scenario))).toBe('pushed_request_refused')
  })
})

it('a name of a request stays within its parameter', async () => {
  const scenario = await createScenario({
    provider: { pushedRequests: 'offered' },
    intercept: answering(201, { request_uri: 'urn:x&prompt=none#y' }),
  })
  const { protocol, connection, services } = scenario
  const { departure } = await protocol.begin({
    connection,
    baseUrl: services.baseUrl,
    answerUrl: 'https://sso.example.com/',
    transactionId: 'a'.repeat(22),
    loginHint: undefined,
    forceLogin: false,
  })
  const { searchParams, hash } = urlOf(departure)
  expect([searchParams.get('request_uri'), searchParams.has('prompt'), hash]).toEqual([
    'urn:x&prompt=none#y',
    false,
    '',
  ])
})
