import { createServer } from 'node:net'
import type { Personality, PersonalityName } from '@doorward/testkit'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { configuration, createBench, examined, oidcEntry, spoilt } from './doctor-setup.ts'

const bench = createBench()

afterAll(() => bench.end())
afterEach(() => vi.unstubAllEnvs())

async function withProvider(personality: PersonalityName | Personality, ...lines: readonly string[]) {
  const provider = await bench.provider({ personality, slowMilliseconds: 5000 })
  return { provider, path: bench.write(configuration(oidcEntry(provider.url, ...lines))) }
}

describe('a discovery document that does not come', () => {
  it.each([
    ['a page', 'discovery-not-json', 'provider_response_invalid', 'a web page (text/html)'],
    [
      'half of it',
      'invalid-json-at-discovery',
      'provider_response_invalid',
      'something else (application/json)',
    ],
    ['nothing there', 'discovery-404', 'http_404', 'error status 404'],
    ['a failure', 'discovery-500', 'http_500', 'error status 500'],
    ['a redirect', 'discovery-redirect', 'redirect', '/elsewhere/discovery, which a login does not follow'],
    ['an end of the connection', 'reset-at-discovery', 'UND_ERR_SOCKET', 'the connection was broken off'],
    ['no answer', 'slow-at-discovery', 'provider_timeout', 'no answer in time'],
    ['no end', 'drip-at-discovery', 'provider_timeout', 'no answer in time'],
    ['far too much', 'huge-at-discovery', 'provider_response_too_large', 'more than 1 MiB'],
  ] as const)('%s', async (_, personality, cause, words) => {
    const { path, provider } = await withProvider(personality)
    const { code, of, findings } = await examined(path, '--timeout', '0.5')
    expect(code).toBe(1)
    expect(of('discovery')).toMatchObject([{ status: 'error', code: cause, fix: expect.any(String) }])
    expect(of('discovery')[0]?.found).toContain(words)
    // What nobody could look at is not said to be wrong.
    expect(findings.filter(({ status }) => status !== 'ok')).toHaveLength(1)
    expect(provider.requests.count('elsewhere')).toBe(0)
  })

  it('nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    await new Promise((resolve) => server.close(resolve))
    const { code, of } = await examined(bench.write(configuration(oidcEntry(`http://127.0.0.1:${port}`))))
    expect(code).toBe(1)
    expect(of('discovery')).toMatchObject([{ status: 'error', code: 'ECONNREFUSED' }])
    expect(of('discovery')[0]?.found).toBe(`127.0.0.1:${port}: nothing listens there (ECONNREFUSED)`)
  })

  it("the name is nobody's", async () => {
    const lookup = Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }),
    })
    vi.stubGlobal('fetch', () => Promise.reject(lookup))
    const { of } = await examined(bench.write(configuration(oidcEntry('https://login.acme.example'))))
    vi.unstubAllGlobals()
    expect(of('discovery')).toMatchObject([
      { found: 'login.acme.example: there is no such host (ENOTFOUND)', code: 'ENOTFOUND' },
    ])
  })
})

describe('a discovery document that is wrong', () => {
  it('is for another issuer: both are shown, and the keys of a stranger are left alone', async () => {
    const { path, provider } = await withProvider('other-discovery-issuer')
    const { code, of } = await examined(path)
    expect(code).toBe(1)
    expect(of('issuer')).toMatchObject([{ status: 'error', code: 'discovery_issuer_mismatch' }])
    expect(of('issuer')[0]?.found).toBe(
      `the document is from https://other-issuer.example, and "server_url" says ${provider.url}`,
    )
    expect(of('issuer')[0]?.fix).toContain('write "server_url: https://other-issuer.example"')
    expect(of('endpoints')).toMatchObject([{ status: 'ok' }])
    expect(provider.requests.count('jwks')).toBe(0)
  })

  it('differs from "server_url" in the final slash alone: a login does not mind, nor does this', async () => {
    const { path } = await withProvider(
      spoilt({ discoveryDocument: (good) => ({ ...good, issuer: `${good.issuer}/` }) }),
    )
    const { code, of } = await examined(path)
    expect({ code, issuer: of('issuer')[0]?.status }).toEqual({ code: 0, issuer: 'ok' })
  })

  it('differs from a configured "issuer" in the final slash: that does count', async () => {
    const { provider } = await withProvider('good')
    const path = bench.write(configuration(oidcEntry(provider.url, `issuer: ${provider.url}/`)))
    const { code, of } = await examined(path)
    expect({ code, issuer: of('issuer')[0]?.status }).toEqual({ code: 1, issuer: 'error' })
    expect(of('issuer')[0]?.fix).toContain(`write "issuer: ${provider.url}"`)
  })

  it('says nothing of an issuer', async () => {
    const { path } = await withProvider(spoilt({ discoveryDocument: ({ issuer: _, ...rest }) => rest }))
    const { of } = await examined(path)
    expect(of('issuer')).toMatchObject([{ status: 'error', code: 'discovery_invalid' }])
  })

  it('names an address without https', async () => {
    const { of } = await examined((await withProvider('endpoint-on-http')).path)
    expect(of('endpoints')).toMatchObject([
      { status: 'error', found: '"token_endpoint" is at other-issuer.example without https' },
    ])
  })

  it('lacks an address', async () => {
    const { of } = await examined((await withProvider('missing-token-endpoint')).path)
    expect(of('endpoints')).toMatchObject([
      { status: 'error', found: '"token_endpoint" is missing or no address', code: 'discovery_invalid' },
    ])
  })

  it('sends people to a name of its own network', async () => {
    const { path } = await withProvider(
      spoilt({
        discoveryDocument: (good) => ({ ...good, authorization_endpoint: 'https://keycloak:8443/auth' }),
      }),
    )
    const { of } = await examined(path)
    expect(of('endpoints')).toMatchObject([{ status: 'warning', code: 'internal_host' }])
    expect(of('endpoints')[0]?.found).toContain('keycloak:8443')
  })
})

describe('what a provider says that it can do', () => {
  const cases: readonly [string, Record<string, unknown>, string, object, (readonly string[])?][] = [
    ['no code', { response_types_supported: ['token'] }, 'response_type', { status: 'error' }],
    ['fragments alone', { response_modes_supported: ['fragment'] }, 'response_mode', { status: 'warning' }],
    [
      'fewer scopes',
      { scopes_supported: ['openid', 'email'] },
      'scopes',
      { status: 'warning', found: 'the provider does not list profile' },
    ],
    ['nothing about scopes', { scopes_supported: undefined }, 'scopes', { status: 'ok' }],
    ['nothing about PKCE', { code_challenge_methods_supported: undefined }, 'pkce', { status: 'warning' }],
    [
      'plain PKCE alone',
      { code_challenge_methods_supported: ['plain'] },
      'pkce',
      { status: 'warning', found: 'the provider offers plain, and S256 is used' },
    ],
    [
      'no PKCE, and none configured',
      { code_challenge_methods_supported: [] },
      'pkce',
      { status: 'ok' },
      ['code_challenge_method: none'],
    ],
    [
      'client_secret_jwt alone',
      { token_endpoint_auth_methods_supported: ['client_secret_jwt'] },
      'client_authentication',
      {
        status: 'error',
        fix: 'allow client_secret_basic or client_secret_post for the application at the provider',
      },
    ],
    [
      'another method than configured',
      { token_endpoint_auth_methods_supported: ['client_secret_basic'] },
      'client_authentication',
      { status: 'error', fix: 'write "token_auth_method: client_secret_basic"' },
      ['token_auth_method: client_secret_post'],
    ],
    [
      'nothing about methods',
      { token_endpoint_auth_methods_supported: undefined },
      'client_authentication',
      { status: 'ok', found: 'client_secret_basic' },
    ],
    [
      'HMAC and no signature alone',
      { id_token_signing_alg_values_supported: ['HS256', 'none'] },
      'algorithm',
      { status: 'error', found: 'signed with HS256 none, which is never accepted' },
    ],
    [
      'other claims',
      { claims_supported: ['sub', 'name'] },
      'claims',
      { status: 'warning', found: 'the provider does not list email' },
    ],
    [
      'the claim that a path begins with',
      { claims_supported: ['sub', 'contact'] },
      'claims',
      { status: 'ok' },
      ['claims_mapping:\n        email: contact.work'],
    ],
    ['no groups, which nobody needs', { claims_supported: ['sub', 'email'] }, 'claims', { status: 'ok' }],
    [
      'no groups, which somebody needs',
      { claims_supported: ['sub', 'email'] },
      'claims',
      { status: 'warning', found: 'the provider does not list teams' },
      ['groups_claim: teams'],
    ],
    ['no userinfo', { userinfo_endpoint: undefined }, 'userinfo', { status: 'ok' }],
    [
      'no userinfo where it is needed',
      { userinfo_endpoint: undefined },
      'userinfo',
      { status: 'error' },
      ['claims_source: userinfo'],
    ],
    [
      'sign-out in two ways',
      { frontchannel_logout_supported: false },
      'sign_out',
      { found: 'offered: end_session, back-channel' },
    ],
    [
      'sign-out here alone',
      {
        end_session_endpoint: undefined,
        backchannel_logout_supported: undefined,
        frontchannel_logout_supported: undefined,
      },
      'sign_out',
      { status: 'ok', found: 'here alone' },
    ],
    [
      'no sign-out where it is wanted',
      { end_session_endpoint: undefined },
      'sign_out',
      { status: 'warning', found: expect.stringContaining('people stay signed in there') },
      ['idp_logout: true'],
    ],
    [
      'a sign-out that only the configuration knows',
      { end_session_endpoint: undefined },
      'sign_out',
      { status: 'ok', found: 'offered: end_session, back-channel, front-channel' },
      ['idp_logout: true', 'end_session_endpoint: https://idp.example.com/out'],
    ],
    ['something that is no list', { scopes_supported: 7 }, 'scopes', { status: 'ok' }],
  ]
  it.each(cases)('%s', async (_, said, check, expected, lines = []) => {
    const { path } = await withProvider(
      spoilt({ discoveryDocument: (good) => JSON.parse(JSON.stringify({ ...good, ...said })) }),
      ...lines,
    )
    const { code, of } = await examined(path)
    expect(of(check)).toMatchObject([expected])
    expect(code).toBe(of(check)[0]?.status === 'error' ? 1 : 0)
  })
})

describe('the keys', () => {
  const curve = {
    kty: 'EC',
    crv: 'P-256',
    x: 'b7WniXKjALj9KAw4T5YfL-3tVzOzP5oxgceuaKF6I38',
    y: 'SJhj417RqtiKN3D6S8g4tfW-TWYb4PgwMKqmZMWE7Oc',
  }
  const short = { kty: 'RSA', n: `u${'A'.repeat(170)}`, e: 'AQAB', kid: 'short' }
  const cases: readonly [string, Record<string, unknown>, string, object][] = [
    ['there are none', { keys: [] }, 'key_set', { status: 'error', found: 'no keys' }],
    ['there is no list', { kes: [] }, 'key_set', { status: 'error', found: 'no list of keys' }],
    [
      'the one is too short',
      { keys: [short] },
      'key_set',
      { status: 'error', found: 'no key that a login could use: RSA 1024 bits "short" (refused)' },
    ],
    ['the one is for encryption', { keys: [{ ...curve, use: 'enc' }] }, 'key_set', { status: 'error' }],
    [
      'two, of which one is good',
      { keys: [{ ...curve, kid: 'a' }, short] },
      'key_set',
      { status: 'ok', found: '2 keys, 1 for signing: EC P-256 "a"; RSA 1024 bits "short" (refused)' },
    ],
    ['two without names', { keys: [curve, curve] }, 'key_set', { status: 'warning' }],
    ['none for what it signs with', { keys: [curve] }, 'key_algorithms', { status: 'error' }],
    [
      'a private one',
      {
        keys: [
          { ...curve, kid: 'a' },
          { ...curve, kid: 'b', d: 'AAAA' },
        ],
      },
      'private_keys',
      { status: 'error', found: 'the provider publishes 1 key that must be secret' },
    ],
  ]
  it.each(cases)('%s', async (_, keySet, check, expected) => {
    const { of } = await examined((await withProvider(spoilt({ jwks: () => keySet }))).path)
    expect(of(check)).toMatchObject([expected])
  })

  it.each([
    ['html-at-jwks', 'provider_response_invalid'],
    ['slow-at-jwks', 'provider_timeout'],
    ['redirecting-at-jwks', 'redirect'],
  ] as const)('%s', async (personality, cause) => {
    const { code, of } = await examined((await withProvider(personality)).path, '--timeout', '0.5')
    expect(code).toBe(1)
    expect(of('key_set')).toMatchObject([{ status: 'error', code: cause }])
  })
})

describe('the clock', () => {
  const at = (seconds: number, headers: Record<string, string> = {}) =>
    spoilt({
      async response(good) {
        const date = new Date(Date.now() + seconds * 1000).toUTCString()
        return new Response(await good.text(), {
          headers: { ...Object.fromEntries(good.headers), date, ...headers },
        })
      },
    })
  it.each([
    [20, 'ok', 'as here'],
    [-20, 'ok', 'as here'],
    [60, 'warning', "60 seconds ahead of this machine's"],
    [-60, 'warning', "60 seconds behind this machine's"],
    [-600, 'error', "10 minutes behind this machine's"],
  ])('%d seconds from ours', async (seconds, status, found) => {
    const { of } = await examined((await withProvider(at(seconds))).path)
    expect(of('clock')).toMatchObject([{ status }])
    expect(of('clock')[0]?.found.replace(/\b(59|61)\b/, '60')).toBe(found)
  })

  it('a cache is not a clock', async () => {
    const { of } = await examined((await withProvider(at(-600, { age: '600' }))).path)
    expect(of('clock')).toMatchObject([{ status: 'ok' }])
  })

  it('nothing is said where the provider says nothing', async () => {
    const { of } = await examined((await withProvider(at(0, { date: 'yesterday' }))).path)
    expect(of('clock')).toEqual([])
  })
})
