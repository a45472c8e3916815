import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { SsoError } from '@doorward/core'
import { parseBaseUrl, type SocialConnection } from '@doorward/core/config'
import { afterEach, describe, expect, it } from 'vitest'
import type { Examination } from '../src/doctor/examination.ts'
import { examine, mapAtMost } from '../src/doctor/examine.ts'
import { about, type Finding } from '../src/doctor/finding.ts'
import { type HostLook, lookAtHost } from '../src/doctor/host.ts'
import { suspectNetwork } from '../src/doctor/network.ts'
import { createProgress } from '../src/doctor/progress.ts'
import { renderSection } from '../src/doctor/table.ts'
import { checkHosts, isPrivate } from '../src/doctor/tls.ts'
import { explainTrouble } from '../src/doctor/trouble.ts'
import { expiredCertificate, localhostCertificate, localhostTestKey } from './doctor-certificates.ts'

const NOW = Date.UTC(2026, 10, 22)
const DAY = 86_400_000

function examination(
  looks: Readonly<Record<string, HostLook>>,
  base = 'https://sso.example.com',
): Examination {
  const parsed = parseBaseUrl(base)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return {
    baseUrl: parsed.baseUrl,
    fetch: () => Promise.reject(new TypeError('no network here')),
    now: () => NOW,
    patience: 1000,
    lookAt: async (host) => looks[host] ?? { kind: 'unreachable', reason: 'ENOTFOUND' },
  }
}

function seen(more: Partial<Extract<HostLook, { kind: 'seen' }>> = {}): HostLook {
  return { kind: 'seen', validTo: NOW + 90 * DAY, refusal: undefined, address: '192.0.2.1', ...more }
}

describe('the certificate of a host', () => {
  const servers: ReturnType<typeof createServer>[] = []
  afterEach(() =>
    Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))),
  )

  async function serve(cert: string): Promise<{ host: string; requests: () => number }> {
    let requests = 0
    const server = createServer({ key: localhostTestKey, cert }, () => (requests += 1))
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests }
  }

  it('is looked at, trusted or not, and nothing is asked of the host', async () => {
    const good = await serve(localhostCertificate)
    expect(await lookAtHost(good.host, 2000)).toEqual({
      kind: 'seen',
      validTo: Date.parse('2126-10-29T10:32:51Z'),
      refusal: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      address: '127.0.0.1',
    })
    const old = await serve(expiredCertificate)
    expect(await lookAtHost(old.host, 2000)).toMatchObject({ validTo: Date.parse('2021-01-01') })
    expect(good.requests() + old.requests()).toBe(0)
  })

  it('can not be looked at where nobody is', async () => {
    const { host } = await serve(localhostCertificate)
    await new Promise((resolve) => servers.pop()?.close(resolve))
    expect(await lookAtHost(host, 2000)).toEqual({ kind: 'unreachable', reason: 'ECONNREFUSED' })
  })

  it.each([
    ['good', seen(), 'ok', 'a.example: certificate until 2027-02-20'],
    [
      'soon to expire',
      seen({ validTo: NOW + 5.5 * DAY }),
      'warning',
      'a.example: certificate until 2026-11-27, 5 days from now',
    ],
    [
      'expired',
      seen({ validTo: NOW - DAY, refusal: 'CERT_HAS_EXPIRED' }),
      'error',
      'a.example: its TLS certificate has expired (CERT_HAS_EXPIRED), valid until 2026-11-21',
    ],
    [
      'of another host',
      seen({ refusal: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
      'error',
      'a.example: its TLS certificate is for another host (ERR_TLS_CERT_ALTNAME_INVALID), valid until 2027-02-20',
    ],
    [
      'in a private network',
      seen({ address: '10.1.2.3' }),
      'warning',
      'a.example: in a private network (10.1.2.3)',
    ],
    [
      'not there',
      { kind: 'unreachable', reason: 'ENOTFOUND' },
      'error',
      'a.example: there is no such host (ENOTFOUND)',
    ],
  ] as const)('%s', async (_, look, status, found) => {
    const findings = await checkHosts(
      [['https://a.example/token', 'Doorward']],
      examination({ 'a.example': look }),
    )
    expect(findings).toMatchObject([{ status, found }])
  })

  it('is asked for once per host, and a host of browsers alone is a warning', async () => {
    const addresses = [
      ['https://a.example/authorize', 'browsers'],
      ['https://a.example/token', 'Doorward'],
      ['https://b.example/authorize', 'browsers'],
      ['http://127.0.0.1/x', 'Doorward'],
      ['nonsense', 'Doorward'],
    ] as const
    const findings = await checkHosts(addresses, examination({}))
    expect(findings.map(({ status }) => status)).toEqual(['error', 'warning'])
  })

  it.each([
    ['192.168.1.1', true],
    ['172.31.0.1', true],
    ['172.32.0.1', false],
    ['fd00::1', true],
    ['::ffff:10.0.0.1', true],
    ['8.8.8.8', false],
    ['2001:4860::1', false],
    ['', false],
  ])('%s is private: %s', (address, expected) => {
    expect(isPrivate(address)).toBe(expected)
  })
})

describe('social providers', () => {
  const social = (provider: SocialConnection['provider'], rest: object = {}) =>
    ({ protocol: 'social', provider, ...rest }) as SocialConnection
  const gitHub = social('github', { serverUrl: 'https://github.com', apiUrl: 'https://api.github.com' })

  it('GitHub: its two hosts', async () => {
    const findings = await examine(
      gitHub,
      examination({ 'github.com': seen(), 'api.github.com': { kind: 'unreachable', reason: 'ECONNRESET' } }),
    )
    expect(findings.map(({ status }) => status)).toEqual(['ok', 'error'])
  })

  it('Cognito: its domain', async () => {
    const findings = await examine(
      social('amazon-cognito', { domain: 'https://auth.acme.example' }),
      examination({}),
    )
    expect(findings).toMatchObject([{ status: 'error', code: 'ENOTFOUND' }])
  })

  it('Google: what it publishes', async () => {
    const document = {
      issuer: 'https://accounts.google.com',
      authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
      token_endpoint: 'https://oauth2.googleapis.com/token',
      jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
    }
    const asked: string[] = []
    const looks = {
      'accounts.google.com': seen(),
      'oauth2.googleapis.com': seen(),
      'www.googleapis.com': seen(),
    }
    const findings = await examine(social('google'), {
      ...examination(looks),
      async fetch(url) {
        asked.push(url)
        return Response.json(url.endsWith('certs') ? { keys: [] } : document)
      },
    })
    expect(asked).toEqual(['https://accounts.google.com/.well-known/openid-configuration', document.jwks_uri])
    expect(findings.map(({ check, status }) => [check, status])).toEqual([
      ['discovery', 'ok'],
      ['issuer', 'ok'],
      ['endpoints', 'ok'],
      ['key_set', 'error'],
      ['tls', 'ok'],
      ['tls', 'ok'],
      ['tls', 'ok'],
    ])
  })

  it('a fault of ours is said to be one, and hides nothing else', async () => {
    const broken = { ...examination({}), lookAt: () => Promise.reject(new RangeError('secret text')) }
    const findings = await examine(gitHub, broken)
    expect(findings).toMatchObject([
      { status: 'error', code: 'fault', found: 'this command failed here (RangeError)' },
    ])
  })
})

describe('many at once', () => {
  it('are never more than allowed, and keep their order', async () => {
    let running = 0
    let most = 0
    const results = await mapAtMost([30, 5, 20, 1, 10, 3], 3, async (milliseconds) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      running -= 1
      return milliseconds
    })
    expect({ results, most }).toEqual({ results: [30, 5, 20, 1, 10, 3], most: 3 })
  })
})

describe('progress', () => {
  function run(isTTY: boolean, isCi: boolean) {
    const written: string[] = []
    const lines: string[] = []
    const screen = { isTTY, columns: 40, write: (text: string) => written.push(text) }
    const progress = createProgress(2, screen, (line) => lines.push(line), isCi)
    progress.began('Acme\u001b[31m')
    progress.began('A provider with a long name')
    progress.ended('Acme\u001b[31m')
    progress.ended('A provider with a long name')
    progress.finish()
    return { written: written.join(''), lines }
  }

  it('is one line on a terminal, gone in the end', () => {
    const { written, lines } = run(true, false)
    expect(lines).toEqual([])
    expect(written).toBe(
      [
        '\r\u001b[K0 of 2 examined; waiting for Acme?[31m',
        `\r\u001b[K${'0 of 2 examined; waiting for Acme?[31m, A provider'.slice(0, 38)}…`,
        `\r\u001b[K${'1 of 2 examined; waiting for A provider with'.slice(0, 38)}…`,
        '\r\u001b[K',
      ].join(''),
    )
  })

  it.each([
    [false, false],
    [true, true],
  ])('is a line each elsewhere (terminal: %s, CI: %s)', (isTTY, isCi) => {
    expect(run(isTTY, isCi)).toEqual({
      written: '',
      lines: ['1 of 2 examined: Acme?[31m', '2 of 2 examined: A provider with a long name'],
    })
  })
})

describe('a finding', () => {
  it('holds nothing that commands a terminal, whoever wrote it', () => {
    const evil = 'a\u001b[2J\u009b1m\u202e\n\u2028b'
    const finding = about('x', evil).warning(evil, evil, evil)
    const tame = 'a?[2J?1m???b'
    expect(finding).toEqual({ check: 'x', status: 'warning', what: tame, found: tame, fix: tame, code: tame })
  })
})

describe('the table', () => {
  const section = {
    heading: 'Acme\u001b[2J',
    remark: '"acme"',
    findings: [
      {
        check: 'a',
        status: 'error',
        what: 'issuer',
        found: 'one two three four five six seven eight',
        fix: 'mend it',
      },
    ],
    notes: [],
  } as const

  it('wraps between words, under the column', () => {
    expect(renderSection(section, { columns: 55, colours: false })).toBe(
      `Acme?[2J "acme"
  FAIL  issuer         one two three four five six
                       seven eight
                       fix: mend it`,
    )
  })

  it('has colours where they are shown', () => {
    const text = renderSection(section, { columns: 80, colours: true })
    expect(text).toContain('\u001b[1m\u001b[31mFAIL')
    expect(text).toContain('\u001b[32mfix:\u001b[39m mend it')
  })
})

describe('a machine without a network', () => {
  const lost = (host: string, code = 'ENOTFOUND') =>
    about('discovery', 'discovery').error(`${host}: there is no such host (${code})`, 'look', code)
  const reached = about('clock', 'clock').ok('as here')

  it('is suspected where several hosts were asked and none was found', () => {
    expect(suspectNetwork([[lost('a.example')], [lost('b.example', 'EAI_AGAIN')]])).toMatchObject([
      { check: 'network', status: 'warning', found: expect.stringContaining('none of the 2 hosts') },
    ])
  })

  it.each<[string, Finding[][]]>([
    ['one host was asked', [[lost('a.example')]]],
    ['the same host was asked twice', [[lost('a.example')], [lost('a.example')]]],
    ['one was found', [[lost('a.example')], [lost('b.example')], [reached]]],
    [
      'one was found that is not trusted',
      [
        [lost('a.example')],
        [lost('b.example')],
        [about('tls', 'TLS').error('c.example: expired', 'look', 'CERT_HAS_EXPIRED')],
      ],
    ],
    ['one broke off', [[lost('a.example')], [lost('b.example', 'ECONNRESET')]]],
  ])('is not where %s', (_, examined) => {
    expect(suspectNetwork(examined)).toEqual([])
  })
})

it('a connection that broke for no reason that the host knows is said to be none, and no more', () => {
  const error = new SsoError('provider_unreachable', 'x', { details: { host: 'a.example' } })
  const asked = { url: 'https://a.example/x', setting: 'server_url', wanted: 'the document' }
  expect(explainTrouble(about('discovery', 'discovery'), error, asked, undefined)).toMatchObject({
    found: 'a.example: no connection',
    code: 'provider_unreachable',
  })
})
