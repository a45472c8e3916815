import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Personality, PersonalityName } from '@doorward/testkit'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import {
  BASE,
  configuration,
  createBench,
  doctor,
  examined,
  MARKER,
  oidcEntry,
  spoilt,
} from './doctor-setup.ts'

const bench = createBench()

afterAll(() => bench.end())
afterEach(() => vi.unstubAllEnvs())

async function withProvider(personality: PersonalityName | Personality, ...lines: readonly string[]) {
  const provider = await bench.provider({ personality, slowMilliseconds: 5000 })
  return { provider, path: bench.write(configuration(oidcEntry(provider.url, ...lines))) }
}

describe('a provider that is well', () => {
  it('is said to be, point by point', async () => {
    const { path, provider } = await withProvider('good')
    const { code, findings, told } = await examined(path)
    expect(code).toBe(0)
    expect(findings.map(({ check, status }) => [check, status])).toEqual([
      ['discovery', 'ok'],
      ['issuer', 'ok'],
      ['endpoints', 'ok'],
      ['response_type', 'ok'],
      ['response_mode', 'ok'],
      ['scopes', 'ok'],
      ['pkce', 'ok'],
      ['client_authentication', 'ok'],
      ['algorithm', 'ok'],
      ['claims', 'ok'],
      ['userinfo', 'ok'],
      ['sign_out', 'ok'],
      ['key_set', 'ok'],
      ['clock', 'ok'],
    ])
    expect(told.summary).toEqual({ ok: 15, warnings: 0, errors: 0 })
    const callback = 'http://localhost:8787/api/auth/oidc/acme/login/callback/'
    expect(told.connections[0]?.registrations[0]).toEqual({
      what: 'redirect URI',
      url: callback,
      is_required: true,
    })
    expect(told.connections[0]?.registrations).toHaveLength(5)
    expect(told.not_tested).toEqual([expect.stringMatching(/redirect URI: only a login/)])
    // Discovery and keys, once each, and nothing that begins a login.
    expect(provider.requests.all.map(({ endpoint, method }) => [endpoint, method])).toEqual([
      ['discovery', 'GET'],
      ['jwks', 'GET'],
    ])
  })

  it('is shown as a table of 80 columns', async () => {
    const { path } = await withProvider('good')
    const { code, stdout } = await doctor(path, ...BASE)
    expect(code).toBe(0)
    expect(stdout).toContain('Acme "acme", OpenID Connect\n  ok    discovery      JSON, in')
    expect(stdout).toContain('\n  ok    PKCE           S256\n')
    expect(stdout).toContain(
      '\n        redirect URI   http://localhost:8787/api/auth/oidc/acme/login/callback/\n        post-logout    http://localhost:8787/api/auth/oidc/acme/post-logout/\n',
    )
    expect(stdout).toContain('1 identity provider: 15 ok, 0 warnings, 0 errors\nNot tested: ')
    const wide = stdout.split('\n').filter((line) => line.length > 80)
    expect(wide.filter((line) => !line.includes('/'))).toEqual([])
  })

  it('is well by a written-out configuration too, of which nothing is discovered', async () => {
    const { provider } = await withProvider('good')
    const entry = oidcEntry(provider.url).filter((line) => !line.startsWith('server_url'))
    const written = [
      `issuer: ${provider.url}`,
      `authorization_endpoint: ${provider.url}/authorize`,
      `token_endpoint: ${provider.url}/token`,
      `jwks_uri: ${provider.url}/jwks`,
    ]
    const { code, findings } = await examined(bench.write(configuration([...entry, ...written])))
    expect({ code, checks: findings.map(({ check }) => check) }).toEqual({
      code: 0,
      checks: ['discovery', 'endpoints', 'key_set', 'clock'],
    })
  })
})

describe('secrets', () => {
  it('are in no request and in no output, wherever they come from', async () => {
    vi.stubEnv('ACME_SECRET', MARKER)
    const { provider } = await withProvider('good')
    const [first, second] = [oidcEntry(provider.url), oidcEntry(provider.url)]
    const other = second.map((line) =>
      line
        .replace('id: acme', 'id: other')
        .replace('name: Acme', 'name: Other')
        .replace('acme.example', 'other.example')
        .replace(MARKER, '$' + '{ACME_SECRET}'),
    )
    const path = bench.write(configuration(first, other))
    const table = await doctor(path, ...BASE)
    const json = await doctor(path, ...BASE, '--json')
    expect(table).toMatchObject({ code: 0 })
    expect(table.stdout).toContain('ACME_SECRET: set here')
    const sent = provider.requests.all.map(({ url, headers, parameters }) =>
      [url, ...headers, parameters].join('\n'),
    )
    expect(sent).toHaveLength(8)
    expect([...sent, ...Object.values(table), ...Object.values(json)].join('\n')).not.toContain('4711')
    expect(sent.join('\n')).not.toMatch(/authorization:|cookie|basic /i)
  })

  it('that are not set here are named, as a warning', async () => {
    const { provider } = await withProvider('good')
    const entry = oidcEntry(provider.url).map((line) => line.replace(MARKER, '$' + '{NOT_HERE}'))
    const { code, told } = await examined(bench.write(configuration(entry)))
    expect(code).toBe(0)
    expect(told.findings).toMatchObject([
      { check: 'secrets', status: 'warning', found: 'NOT_HERE: not set here' },
    ])
  })
})

describe('a secret with a default', () => {
  const withDefault = async () => {
    const { provider } = await withProvider('good')
    const reference = `$\{ACME_SECRET:-${MARKER}}`
    return bench.write(configuration(oidcEntry(provider.url).map((line) => line.replace(MARKER, reference))))
  }

  it.each([
    [undefined, 'ACME_SECRET: not set here, so that the default in the file is used'],
    ['another-one', 'ACME_SECRET: set here'],
  ])('is a reference all the same, and no error: %j', async (value, found) => {
    vi.stubEnv('ACME_SECRET', value)
    const { code, told, stdout } = await examined(await withDefault())
    expect(code).toBe(0)
    expect(told.findings).toMatchObject([{ check: 'secrets', status: 'ok', found }])
    expect(stdout).not.toMatch(/4711|another-one/)
  })
})

describe('a hostile provider', () => {
  it('can not command the terminal', async () => {
    const evil = '\u001b[2J\u009b31m\u202eevil\r\n'
    const { path } = await withProvider(
      spoilt({
        discoveryDocument: (good) => ({
          ...good,
          issuer: `https://x.example/${evil}`,
          response_types_supported: [evil],
          id_token_signing_alg_values_supported: [evil],
          token_endpoint_auth_methods_supported: [evil],
        }),
        jwks: () => ({ keys: [{ kty: evil, kid: evil }] }),
      }),
    )
    const { stdout } = await doctor(path, ...BASE)
    const json = await doctor(path, ...BASE, '--json')
    expect(stdout + json.stdout).not.toMatch(/evil|(?!\n)\p{Cc}|\p{Cf}/u)
    expect(stdout).toContain('(not shown)')
  })

  it('can not keep the others from being examined', async () => {
    const { provider: good } = await withProvider('good')
    const { provider: bad } = await withProvider('drip-at-discovery')
    const other = oidcEntry(bad.url).map((line) => line.replace('acme', 'bad').replace('Acme', 'Bad'))
    const path = bench.write(configuration(other, oidcEntry(good.url)))
    const { code, stdout } = await doctor(path, ...BASE, '--timeout', '0.5')
    expect(code).toBe(1)
    expect(stdout).toMatch(/Bad "bad".*FAIL {2}discovery.*Acme "acme".*ok {4}key set/s)
    expect(stdout).toContain('To be mended: Bad (discovery).')
  })
})

describe('the command', () => {
  it('stops where the file has errors, as check does', async () => {
    const { provider } = await withProvider('good')
    const path = bench.write(configuration(oidcEntry(provider.url, 'clinet: 1')))
    const { code, stdout, stderr } = await doctor(path, ...BASE)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('unknown key "clinet"')
    expect(stderr).toContain('nobody was asked anything')
    const json = await examined(path)
    expect(json).toMatchObject({ code: 1, told: { valid: false, connections: [] } })
    expect(provider.requests.all).toEqual([])
  })

  it.each([
    ['too long', '11'],
    ['no time', '0'],
    ['no number', 'soon'],
  ])('takes no time limit that is %s', async (_, limit) => {
    const { code, stderr } = await doctor('x.yml', ...BASE, '--timeout', limit)
    expect(code).toBe(2)
    expect(stderr).toContain('--timeout takes seconds')
  })

  it('as a program: the table on standard output without colours, progress on standard error', async () => {
    const { path } = await withProvider('good')
    const program = join(import.meta.dirname, '../bin/doorward.mjs')
    const child = spawn(process.execPath, [program, 'doctor', path, ...BASE, '--json'], {
      env: { PATH: process.env['PATH'], FORCE_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const code = new Promise((resolve) => child.once('exit', resolve))
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    expect(await code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, summary: { errors: 0 } })
    expect(stderr).toBe('1 of 1 examined: Acme\n')
  })
})
