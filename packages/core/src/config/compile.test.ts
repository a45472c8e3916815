import { expect, it } from 'vitest'
import { baseUrl, configurationWith, connectionWith } from '../../test/configured.ts'
import { type CompiledConfiguration, compileConfiguration, loadConfiguration } from './compile.ts'
import { fingerprintOf } from './fingerprint.ts'
import { parseConfiguration } from './parse.ts'

const configuration = configurationWith(
  [
    connectionWith({ emailDomains: ['acme.example'], pkce: false }),
    connectionWith({ id: 'other', weight: 1 }),
  ],
  { selectionMode: 'lowest_weight', rateLimits: false },
)
const travel = (compiled: CompiledConfiguration): CompiledConfiguration =>
  JSON.parse(JSON.stringify(compiled))

it('comes back from JSON as it was, secrets included', () => {
  const loaded = loadConfiguration(travel(compileConfiguration(configuration)))
  expect(loaded).toEqual(configuration)
  expect(loaded.connections.map(({ clientSecret }) => clientSecret.reveal())).toEqual(
    configuration.connections.map(({ clientSecret }) => clientSecret.reveal()),
  )
})

it('keeps fingerprints, so that a login under way survives a deployment of the same configuration', async () => {
  const input = {
    sso: {
      enabled: true,
      identity_providers: [
        {
          id: 'okta',
          name: 'Okta',
          protocol: 'OIDC',
          server_url: 'https://idp.example/',
          client_id: 'client-1',
          client_secret: 'secret',
          email_domain: 'ACME.example',
        },
      ],
    },
  }
  const parsed = parseConfiguration(input, baseUrl).configuration
  const loaded = loadConfiguration(travel(compileConfiguration(parsed)))
  expect(loaded).toEqual(parsed)
  const fingerprints = (of: typeof parsed) => Promise.all(of.connections.map(fingerprintOf))
  expect(await fingerprints(loaded)).toEqual(await fingerprints(parsed))
})

it('shows no secret of a loaded configuration in JSON', () => {
  const loaded = loadConfiguration(travel(compileConfiguration(configuration)))
  expect(JSON.stringify(loaded)).not.toContain('secret of client 1')
})

it.each([0, 2, undefined, '1'])('refuses the format %j of another version', (format) => {
  const other = { ...compileConfiguration(configuration), format } as unknown as CompiledConfiguration
  expect(() => loadConfiguration(other)).toThrow(expect.objectContaining({ code: 'installation_invalid' }))
})
