// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../test/configured.ts'
import { seedsOf } from '../../test/fixtures.ts'
import { SsoError } from '../errors/index.ts'
import { type CompiledConfiguration, loadConfiguration } from './compile.ts'
import { fingerprintOf } from './fingerprint.ts'
import { parseConfiguration } from './parse.ts'
import type { Environment } from './variables.ts'
import { readConfiguration } from './yaml.ts'

const provider = {
  id: 'acme',
  name: 'Acme',
  protocol: 'OIDC',
  server_url: 'https://idp.example/',
  client_id: 'client-1',
  client_secret: 'secret-1',
  email_domain: 'ACME.example',
}
const saml = {
  id: 'acme-saml',
  name: 'Acme SAML',
  protocol: 'SAML',
  entity_id: 'https://idp.example/saml',
  metadata_url: 'https://idp.example/saml/metadata',
  attribute_mapping: { email: 'mail', uid: ['uid', 'id'] },
  email_domain: 'saml.example',
}
const unset: Environment = () => undefined

function compile(entries: readonly object[], secretsLater = false, rest: object = {}): CompiledConfiguration {
  const input = { sso: { enabled: true, identity_providers: entries }, ...rest }
  const { compiled, issues } = parseConfiguration(input, parseOptionsWith({ secretsLater }))
  if (!compiled) throw new Error(issues.map(({ message }) => message).join('; '))
  return compiled
}

/** What arrives where it is used. */
const travel = (compiled: CompiledConfiguration): CompiledConfiguration =>
  JSON.parse(JSON.stringify(compiled))

function secretOf(compiled: CompiledConfiguration, environment: Environment) {
  const connection = loadConfiguration(compiled, environment).connections[0]?.open()
  if (connection?.protocol !== 'oidc' || !connection.clientSecret) throw new Error('there is no secret')
  return connection.clientSecret
}

describe('a configuration that was JSON in between', () => {
  it('says what the file said', () => {
    const social = { enabled: true, github: { client_id: 'client-2', client_secret: 'secret-2' } }
    const rest = {
      social_account: social,
      rate_limits: { enabled: false },
      service_provider: {
        organization: { name: 'Acme', url: 'https://acme.example' },
        contacts: [
          { email: 'sso@acme.example' },
          { type: 'support', name: 'Help', email: 'help@acme.example' },
        ],
      },
    }
    const loaded = loadConfiguration(travel(compile([provider, saml], false, rest)), unset)
    expect(loaded).toMatchObject({
      baseUrl: 'https://sso.example.com',
      selectionMode: 'email_address',
      rateLimits: false,
      serviceProvider: {
        organization: { name: 'Acme', displayName: 'Acme', url: 'https://acme.example' },
        contacts: [
          { type: 'technical', email: 'sso@acme.example' },
          { type: 'support', name: 'Help', email: 'help@acme.example' },
        ],
      },
    })
    expect(loaded.connections.map(({ summary }) => summary)).toMatchObject([
      {
        id: 'acme',
        protocol: 'oidc',
        isOffered: true,
        reach: { domains: ['acme.example'], wildcards: [], addresses: [], isDefault: false },
        weight: 10,
        issuer: 'https://idp.example',
      },
      { id: 'acme-saml', protocol: 'saml', isOffered: true, reach: { domains: ['saml.example'] } },
      { id: 'github', protocol: 'social', isOffered: true },
    ])
    expect(loaded.connections.map((connection) => connection.open())).toMatchObject([
      { name: 'Acme', serverUrl: 'https://idp.example', clientId: 'client-1', pkce: true },
      {
        name: 'Acme SAML',
        metadata: { kind: 'url', url: 'https://idp.example/saml/metadata' },
        attributes: { email: ['mail'], uid: ['uid', 'id'], groups: ['groups'] },
      },
      { name: 'GitHub', provider: 'github', clientId: 'client-2' },
    ])
  })

  it('is what it was, fingerprints and all, for every example that others publish', async () => {
    const fingerprints = (of: CompiledConfiguration) =>
      Promise.all(
        loadConfiguration(of, unset).connections.map((connection) => fingerprintOf(connection.open())),
      )
    for (const { name, text } of seedsOf('loads')) {
      const { compiled } = readConfiguration(text, parseOptionsWith())
      if (!compiled) throw new Error(name)
      expect(travel(compiled), name).toEqual(compiled)
      expect(await fingerprints(travel(compiled)), name).toEqual(await fingerprints(compiled))
    }
  })

  it('shows no secret of an open connection', () => {
    const [connection] = loadConfiguration(travel(compile([provider])), unset).connections
    expect(JSON.stringify(connection?.open())).not.toContain('secret-1')
  })

  it('knows when it was compiled', () => {
    expect(compile([provider]).version).toBe(Date.UTC(2026, 0, 1))
  })

  it.each([0, 1, 2, 3, 5, undefined, '4'])(
    'is refused when its format is %j, of another version',
    (format) => {
      const other = { ...compile([provider]), format } as unknown as CompiledConfiguration
      expect(() => loadConfiguration(other, unset)).toThrow(
        expect.objectContaining({ code: 'installation_invalid' }),
      )
    },
  )
})

describe('a secret', () => {
  const named = { ...provider, client_secret: '${ACME_SECRET}' }

  it('that is written is there without an environment', () => {
    expect(secretOf(travel(compile([provider])), unset).reveal()).toBe('secret-1')
  })

  it.each(['$${ACME_SECRET}', 'a$b', '$$', 'a$${b'])('may be %s', (client_secret) => {
    const compiled = compile([{ ...provider, client_secret }], true)
    expect(secretOf(compiled, unset).reveal()).toBe(client_secret.replace('$${', '${'))
  })

  it('that is named is read where Doorward runs, not where it is compiled', () => {
    const compiled = travel(compile([named], true))
    expect(JSON.stringify(compiled)).toContain('${ACME_SECRET}')
    const environment: Environment = (name) => (name === 'ACME_SECRET' ? 'of the host' : undefined)
    expect(secretOf(compiled, environment).reveal()).toBe('of the host')
  })

  it('may be named as a part, and with a default', () => {
    const compiled = compile([{ ...provider, client_secret: '${A:-x}-${B}' }], true)
    expect(secretOf(compiled, (name) => (name === 'B' ? 'b' : undefined)).reveal()).toBe('x-b')
    expect(secretOf(compiled, (name) => name.toLowerCase()).reveal()).toBe('a-b')
  })

  it('that is not set fails when it is needed, and says which, and nothing else fails', () => {
    const loaded = loadConfiguration(
      travel(compile([named, { ...provider, id: 'b', name: 'B' }], true)),
      unset,
    )
    expect(loaded.connections.map((connection) => connection.open().name)).toEqual(['Acme', 'B'])
    const secret = secretOf(compile([named], true), unset)
    expect(String(secret)).toBe('[secret]')
    const failure = (() => {
      try {
        return secret.reveal()
      } catch (error) {
        return error
      }
    })()
    expect(failure).toBeInstanceOf(SsoError)
    expect(failure).toMatchObject({ code: 'installation_invalid', details: { variable: 'ACME_SECRET' } })
  })

  it('of a social provider is read where Doorward runs as well', () => {
    const social = { enabled: true, github: { client_id: 'client-2', client_secret: '${GITHUB_SECRET}' } }
    const compiled = travel(compile([provider], true, { social_account: social }))
    const github = loadConfiguration(compiled, (name) => `of ${name}`).connections[1]?.open()
    expect(github?.protocol === 'social' && github.clientSecret.reveal()).toBe('of GITHUB_SECRET')
  })

  it('of a public client is none', () => {
    const { client_secret: _, ...entry } = provider
    const compiled = travel(compile([{ ...entry, token_auth_method: 'none' }]))
    expect(loadConfiguration(compiled, unset).connections[0]?.open()).toMatchObject({
      clientAuthentication: 'none',
      pkce: true,
    })
    expect(loadConfiguration(compiled, unset).connections[0]?.open()).not.toHaveProperty(
      'clientSecret',
      expect.anything(),
    )
  })
})

describe('of a thousand providers', () => {
  const entries = Array.from({ length: 1000 }, (_, index) => ({
    ...provider,
    id: `acme-${index}`,
    name: `Acme ${index}`,
    email_domain: `acme-${index}.example`,
  }))
  const compiled = travel(compile(entries))
  // Whoever unpacked it would notice.
  const damaged = {
    ...compiled,
    connections: compiled.connections.map((connection) =>
      connection.id === 'acme-500' ? connection : { ...connection, settings: '{' },
    ),
  }

  it('only the one that is used is unpacked', () => {
    const { connections } = loadConfiguration(damaged, unset)
    expect(connections).toHaveLength(1000)
    expect(connections.map(({ summary }) => summary.reach.domains[0])).toContain('acme-999.example')
    expect(connections[500]?.open()).toMatchObject({ id: 'acme-500', name: 'Acme 500' })
    expect(() => connections[501]?.open()).toThrow(SyntaxError)
  })

  it('each is unpacked once', () => {
    const [connection] = loadConfiguration(compiled, unset).connections
    expect(connection?.open()).toBe(connection?.open())
  })
})
