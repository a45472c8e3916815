import { describe, expect, it } from 'vitest'
import { createCognito, createGitHub, createGoogle, type GitHubApplication } from './index.ts'

// What of the documentation no relying party meets that does everything right.

const redirectUri = 'https://app.example/callback'
const application: GitHubApplication = {
  client_id: 'client-1',
  client_secret: 'secret-1',
  redirect_uris: [redirectUri],
}
const account = {
  id: 1,
  login: 'person',
  name: null,
  email: null,
  emails: [{ email: 'person@mail.example', primary: true, verified: true, visibility: null }],
  memberships: [{ organization: 'acme', state: 'active' as const }],
}

function query(parameters: Record<string, string>): string {
  return new URLSearchParams({
    client_id: 'client-1',
    redirect_uri: redirectUri,
    state: 's',
    ...parameters,
  }).toString()
}

function post(
  url: string,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Request {
  return new Request(url, { method: 'POST', body: new URLSearchParams(parameters), headers })
}

describe('the stand-in for GitHub', () => {
  const gitHub = createGitHub({ applications: [application], account })
  const authorize = (parameters: Record<string, string>) =>
    gitHub.fetch(
      new Request(`https://github.com/login/oauth/authorize?${query(parameters)}`, { redirect: 'manual' }),
    )
  const exchange = (parameters: Record<string, string>, headers?: Record<string, string>) =>
    gitHub.fetch(
      post(
        'https://github.com/login/oauth/access_token',
        { client_id: 'client-1', client_secret: 'secret-1', redirect_uri: redirectUri, ...parameters },
        headers,
      ),
    )
  const newCode = async (scope = 'user:email') => {
    const response = await authorize({ scope })
    return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
  }
  const call = (path: string, headers: Record<string, string>) =>
    gitHub.fetch(
      new Request(`https://api.github.com${path}`, { headers: { 'user-agent': 'test', ...headers } }),
    )
  const tokenFor = async (scope: string) => {
    const answer = await exchange({ code: await newCode(scope) }, { accept: 'application/json' })
    return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`
  }

  it('knows only applications that are registered', async () => {
    expect((await authorize({ client_id: 'another' })).status).toBe(404)
  })

  it('sends its errors to the registered address when another is asked for', async () => {
    const response = await authorize({ redirect_uri: 'https://evil.example/' })
    expect(response.headers.get('location')).toMatch(
      /^https:\/\/app\.example\/callback\?error=redirect_uri_mismatch/,
    )
  })

  it('takes S256 alone', async () => {
    const response = await authorize({ code_challenge: 'x', code_challenge_method: 'plain' })
    expect(response.headers.get('location')).toContain('error=invalid_request')
  })

  it('says who it is in its answer', async () => {
    const { searchParams } = new URL((await authorize({})).headers.get('location') ?? '')
    expect(searchParams.get('iss')).toBe('https://github.com/login/oauth')
  })

  it('answers in the form of a form unless JSON is asked for', async () => {
    const text = await (await exchange({ code: await newCode() })).text()
    expect(new URLSearchParams(text).get('token_type')).toBe('bearer')
  })

  it('takes a code once, and says no with status 200', async () => {
    const code = await newCode()
    await exchange({ code })
    const again = await exchange({ code }, { accept: 'application/json' })
    expect(again.status).toBe(200)
    expect(await again.json()).toMatchObject({ error: 'bad_verification_code' })
  })

  it.each([
    ['a missing name', { 'user-agent': '' }, 403],
    ['a version that does not exist', { 'x-github-api-version': '1999-01-01' }, 400],
    ['a token of nobody', { authorization: 'Bearer gho_x' }, 401],
  ])('refuses %s', async (_, headers, status) => {
    const authorization = await tokenFor('user:email')
    expect((await call('/user', { authorization, ...headers })).status).toBe(status)
  })

  it.each([
    ['/user/emails', 'read:org', 404],
    ['/user/memberships/orgs', 'user:email', 403],
    ['/user/teams', 'user:email', 403],
    ['/user/teams', 'read:org', 200],
    ['/user/repos', 'read:org', 404],
  ])('shows %s by the scope %s with status %i', async (path, scope, status) => {
    expect((await call(path, { authorization: await tokenFor(scope) })).status).toBe(status)
  })
})

describe('the stand-in for Google', () => {
  it.each([
    ['login', 400],
    ['select_account', 302],
    ['select_account consent', 302],
  ])('answers prompt=%s with status %i', async (prompt, status) => {
    const user = { sub: '1', email: 'person@gmail.com', email_verified: true }
    const google = await createGoogle({ applications: [application], user })
    const url = `https://accounts.google.com/o/oauth2/v2/auth?${query({ response_type: 'code', scope: 'openid', prompt })}`
    expect((await google.fetch(new Request(url, { redirect: 'manual' }))).status).toBe(status)
  })
})

describe('the stand-in for Amazon Cognito', () => {
  const cognito = createCognito({ applications: [application], user: { sub: '1', username: 'person' } })
  const domain = 'https://acme.auth.eu-central-1.amazoncognito.com'

  it.each([
    ['a client that is not registered', { client_id: 'another' }],
    ['an address that is not registered', { redirect_uri: 'https://app.example/callback/' }],
  ])('sends nobody back for %s', async (_, parameters) => {
    const request = new Request(`${domain}/oauth2/authorize?${query(parameters)}`)
    expect((await cognito.fetch(request)).status).toBe(400)
  })

  it('knows a client by either way', async () => {
    const code = { grant_type: 'authorization_code', code: 'unknown', redirect_uri: redirectUri }
    const basic = { authorization: `Basic ${btoa('client-1:secret-1')}` }
    const body = { client_id: 'client-1', client_secret: 'secret-1' }
    for (const request of [
      post(`${domain}/oauth2/token`, code, basic),
      post(`${domain}/oauth2/token`, { ...code, ...body }),
    ]) {
      expect(await (await cognito.fetch(request)).json()).toEqual({ error: 'invalid_grant' })
    }
    const unknown = await cognito.fetch(
      post(`${domain}/oauth2/token`, { ...code, ...body, client_secret: 'x' }),
    )
    expect(await unknown.json()).toEqual({ error: 'invalid_client' })
  })

  it('tells nobody who it is without a token', async () => {
    expect((await cognito.fetch(new Request(`${domain}/oauth2/userInfo`))).status).toBe(401)
  })

  it('sends nobody to an address that is not allowed after a sign-out', async () => {
    const request = new Request(`${domain}/logout?client_id=client-1&logout_uri=https://evil.example`)
    expect((await cognito.fetch(request)).status).toBe(400)
  })
})
