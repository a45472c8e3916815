import { describe, expect, it } from 'vitest'
import { answering, application, open, primary } from '../../test/github-scenario.ts'

describe('a login by the GitHub button', () => {
  it('says who it is by a number, for names are given up and taken by others', async () => {
    const { logIn } = await open()
    expect(await logIn()).toMatchObject({
      connection: 'github',
      protocol: 'social',
      issuer: 'https://github.com/login/oauth',
      subject: '583231',
      email: 'hub@mail.example',
      emailVerified: true,
      username: 'hub-person',
      name: 'Hub Person',
      picture: 'https://avatars.githubusercontent.com/u/583231?v=4',
      groups: [],
      roles: [],
    })
  })

  it('asks for the addresses and for nothing else, with PKCE', async () => {
    const { depart } = await open()
    const url = await depart({ loginHint: 'hub-person' })
    expect(url.origin + url.pathname).toBe('https://github.com/login/oauth/authorize')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: application.client_id,
      redirect_uri: application.redirect_uris[0],
      scope: 'user:email',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      login: 'hub-person',
    })
    expect(url.searchParams.has('prompt')).toBe(false)
  })

  it('asks which account after a sign-out', async () => {
    const { depart } = await open()
    expect((await depart({ forceLogin: true })).searchParams.get('prompt')).toBe('select_account')
  })

  it('asks the API as GitHub wants to be asked', async () => {
    const { logIn, gitHub } = await open()
    await logIn()
    const { headers } = gitHub.requests.last('/user')
    expect(headers.get('accept')).toBe('application/vnd.github+json')
    expect(headers.get('user-agent')).toBe('Doorward')
    expect(headers.get('x-github-api-version')).toBe('2022-11-28')
    const { parameters, headers: sent } = gitHub.requests.last('/access_token')
    expect(sent.get('accept')).toBe('application/json')
    expect(parameters.get('client_secret')).toBe(application.client_secret)
    expect(parameters.get('code_verifier')).toMatch(/^[\w-]{43}$/)
  })

  it('works with a GitHub App, which has permissions and no scopes', async () => {
    const { logIn } = await open({ application: { permissions: { emails: true } } })
    expect(await logIn()).toMatchObject({ email: 'hub@mail.example', emailVerified: true })
  })

  it('works with a GitHub of one’s own, whose API is below a path', async () => {
    const origin = 'https://github.acme.example'
    const { logIn, gitHub } = await open({ origin, settings: { server_url: origin } })
    expect(await logIn()).toMatchObject({ issuer: `${origin}/login/oauth`, subject: '583231' })
    expect(gitHub.requests.last('/user').url.href).toBe(`${origin}/api/v3/user`)
  })

  it('asks the API of a GitHub in the cloud on its own host', async () => {
    const origin = 'https://acme.ghe.com'
    const { logIn, gitHub } = await open({ origin, settings: { server_url: 'acme.ghe.com' } })
    await logIn()
    expect(gitHub.requests.last('/user').url.href).toBe('https://api.acme.ghe.com/user')
  })
})

describe('the address of a GitHub account', () => {
  it('is the primary one although the profile shows another', async () => {
    const { logIn } = await open({ account: { email: 'old@mail.example' } })
    expect((await logIn()).email).toBe('hub@mail.example')
  })

  it.each([
    ['the primary one is not verified', [{ ...primary, verified: false }], 'email_unverified'],
    ['none is the primary one', [{ ...primary, primary: false }], 'email_missing'],
    ['there is none', [], 'email_missing'],
  ])('is refused when %s', async (_, emails, code) => {
    const { refusal } = await open({ account: { email: 'shown@mail.example', emails } })
    expect((await refusal()).code).toBe(code)
  })

  it.each([
    ['is the primary one in other words', { ...primary, primary: 'true' }, 'email_missing'],
    ['is verified in other words', { ...primary, verified: 'true' }, 'email_unverified'],
    ['is no text', { ...primary, email: 7 }, 'email_missing'],
  ])('counts only as GitHub documents it, not when it %s', async (_, address, code) => {
    const { refusal } = await open({ intercept: answering('/user/emails', [null, address]) })
    expect((await refusal()).code).toBe(code)
  })

  it('is missing where a GitHub App may not ask, and the log says why', async () => {
    const { refusal } = await open({ application: { permissions: {} } })
    expect(await refusal()).toMatchObject({
      code: 'email_missing',
      details: { path: '/user/emails', status: 403 },
    })
  })

  it('is marked where the configuration lets an unverified one in', async () => {
    const { logIn } = await open({
      account: { emails: [{ ...primary, verified: false }] },
      settings: { email_verification: 'automatic' },
    })
    expect(await logIn()).toMatchObject({ email: 'hub@mail.example', emailVerified: false })
  })

  it('may be none at all where the configuration says so', async () => {
    const { logIn } = await open({
      application: { permissions: {} },
      settings: { email_verification: 'automatic' },
    })
    expect(await logIn()).toMatchObject({ email: undefined, emailVerified: false, subject: '583231' })
  })
})

describe('an answer of GitHub', () => {
  it('that is an error with status 200 is one', async () => {
    const { refusal } = await open({ application: { client_secret: 'another' } })
    expect(await refusal()).toMatchObject({
      code: 'token_request_refused',
      details: { error: 'incorrect_client_credentials', status: 200 },
    })
  })

  it('to an address that is not registered ends the login', async () => {
    const { refusal } = await open({ application: { redirect_uris: ['https://other.example/callback'] } })
    expect(await refusal()).toMatchObject({
      code: 'authorization_failed',
      details: { error: 'redirect_uri_mismatch' },
    })
  })

  it('that the person pressed "Cancel" ends the login', async () => {
    const { refusal, gitHub } = await open()
    gitHub.account = undefined
    expect((await refusal()).code).toBe('authorization_denied')
  })

  it.each([
    ['says that it is from somebody else', 'iss', 'https://github.com', 'authorization_issuer_mismatch'],
    ['belongs to another login', 'state', 'AAAAAAAAAAAAAAAAAAAAAA', 'authorization_response_invalid'],
    ['has another code', 'code', 'another', 'token_request_refused'],
  ])('that %s is refused', async (_, name, value, code) => {
    const { refusal } = await open()
    expect((await refusal((answer) => answer.set(name, value))).code).toBe(code)
  })

  it('needs no iss: older installations send none', async () => {
    const { logIn } = await open()
    expect(await logIn((answer) => answer.delete('iss'))).toMatchObject({ subject: '583231' })
  })

  it.each([
    ['a name in place of the number', '{"id":"583231","login":"hub-person"}'],
    ['no number', '{"login":"hub-person"}'],
    ['a broken number', '{"id":1.5}'],
    ['nobody’s number', '{"id":0}'],
    ['a number too large to be exact', '{"id":9007199254740993}'],
    ['a list', '[]'],
    ['a page', '<html>'],
  ])('about the person with %s says nothing', async (_, text) => {
    const intercept = async (request: Request, answer: () => Promise<Response>) =>
      new URL(request.url).pathname === '/user' ? new Response(text) : answer()
    const { refusal } = await open({ intercept })
    expect((await refusal()).code).toBe('provider_response_invalid')
  })

  it('about the person with an error status says nothing, whatever it says', async () => {
    const { refusal } = await open({ intercept: answering('/user', { id: 1, login: 'x' }, 401) })
    expect((await refusal()).code).toBe('provider_response_invalid')
  })

  it.each([
    ['comes with an error status', [primary], 500],
    ['is no list', { 0: primary, length: 1 }, 200],
  ])('about the addresses that %s says nothing', async (_, body, status) => {
    const settings = { email_verification: 'automatic' }
    const { refusal } = await open({ intercept: answering('/user/emails', body, status), settings })
    expect(await refusal()).toMatchObject({ code: 'provider_response_invalid', details: { status } })
  })

  it('with a fault of GitHub’s is one of GitHub’s, not a missing address', async () => {
    const intercept = async (request: Request, answer: () => Promise<Response>) =>
      new URL(request.url).pathname === '/user/emails' ? new Response('{}', { status: 502 }) : answer()
    const { refusal } = await open({ intercept, settings: { email_verification: 'automatic' } })
    expect((await refusal()).code).toBe('provider_response_invalid')
  })
})
