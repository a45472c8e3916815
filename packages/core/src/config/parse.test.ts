import { describe, expect, it } from 'vitest'
import { baseUrl, baseUrlOf } from '../../test/configured.ts'
import { ConfigurationError, type ConfigurationIssue } from '../errors/index.ts'
import { parseConfiguration } from './parse.ts'

const provider = {
  id: 'okta',
  name: 'Okta',
  protocol: 'OIDC',
  server_url: 'https://idp.example',
  client_id: 'client-1',
  client_secret: 'secret-1',
  email_domain: 'acme.example',
}
type Input = Record<string, unknown>
const without = (key: string): Input =>
  Object.fromEntries(Object.entries(provider).filter(([k]) => k !== key))
const file = (sso: Input, rest: Input = {}): Input => ({ sso: { enabled: true, ...sso }, ...rest })
const fileWith = (...entries: unknown[]): Input => file({ identity_providers: entries })
const entry = (change: Input): Input => fileWith({ ...provider, ...change })

function issuesOf(input: unknown, from = baseUrl): readonly ConfigurationIssue[] {
  try {
    parseConfiguration(input, from)
  } catch (error) {
    if (error instanceof ConfigurationError) return error.issues
    throw error
  }
  return []
}

describe('a good configuration', () => {
  it('becomes connections, with the defaults of the format', () => {
    const { configuration, warnings } = parseConfiguration(fileWith(provider), baseUrl)
    expect(warnings).toEqual([])
    expect(configuration).toMatchObject({ baseUrl, selectionMode: 'email_address', rateLimits: true })
    expect(configuration.connections).toMatchObject([
      {
        protocol: 'oidc',
        id: 'okta',
        name: 'Okta',
        emailDomains: ['acme.example'],
        weight: 10,
        serverUrl: 'https://idp.example',
        clientId: 'client-1',
        clientAuthentication: 'automatic',
        pkce: true,
      },
    ])
    expect(configuration.connections[0]?.clientSecret.reveal()).toBe('secret-1')
  })

  it('takes every setting over', () => {
    const input = file(
      {
        selection_mode: 'lowest_weight',
        enable_pkce: false,
        identity_providers: [
          { ...provider, protocol: 'oidc', weight: 0, token_auth_method: 'client_secret_post' },
        ],
      },
      { rate_limits: { enabled: false } },
    )
    const { configuration } = parseConfiguration(input, baseUrl)
    expect(configuration).toMatchObject({ selectionMode: 'lowest_weight', rateLimits: false })
    expect(configuration.connections).toMatchObject([
      { weight: 0, clientAuthentication: 'client_secret_post', pkce: false },
    ])
  })

  it.each([
    ['https://idp.example', 'https://idp.example'],
    ['https://idp.example/', 'https://idp.example'],
    ['https://idp.example/realms/acme/', 'https://idp.example/realms/acme'],
    ['https://idp.example/.well-known/openid-configuration', 'https://idp.example'],
    ['https://idp.example/realms/acme/.well-known/openid-configuration/', 'https://idp.example/realms/acme'],
  ])('understands server_url %s', (server_url, serverUrl) => {
    expect(parseConfiguration(entry({ server_url }), baseUrl).configuration.connections).toMatchObject([
      { serverUrl },
    ])
  })

  it('brings the e-mail domain into the form in which domains are compared', () => {
    const { configuration } = parseConfiguration(entry({ email_domain: 'BÜCHER.example' }), baseUrl)
    expect(configuration.connections[0]?.emailDomains).toEqual(['xn--bcher-kva.example'])
  })

  it('has no connection while single sign-on is switched off', () => {
    const input = file({ enabled: false, identity_providers: [provider] })
    expect(parseConfiguration(input, baseUrl).configuration.connections).toEqual([])
    expect(parseConfiguration({ sso: { enabled: false } }, baseUrl).configuration.connections).toEqual([])
  })

  it('may name identity providers of this machine while Doorward runs there too', () => {
    const input = entry({ server_url: 'http://127.0.0.1:9000' })
    expect(issuesOf(input, baseUrlOf('http://localhost:8080'))).toEqual([])
  })
})

describe('a warning', () => {
  const warningsOf = (input: unknown) => parseConfiguration(input, baseUrl).warnings

  it('tells that a connection without a domain can not be found by address', () => {
    expect(warningsOf(fileWith(without('email_domain')))).toEqual([
      {
        path: ['sso', 'identity_providers', 0],
        at: 'key',
        message: expect.stringContaining('nobody is sent to this identity provider'),
        fix: 'add "email_domain: example.com"',
      },
    ])
  })

  it('is not given where no address is asked for', () => {
    const input = file({ selection_mode: 'lowest_weight', identity_providers: [without('email_domain')] })
    expect(warningsOf(input)).toEqual([])
    expect(warningsOf(file({ enabled: false, identity_providers: [without('email_domain')] }))).toEqual([])
  })

  it('tells what is lost without PKCE', () => {
    expect(warningsOf(file({ enable_pkce: false, identity_providers: [provider] }))).toMatchObject([
      { path: ['sso', 'enable_pkce'], at: 'value', message: expect.stringContaining('without PKCE') },
    ])
    expect(warningsOf(file({ enable_pkce: true, identity_providers: [provider] }))).toEqual([])
  })
})

const at = ['sso', 'identity_providers', 0] as const

describe('an issue', () => {
  const required = ['id', 'name', 'protocol', 'server_url', 'client_id', 'client_secret']
  it.each(required)('is that %s is missing', (key) => {
    expect(issuesOf(fileWith(without(key)))).toEqual([
      { path: at, at: 'key', message: `"${key}" is missing`, fix: expect.stringContaining(`${key}: `) },
    ])
  })

  it.each(required)('is that %s has no value', (key) => {
    expect(issuesOf(entry({ [key]: null }))).toMatchObject([
      { path: [...at, key], message: `"${key}" has no value`, fix: expect.stringContaining(`${key}: `) },
    ])
  })

  const texts = ['name', 'server_url', 'client_id', 'client_secret']
  it.each(texts)('is that %s is empty, padded, of two lines or a reference', (key) => {
    const path = [...at, key]
    expect(issuesOf(entry({ [key]: '' }))).toContainEqual({
      path,
      at: 'value',
      message: `"${key}" must not be empty`,
    })
    expect(issuesOf(entry({ [key]: ` ${provider.server_url}` }))).toContainEqual({
      path,
      at: 'value',
      message: `"${key}" must not begin or end with white space`,
    })
    expect(issuesOf(entry({ [key]: 'https://idp.example/\nx' }))).toContainEqual({
      path,
      at: 'value',
      message: `"${key}" must be a single line`,
    })
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
    expect(issuesOf(entry({ [key]: 'https://idp.example/${NAME}' }))).toContainEqual({
      path,
      at: 'value',
      message: `"${key}" holds a reference to the environment, which is not read in this version`,
    })
  })

  it.each([
    ['id', 64],
    ['name', 100],
    ['client_id', 512],
    ['client_secret', 2048],
  ])('is that %s is longer than %i characters', (key, longest) => {
    expect(issuesOf(entry({ [key]: 'a'.repeat(longest) }))).toEqual([])
    expect(issuesOf(entry({ [key]: 'a'.repeat(longest + 1) }))).toMatchObject([
      { path: [...at, key], message: `"${key}" must not be longer than ${longest} characters` },
    ])
  })

  it.each(['a/b', '../x', '.', '-a', 'a b', 'a%2fb', 'ä', '<idp-id:okta>', 'a?b', 'a#b'])(
    'is that %j is no id for a URL',
    (id) => {
      expect(issuesOf(entry({ id }))).toMatchObject([
        { path: [...at, 'id'], message: expect.stringMatching(/^"id" must be safe in a URL/) },
      ])
    },
  )

  it.each([
    [42, '"client_id" must be text, not a number', 'put it in quotes'],
    [true, '"client_id" must be text, not true or false', 'put it in quotes'],
    [['a'], '"client_id" must be one text, not a list', undefined],
    [{ a: 1 }, '"client_id" must be text', undefined],
  ])('is that a text is %j', (client_id, message, fix) => {
    expect(issuesOf(entry({ client_id }))).toEqual([
      { path: [...at, 'client_id'], at: 'value', message, ...(fix ? { fix } : {}) },
    ])
  })

  it.each([
    ['user@acme.example', '"email_domain" must be the part after the "@" alone, such as example.com'],
    ['@acme.example', '"email_domain" must be the part after the "@" alone, such as example.com'],
    ['*.acme.example', '"email_domain" is not a domain such as example.com'],
    ['acme.example, other.example', '"email_domain" is not a domain such as example.com'],
    ['10.0.0.1', '"email_domain" is not a domain such as example.com'],
    ['acme.example.', '"email_domain" is not a domain such as example.com'],
  ])('is that %j is no e-mail domain', (email_domain, message) => {
    expect(issuesOf(entry({ email_domain }))).toEqual([
      { path: [...at, 'email_domain'], at: 'value', message },
    ])
  })

  it.each([
    [-1, '"weight" must be 0 or more'],
    [1.5, '"weight" must be a whole number'],
    ['1', '"weight" must be a number'],
    [Number.NaN, '"weight" must be a number'],
  ])('is that the weight is %j', (weight, message) => {
    expect(issuesOf(entry({ weight }))).toMatchObject([{ path: [...at, 'weight'], message }])
  })

  it.each([
    ['idp.example', '"server_url" is not a URL such as https://login.example.com'],
    ['ftp://idp.example', '"server_url" is not a URL such as https://login.example.com'],
    ['javascript:alert(1)', '"server_url" is not a URL such as https://login.example.com'],
    ['http://idp.example', '"server_url" must begin with https://'],
    ['https://idp.example?tenant=1', '"server_url" must not have a query or a fragment'],
    ['https://idp.example?', '"server_url" must not have a query or a fragment'],
    ['https://idp.example#top', '"server_url" must not have a query or a fragment'],
    ['https://idp.example/#', '"server_url" must not have a query or a fragment'],
    ['https://user:pass@idp.example', '"server_url" must not hold a user name or a password'],
    [
      'http://localhost:9000',
      '"server_url" is plain http:// on this machine, which is allowed only while Doorward runs there too',
    ],
  ])('is that server_url %s will not do', (server_url, message) => {
    expect(issuesOf(entry({ server_url }))).toMatchObject([
      { path: [...at, 'server_url'], at: 'value', message },
    ])
  })

  it('is that a server of another machine is on http, also while Doorward runs on this one', () => {
    expect(
      issuesOf(entry({ server_url: 'http://idp.example' }), baseUrlOf('http://localhost:8080')),
    ).toHaveLength(1)
  })

  it('is that an id is there twice, in whatever case', () => {
    const twice = fileWith(provider, { ...provider, id: 'other' }, { ...provider, id: 'OKTA' })
    expect(issuesOf(twice)).toEqual([
      {
        path: ['sso', 'identity_providers', 2, 'id'],
        at: 'value',
        message: '"id" is used twice: entry 1 of the list has it already',
        fix: 'give each identity provider its own id',
      },
    ])
  })

  it.each([[{}], [{ identity_providers: [] }], [{ identity_providers: null }]])(
    'is that there is no identity provider in %j',
    (sso) => {
      expect(issuesOf(file(sso))).toHaveLength(1)
    },
  )

  it.each([
    ['SAML', 'SAML does not work in this version of Doorward yet', undefined],
    ['saml', 'SAML does not work in this version of Doorward yet', undefined],
    ['OpenID', '"protocol" must be oidc', undefined],
    ['OICD', '"protocol" must be oidc', undefined],
    ['Oidc', '"protocol" must be oidc', 'did you mean "oidc"?'],
    [7, '"protocol" must be oidc', undefined],
  ])('is that the protocol is %j', (protocol, message, fix) => {
    const [issue, ...others] = issuesOf(entry({ protocol }))
    expect(others).toEqual([])
    expect(issue).toMatchObject({
      path: [...at, 'protocol'],
      at: 'value',
      message: message.replace('oidc', 'OIDC'),
    })
    expect(issue?.fix).toBe(fix?.replace('oidc', 'OIDC'))
  })

  it('is that a choice is none of the choices, with the one that was meant', () => {
    expect(issuesOf(file({ selection_mode: 'email_adress', identity_providers: [provider] }))).toEqual([
      {
        path: ['sso', 'selection_mode'],
        at: 'value',
        message: '"selection_mode" must be one of email_address, lowest_weight',
        fix: 'did you mean "email_address"?',
      },
    ])
    expect(issuesOf(entry({ token_auth_method: 'private_key_jwt' }))).toMatchObject([
      { message: '"token_auth_method" must be one of client_secret_basic, client_secret_post' },
    ])
  })

  it.each(['yes', 1, 'true'])('is that a switch is %j', (enabled) => {
    expect(issuesOf(file({ enabled, identity_providers: [provider] }))).toEqual([
      {
        path: ['sso', 'enabled'],
        at: 'value',
        message: '"enabled" must be true or false',
        fix: 'write "enabled: true", without quotes',
      },
    ])
  })

  it.each([
    ['client_secert', 'did you mean "client_secret"?'],
    ['verify_token_signature', 'remove it, or look for a typing error'],
  ])('is that %s is no key of an identity provider', (key, fix) => {
    expect(issuesOf(entry({ [key]: 'x' }))).toEqual([
      { path: [...at, key], at: 'key', message: `unknown key "${key}"`, fix },
    ])
  })

  it('is an unknown key at every level', () => {
    const input = {
      ...file({ identity_providers: [{ ...provider, scope: 'x' }], x: 1 }),
      y: 1,
      rate_limits: { enabled: true, z: 1 },
    }
    expect(
      issuesOf(input)
        .map(({ message }) => message)
        .sort(),
    ).toEqual(['scope', 'x', 'y', 'z'].map((key) => `unknown key "${key}"`))
  })

  it.each([
    ['social_account', { social_account: { enabled: true } }],
    ['basic', { basic: {} }],
  ])('is that %s has no effect yet', (key, rest) => {
    expect(issuesOf(file({ identity_providers: [provider] }, rest))).toMatchObject([
      {
        path: [key],
        message: expect.stringContaining(`"${key}" has no effect in this version of Doorward yet`),
      },
    ])
  })

  it('is that a key which would restrict access has no effect yet', () => {
    expect(issuesOf(entry({ authorization: { groups: [] } }))).toMatchObject([
      { path: [...at, 'authorization'], message: expect.stringContaining('has no effect') },
    ])
  })

  it.each([
    [undefined, 'the file must be a mapping: keys with values, indented below it'],
    [null, 'the file must be a mapping: keys with values, indented below it'],
    ['text', 'the file must be a mapping: keys with values, indented below it'],
    [[], 'the file must be a mapping: keys with values, indented below it'],
    [{}, '"sso" is missing'],
    [{ sso: null }, '"sso" must be a mapping: keys with values, indented below it'],
    [{ sso: [] }, '"sso" must be a mapping: keys with values, indented below it'],
    [
      { sso: { enabled: true, identity_providers: provider } },
      '"identity_providers" must be a list: each entry on a line of its own, beginning with "-"',
    ],
    [
      { sso: { enabled: true, identity_providers: ['okta'] } },
      'this entry must be a mapping: keys with values, one on each line',
    ],
  ])('says what is wrong with %j', (input, message) => {
    expect(issuesOf(input).map((issue) => issue.message)).toEqual([message])
  })
})

describe('several issues', () => {
  it('are reported all at once, in the order of the list', () => {
    const input = {
      rate_limits: { enabled: 'no' },
      sso: {
        enabled: 'yes',
        identity_providers: [
          { ...provider, id: 'a b', server_url: 'http://idp.example' },
          { ...without('client_secret'), id: 'one', email_domain: 'not a domain' },
          { ...provider, id: 'one', colour: 'blue' },
        ],
      },
    }
    const issues = issuesOf(input)
    expect(issues.map(({ path }) => path.join('.')).sort()).toEqual(
      [
        'rate_limits.enabled',
        'sso.enabled',
        'sso.identity_providers.0.id',
        'sso.identity_providers.0.server_url',
        'sso.identity_providers.1',
        'sso.identity_providers.1.email_domain',
        'sso.identity_providers.2.colour',
        'sso.identity_providers.2.id',
      ].sort(),
    )
    const entries = issues.map(({ path }) => Number(path[2] ?? -1))
    expect(entries).toEqual([...entries].sort((a, b) => a - b))
  })

  it('never quote a secret', () => {
    const input = entry({ client_secret: ' hunter2 ', email_domain: 'hunter2 x', server_url: 'hunter2' })
    expect(issuesOf(input).length).toBeGreaterThan(2)
    expect(JSON.stringify(issuesOf(input))).not.toContain('hunter2')
  })
})
