import { describe, expect, it } from 'vitest'
import { connectionWith, parseOptionsWith, reachWith } from '../../test/configured.ts'
import { Secret } from '../encoding/secret.ts'
import { loadConfiguration } from './compile.ts'
import type { OidcConnection } from './connection.ts'
import { fingerprintOf } from './fingerprint.ts'
import { parseConfiguration } from './parse.ts'

const base = connectionWith()
const changes: Partial<OidcConnection>[] = [
  { id: 'other' },
  { name: 'Other' },
  { isOffered: false },
  { reach: reachWith({ domains: ['acme.example'] }) },
  { reach: reachWith({ wildcards: ['acme.example'] }) },
  { reach: reachWith({ addresses: ['user@acme.example'] }) },
  { reach: reachWith({ isDefault: true }) },
  { weight: 11 },
  { issuer: 'https://other.example' },
  { callbackPath: '/oidc/callback' },
  { emailVerification: 'require' },
  { synchronizesGroups: false },
  { roles: { isCaseSensitive: false, rules: [] } },
  { roles: { isCaseSensitive: true, rules: [{ group: 'admins', roles: ['admin'] }] } },
  { serverUrl: 'https://other.example' },
  { discovers: false },
  { configuredIssuer: 'https://idp.example' },
  { endpoints: { token: 'https://idp.example/token' } },
  { clientId: 'client-2' },
  { clientAuthentication: 'client_secret_post' },
  { clientKeyId: 'key-1' },
  { clientCertificate: 'AAAA' },
  { assertionAudience: 'endpoint' },
  { responseType: 'id_token' },
  { responseMode: 'form_post' },
  { pkce: false },
  { scopes: ['openid'] },
  { audience: 'https://api.example' },
  { resource: 'https://api.example' },
  { pushedRequests: 'never' },
  { asks: { ...base.asks, prompt: ['consent'] } },
  { asks: { ...base.asks, maxAge: 0 } },
  { asks: { ...base.asks, acrValues: ['mfa'] } },
  { asks: { ...base.asks, domainHint: 'acme.example' } },
  { claimsSource: 'userinfo' },
  ...Object.keys(base.claims).map((key) => ({
    claims: { ...base.claims, [key]: key === 'groups' ? ['other'] : 'other' },
  })),
  { tenants: ['11111111-2222-4333-8444-555555555555'] },
  { groupsOverage: 'graph' },
  { logsOutAtProvider: true },
]

it.each(changes)('changes with %j', async (change) => {
  expect(await fingerprintOf(connectionWith(change))).not.toBe(await fingerprintOf(base))
})

it('tests a change of every setting but the protocol and the secrets', () => {
  const settings = Object.keys({ ...base, configuredIssuer: '' })
  const changed = new Set(changes.flatMap((change) => Object.keys(change)))
  expect([...changed].sort()).toEqual(
    settings.filter((key) => !['protocol', 'clientSecret', 'clientPrivateKey'].includes(key)).sort(),
  )
})

it('stays the same when only the secret is replaced', async () => {
  const replaced = connectionWith({ clientSecret: new Secret('another secret') })
  expect(await fingerprintOf(replaced)).toBe(await fingerprintOf(base))
})

it('is the same for the same configuration read again, and the next time', async () => {
  const connection = connectionWith()
  const first = await fingerprintOf(connection)
  expect(await fingerprintOf(connection)).toBe(first)
  expect(await fingerprintOf(connectionWith())).toBe(first)
})

it('is short and safe in a key', async () => {
  expect(await fingerprintOf(base)).toMatch(/^[A-Za-z0-9_-]{22}$/)
})

describe('of a server_url', () => {
  const fingerprintFor = async (server_url: string) => {
    const entry = {
      id: 'acme',
      name: 'Acme',
      protocol: 'OIDC',
      client_id: 'client-1',
      client_secret: 'secret',
    }
    const input = { sso: { enabled: true, identity_providers: [{ ...entry, default: true, server_url }] } }
    const { compiled, issues } = parseConfiguration(input, parseOptionsWith())
    if (!compiled) throw new Error(issues[0]?.message)
    const [connection] = loadConfiguration(compiled, () => undefined).connections
    return connection && fingerprintOf(connection.open())
  }

  it.each([
    'https://idp.example/realms/acme/',
    'https://idp.example/realms/acme//',
    'https://idp.example/realms/acme/.well-known/openid-configuration',
    'https://idp.example/realms/acme/.well-known/openid-configuration/',
    'https://idp.example/realms/acme//.well-known/openid-configuration',
  ])('is that of the bare one for %s', async (url) => {
    expect(await fingerprintFor(url)).toBe(await fingerprintFor('https://idp.example/realms/acme'))
  })

  it('is another for another path', async () => {
    expect(await fingerprintFor('https://idp.example/realms/other')).not.toBe(
      await fingerprintFor('https://idp.example/realms/acme'),
    )
  })
})
