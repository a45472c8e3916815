import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../test/configured.ts'
import { loadConfiguration } from './compile.ts'
import { parseConfiguration } from './parse.ts'
import {
  type Preset,
  type PresetParameter,
  parameterForm,
  presetOf,
  presetParameters,
  presetSettings,
  presets,
} from './presets.ts'

const certificate = `-----BEGIN CERTIFICATE-----
MIIBHDCBxAIBATAKBggqhkjOPQQDAjAbMRkwFwYDVQQDDBBnb29kLmlkcC5leGFt
cGxlMB4XDTIwMDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVowGzEZMBcGA1UEAwwQ
Z29vZC5pZHAuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPb4+J54
MjUnlIr28bVxXAYCLkVBLLdPvcqjcYm2OJq8F1C7LiL/V4FbNUVMF9WikLDPs5RU
ddBH7eNXos4CNMEwCgYIKoZIzj0EAwIDRwAwRAIgfnet40D6OG02prNV8he1kOGT
a7iNY/9TlJvP1ASkvMICIDU43AotVsvWnTNXSv4nl8Y6kK+N4DWDzSZK1Mc3wN2w
-----END CERTIFICATE-----`

const clientIds: Readonly<Record<string, string>> = {
  azure: '66666666-7777-4888-9999-aaaaaaaaaaaa',
  okta: '0oa1example2okta3oidc4',
  auth0: 'exampleAuth0OidcClientId12345678',
  google: '111111111111-example0example0example0example0.apps.googleusercontent.com',
}
const domains: Readonly<Record<string, string>> = { okta: 'acme.okta.com', auth0: 'acme.eu.auth0.com' }

/** An entry that gives a preset what it needs, and says what no preset knows. */
function entryOf(one: Preset): Record<string, unknown> {
  const { provider, protocol, parameters, settings } = one
  const given = parameters.map((name) => [name, parameterForm(one, name).example])
  const common = { id: 'acme', name: 'Acme', protocol, provider, email_domain: 'example.com' }
  const entry = { ...common, ...Object.fromEntries(given) }
  if (parameters.includes('domain') && domains[provider]) entry.domain = domains[provider]
  if (parameters.includes('domain') && provider === 'ping') entry.domain = 'auth.pingone.eu'
  if (protocol === 'OIDC')
    return { ...entry, client_id: clientIds[provider] ?? 'client-1', client_secret: 'a-secret' }
  if (settings['metadata_url'] !== undefined) return entry
  return {
    ...entry,
    ...(settings['entity_id'] === undefined ? { entity_id: 'https://idp.example.com/saml' } : {}),
    ...(settings['sso_url'] === undefined ? { sso_url: 'https://idp.example.com/saml/login' } : {}),
    x509_cert: certificate,
  }
}

function parse(entry: object) {
  return parseConfiguration({ sso: { enabled: true, identity_providers: [entry] } }, parseOptionsWith())
}

function open(entry: object) {
  const { compiled, issues } = parse(entry)
  if (!compiled) throw new Error(issues.map(({ message }) => message).join('; '))
  return loadConfiguration(compiled, () => undefined).connections[0]?.open()
}

function preset(provider: string, protocol: Preset['protocol']): Preset {
  const found = presetOf(provider, protocol)
  if (!found) throw new Error(`there is no preset ${provider}`)
  return found
}

const keycloak = entryOf(preset('keycloak', 'OIDC'))
const without = (entry: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(entry).filter(([name]) => name !== key))

const resourceOf = ({ provider, protocol }: Preset) =>
  provider === 'adfs' && protocol === 'OIDC' ? { resource: 'urn:doorward' } : {}

describe('every preset', () => {
  it.each(presets)('makes a whole entry of its parameters: $provider, $protocol', (one) => {
    const { compiled, issues } = parse(entryOf(one))
    // At AD FS the administrator makes that up, and it is no part of an address.
    const codes = one.provider === 'adfs' && one.protocol === 'OIDC' ? ['adfs_resource_missing'] : []
    expect(issues.map(({ code }) => code)).toEqual(codes)
    expect(compiled?.connections).toMatchObject([{ id: 'acme', protocol: one.protocol.toLowerCase() }])
    expect(JSON.stringify(compiled)).not.toMatch(/[{]\w+(:host)?[}]/)
  })

  it.each(presets)('is the only one of its name: $provider, $protocol', ({ provider, protocol }) => {
    expect(presets.filter((one) => one.provider === provider && one.protocol === protocol)).toHaveLength(1)
  })

  it.each(presets)('uses every parameter that it asks for, and no other: $provider, $protocol', (one) => {
    const used = [...JSON.stringify(one.settings).matchAll(/[{](\w+)(:host)?[}]/g)].map(([, name]) => name)
    expect([...new Set(used)].sort()).toEqual([...one.parameters].sort())
  })

  const asking = presets.flatMap(({ provider, protocol, parameters }) =>
    parameters
      .filter((name) => !(name === 'client_id' && protocol === 'OIDC'))
      .map((name) => ({ provider, protocol, name })),
  )
  it.each(asking)('misses $name: $provider, $protocol', ({ provider, protocol, name }) => {
    const one = preset(provider, protocol)
    const { compiled, issues } = parse({ ...without(entryOf(one), name), ...resourceOf(one) })
    expect(compiled).toBeUndefined()
    expect(issues).toEqual([
      {
        code: 'parameter_missing',
        path: ['sso', 'identity_providers', 0],
        at: 'key',
        message: `"${name}" is missing: the ${parameterForm(one, name).meaning}`,
        fix: `add "${name}: ${parameterForm(one, name).example}"`,
      },
    ])
  })

  it.each(asking)('refuses $name that looks wrong: $provider, $protocol', ({ provider, protocol, name }) => {
    const one = preset(provider, protocol)
    const { compiled, issues } = parse({ ...entryOf(one), ...resourceOf(one), [name]: '? /' })
    expect(compiled).toBeUndefined()
    expect(issues).toEqual([
      {
        code: 'parameter_invalid',
        path: ['sso', 'identity_providers', 0, name],
        at: 'value',
        message: `"${name}" does not look like the ${parameterForm(one, name).meaning}`,
        fix: `write it like ${parameterForm(one, name).example}`,
      },
    ])
  })
})

describe('a parameter', () => {
  it.each(Object.entries(presetParameters))('looks like its example: %s', (_, { pattern, example }) => {
    expect(example).toMatch(pattern)
  })

  it.each<[PresetParameter, string]>([
    ['tenant', 'common'],
    ['tenant', 'acme.onmicrosoft.com'],
    ['domain', 'acme example'],
    ['domain', 'ftp://acme.example'],
    ['domain', 'acme.example?a=1'],
    ['domain', 'acme.example#a'],
    ['domain', 'user@acme.example'],
    ['realm', 'a/b'],
    ['region', 'EU'],
    ['user_pool_id', 'a1B2c3D4e'],
    ['environment_id', 'acme'],
    ['application_id', 'a/b'],
    ['client_id', 'a b'],
    ['idp_id', 'https://accounts.google.com/o/saml2?idpid=C01'],
  ])('may not look like that: %s is %j', (name, value) => {
    expect(value).not.toMatch(presetParameters[name].pattern)
  })

  it('that is still a placeholder is said to be one, and nothing else', () => {
    expect(parse({ ...keycloak, domain: '<your domain>' }).issues).toMatchObject([
      { code: 'placeholder_left' },
    ])
  })

  it.each([
    ['tenant', 'remove it, or add "provider: azure"'],
    ['region', 'remove it, or add "provider: cognito"'],
    ['realm', 'remove it, or add "provider: keycloak"'],
  ])('without a provider that takes it is refused: %s', (key, fix) => {
    const entry = {
      ...without(without(keycloak, 'provider'), 'realm'),
      server_url: 'https://idp.example.com',
    }
    const value = presetParameters[key as PresetParameter].example
    const { compiled, issues } = parse({ ...without(entry, 'domain'), [key]: value })
    expect(compiled).toBeUndefined()
    expect(issues).toEqual([
      {
        code: 'parameter_unused',
        path: ['sso', 'identity_providers', 0, key],
        at: 'key',
        message: `"${key}" has no effect here`,
        fix,
      },
    ])
  })

  it('is said to belong to the other protocol where it mostly is: client_id', () => {
    const saml = { id: 'acme', protocol: 'SAML', name: 'Acme', email_domain: 'example.com', client_id: 'x' }
    const addresses = {
      entity_id: 'https://idp.example.com',
      metadata_url: 'https://idp.example.com/metadata',
    }
    const { issues } = parse({ ...saml, ...addresses, attribute_mapping: { email: 'email' } })
    expect(issues).toMatchObject([
      { code: 'parameter_unused', fix: 'it belongs in an entry with "protocol: OIDC"' },
    ])
  })

  it('is checked for a wrong type as any key is', () => {
    expect(parse({ ...keycloak, realm: 7 }).issues.map(({ message }) => message)).toContain(
      '"realm" must be text, not a number',
    )
  })

  it.each([
    ['idp.example.com', 'https://idp.example.com/realms/staff'],
    ['idp.example.com/', 'https://idp.example.com/realms/staff'],
    ['idp.example.com:8443', 'https://idp.example.com:8443/realms/staff'],
    ['idp.example.com/auth', 'https://idp.example.com/auth/realms/staff'],
    ['idp.example.com/auth/', 'https://idp.example.com/auth/realms/staff'],
    ['https://idp.example.com', 'https://idp.example.com/realms/staff'],
    ['https://idp.example.com/', 'https://idp.example.com/realms/staff'],
    ['https://idp.example.com:8443/auth/', 'https://idp.example.com:8443/auth/realms/staff'],
    ['HTTPS://idp.example.com', 'HTTPS://idp.example.com/realms/staff'],
  ])('may be a domain as people write it: %s', (domain, serverUrl) => {
    expect(open({ ...keycloak, domain })).toMatchObject({ serverUrl })
  })

  it('that is a domain on http is refused as any address is', () => {
    expect(parse({ ...keycloak, domain: 'http://idp.example.com' }).issues).toMatchObject([
      { code: 'url_not_https' },
    ])
  })

  it('is a host where only that is wanted', () => {
    const adfs = preset('adfs', 'SAML')
    for (const domain of ['adfs.example.com', 'https://adfs.example.com/', 'adfs.example.com:8443']) {
      expect(presetSettings(adfs, { domain })['entity_id']).toBe(
        `http://adfs.example.com${domain.includes('8443') ? ':8443' : ''}/adfs/services/trust`,
      )
    }
  })

  it('can not leave its place in an address', () => {
    expect(
      presetSettings(preset('keycloak', 'OIDC'), { domain: 'a.example', realm: 'a b%2f..' }),
    ).toMatchObject({
      server_url: 'https://a.example/realms/a%20b%252f..',
    })
  })
})

describe('what an entry says itself', () => {
  it('comes before its preset', () => {
    const okta = { ...entryOf(preset('okta', 'OIDC')), claims_source: 'id_token' }
    expect(open(okta)).toMatchObject({ claimsSource: 'id_token', serverUrl: 'https://acme.okta.com' })
    const jumpcloud = { ...entryOf(preset('jumpcloud', 'SAML')), attribute_mapping: { email: 'mail' } }
    expect(open(jumpcloud)).toMatchObject({
      attributes: { email: ['mail'], givenName: [], groups: ['groups'] },
    })
  })

  it('makes parameters needless where it says what they are for', () => {
    const written = without(without(keycloak, 'domain'), 'realm')
    expect(open({ ...written, server_url: 'https://idp.example.com/realms/other' })).toMatchObject({
      serverUrl: 'https://idp.example.com/realms/other',
    })
  })
})

describe('provider', () => {
  it.each([
    ['entra', 'azure', 'OIDC'],
    ['entra', 'azure', 'SAML'],
    ['amazon_cognito', 'cognito', 'OIDC'],
    ['pingone', 'ping', 'OIDC'],
  ] as const)('"%s" is %s over %s', (name, provider, protocol) => {
    expect(presetOf(name, protocol)).toBe(presetOf(provider, protocol))
    expect(open({ ...entryOf(preset(provider, protocol)), provider: name })).toEqual(
      open(entryOf(preset(provider, protocol))),
    )
  })

  it('"custom" stands for nothing', () => {
    const entry = { ...without(without(keycloak, 'domain'), 'realm'), server_url: 'https://idp.example.com' }
    expect(open({ ...entry, provider: 'custom' })).toEqual(open(without(entry, 'provider')))
  })

  it.each([
    ['keyclok', 'keycloak'],
    ['azuer', 'azure'],
    ['Micorsoft', 'microsoft'],
  ])('that nobody knows is refused, with the one that was meant: %s', (provider, meant) => {
    expect(parse({ ...keycloak, provider }).issues).toContainEqual(
      expect.objectContaining({ code: 'choice_unknown', fix: `did you mean "${meant}"?` }),
    )
  })

  it.each(['constructor', '__proto__', 'toString'])('is not %s', (provider) => {
    expect(presetOf(provider, 'OIDC')).toBeUndefined()
    expect(parse({ ...keycloak, provider }).issues).toContainEqual(
      expect.objectContaining({ code: 'choice_unknown', path: ['sso', 'identity_providers', 0, 'provider'] }),
    )
  })
})

it('a parameter counts as long as something is made of it', () => {
  const azure = { ...entryOf(preset('azure', 'SAML')), metadata_url: 'https://idp.example.com/metadata' }
  const { compiled, issues } = parse(azure)
  expect(compiled).toBeDefined()
  expect(issues).toEqual([
    {
      code: 'parameter_overridden',
      path: ['sso', 'identity_providers', 0, 'application_id'],
      at: 'key',
      message: '"application_id" does not count: "metadata_url" is written out, which would be made of it',
      fix: 'remove one of the two',
    },
  ])
})
