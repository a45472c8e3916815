import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { authorize, goodRequest, returned } from '../../test-support/careless-client.ts'
import { create } from '../../test-support/create.ts'

describe('the authorization endpoint', () => {
  it.each<[string, Record<string, string>]>([
    ['an unknown client', { client_id: 'client-3' }],
    ['no client', { client_id: '' }],
    ['a redirect_uri that is not registered', { redirect_uri: 'https://app.example/callback' }],
    ['no redirect_uri', { redirect_uri: '' }],
  ])('gives a page with status 400 to %s', async (_, change) => {
    const provider = await create()
    const response = await authorize(provider.fetch, provider.issuer, { ...goodRequest, ...change })
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
  })

  it.each<[string, Record<string, string>]>([
    ['invalid_request', { response_type: '' }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: 'profile' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge_method: '' }],
    ['invalid_request', { code_challenge: 'short' }],
    ['invalid_request', { response_mode: 'fragment' }],
    ['invalid_request', { prompt: 'none login' }],
    ['login_required', { prompt: 'none', max_age: '0' }],
    ['request_not_supported', { request: 'x.y.z' }],
  ])('sends %s back for %o', async (error, change) => {
    const provider = await create()
    const back = returned(await authorize(provider.fetch, provider.issuer, { ...goodRequest, ...change }))
    expect([back.get('error'), back.get('state'), back.get('iss')]).toEqual([
      error,
      'state-1',
      provider.issuer,
    ])
  })

  it('admits any http(s) address without fragment where any is registered', async () => {
    const provider = await create()
    const statusFor = async (redirect_uri: string) =>
      (
        await authorize(provider.fetch, provider.issuer, {
          ...goodRequest,
          client_id: 'client-2',
          redirect_uri,
        })
      ).status
    expect(await statusFor('http://127.0.0.1:1/callback')).toBe(302)
    expect(await statusFor('https://app.example/#fragment')).toBe(400)
    expect(await statusFor('javascript:alert(1)')).toBe(400)
  })

  it('takes a POST, and answers by form post when asked to', async () => {
    const provider = await create()
    const body = new URLSearchParams({ ...goodRequest, state: '"><script>', response_mode: 'form_post' })
    const response = await provider.fetch(
      new Request(`${provider.issuer}/authorize`, { method: 'POST', body }),
    )
    const markup = await response.text()
    expect(markup).toContain('<form method="post" action="https://app.example/callback?tenant=1">')
    expect(markup).toContain('<input type="hidden" name="state" value="&quot;&gt;&lt;script&gt;">')
    expect(markup).toMatch(/name="code" value="[\w-]{43}"/)
  })
})

describe('the authorization endpoint, asked for an ID token', () => {
  const implicit = { ...goodRequest, response_type: 'id_token', nonce: 'nonce-1' }

  it('has the browser post it, without a code or a hash', async () => {
    const provider = await create()
    const request = { ...implicit, response_mode: 'form_post' }
    const markup = await (await authorize(provider.fetch, provider.issuer, request)).text()
    const names = [...markup.matchAll(/name="(\w+)"/g)].map(([, name]) => name)
    expect(names.sort()).toEqual(['id_token', 'iss', 'state'])
    const claims = decodeJwt(/name="id_token" value="([^"]+)"/.exec(markup)?.[1] ?? '')
    expect(claims).toMatchObject({ iss: provider.issuer, aud: 'client-1', nonce: 'nonce-1' })
    expect(claims).not.toHaveProperty('at_hash')
    expect(claims).toHaveProperty('email')
  })

  it('puts it behind the # where nothing is said', async () => {
    const provider = await create()
    const response = await authorize(provider.fetch, provider.issuer, implicit)
    const { search, hash } = new URL(response.headers.get('location') ?? '')
    expect(search).toBe('?tenant=1')
    expect(new URLSearchParams(hash.slice(1)).get('id_token')).toMatch(/^ey/)
  })

  it.each([{ response_mode: 'query' }, { nonce: '' }])('refuses %o', async (change) => {
    const provider = await create()
    const request = { ...implicit, response_mode: 'form_post', ...change }
    const response = await authorize(provider.fetch, provider.issuer, request)
    const said = `${response.headers.get('location')}${await response.text()}`
    expect(said).toContain('invalid_request')
  })
})

describe('the time at which somebody signed in', () => {
  const now = Date.UTC(2026, 0, 1) / 1000
  const authTimeFor = async (change: Record<string, string>, signedInAt?: number) => {
    const provider = await create({
      now: () => now * 1000,
      ...(signedInAt === undefined ? {} : { signedInAt }),
    })
    const request = { ...goodRequest, response_type: 'id_token', response_mode: 'form_post', ...change }
    const markup = await (await authorize(provider.fetch, provider.issuer, request)).text()
    return decodeJwt(/name="id_token" value="([^"]+)"/.exec(markup)?.[1] ?? '')['auth_time']
  }

  it.each<[Record<string, string>, number | undefined, number]>([
    [{}, undefined, now],
    [{}, now - 500, now - 500],
    [{ max_age: '600' }, now - 500, now - 500],
    [{ max_age: '400' }, now - 500, now],
    [{ max_age: '0' }, now - 500, now],
    [{ prompt: 'login' }, now - 500, now],
    [{ prompt: 'none' }, now - 500, now - 500],
  ])('follows what is asked for: %o, signed in at %s', async (change, signedInAt, expected) => {
    expect(await authTimeFor(change, signedInAt)).toBe(expected)
  })
})
