// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../../test/configured.ts'
import { loadConfiguration } from '../compile.ts'
import { readConfiguration } from '../yaml.ts'
import type { Variables } from './form.ts'
import { readEnvironment } from './read.ts'

const options = parseOptionsWith()

function open(variables: Variables) {
  const read = readEnvironment(variables, options)
  if (!read?.compiled) throw new Error(JSON.stringify(read?.problems))
  const loaded = loadConfiguration(read.compiled, () => undefined)
  return { ...loaded, connections: loaded.connections.map((connection) => connection.open()) }
}

const problemsOf = (variables: Variables) => readEnvironment(variables, options)?.problems

const prefix = 'CLEARML__services__login__sso__oauth_client__acme__'
const samlPrefix = 'CLEARML__services__login__sso__saml_client__acme__'
/** The variables of one client, as ClearML writes them. */
const client = (values: Readonly<Record<string, string>>, before = prefix): Variables =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [before + key, value]))
const clearMl = client({
  client_id: 'client-1',
  client_secret: 'a-secret',
  base_url: 'https://idp.example.com/',
})

const wandb: Variables = {
  OIDC_ISSUER: 'https://idp.example.com',
  OIDC_CLIENT_ID: 'client-1',
  OIDC_AUTH_METHOD: 'pkce',
}

it.each([
  [{}],
  [{ PATH: '/bin', CLEARML_HOST: 'x', CLEARML__apiserver__port: '1', OIDC_CLIENT_SECRET: 'a-secret' }],
  [{ [`${prefix}client_id`]: undefined, OIDC_ISSUER: undefined, OIDC_CLIENT_ID: '' }],
])('there is nothing in %j', (variables) => {
  expect(readEnvironment(variables as Variables, options)).toBeUndefined()
})

describe("ClearML's variables", () => {
  it('become an identity provider that everybody is sent to', () => {
    expect(open(clearMl)).toMatchObject({
      selectionMode: 'lowest_weight',
      connections: [
        {
          id: 'acme',
          name: 'acme',
          protocol: 'oidc',
          serverUrl: 'https://idp.example.com',
          clientId: 'client-1',
          isOffered: true,
        },
      ],
    })
    expect(problemsOf(clearMl)).toEqual([])
  })

  it.each([
    ['base_url', 'https://other.example.com', { serverUrl: 'https://other.example.com' }],
    [
      'authorize_url',
      'https://idp.example.com/a',
      { endpoints: { authorization: 'https://idp.example.com/a' } },
    ],
    ['access_token_url', 'https://idp.example.com/t', { endpoints: { token: 'https://idp.example.com/t' } }],
    ['user_info_url', 'https://idp.example.com/u', { endpoints: { userinfo: 'https://idp.example.com/u' } }],
    ['revoke_url', 'https://idp.example.com/r', { endpoints: { revocation: 'https://idp.example.com/r' } }],
    ['jwks_uri', 'https://idp.example.com/k', { endpoints: { jwks: 'https://idp.example.com/k' } }],
    ['client_id', 'client-2', { clientId: 'client-2' }],
    ['audience', 'https://api.example.com', { audience: 'https://api.example.com' }],
    ['display_name', 'Company login', { name: 'Company login' }],
    ['scope', 'openid, email', { scopes: ['openid', 'email'] }],
    ['scope', '["profile", "email"]', { scopes: ['openid', 'profile', 'email'] }],
    ['code_challenge_method', 'S256', { pkce: true }],
    ['idp_logout', 'true', { logsOutAtProvider: true }],
    ['idp_logout', '0', { logsOutAtProvider: false }],
    ['claims__id', 'sub', {}],
    ['claims__user_id', 'sub', {}],
    ['claims__email', 'mail', { claims: { email: 'mail' } }],
    ['claims__name', 'full_name', { claims: { name: 'full_name' } }],
    ['claims__given_name', 'first', { claims: { givenName: 'first' } }],
    ['claims__family_name', 'last', { claims: { familyName: 'last' } }],
    ['claims__picture', 'avatar', { claims: { picture: 'avatar' } }],
    ['groups__enabled', 'false', { synchronizesGroups: false }],
    ['groups__enabled', '1', { synchronizesGroups: true }],
    ['groups__claim', 'realm.roles', { claims: { groups: ['realm.roles'] } }],
    ['groups__case_sensitive', 'false', { roles: { isCaseSensitive: true, rules: [] } }],
    [
      'groups__admins',
      '["admins", "it staff"]',
      {
        roles: {
          rules: [
            { group: 'admins', roles: ['admin'] },
            { group: 'it staff', roles: ['admin'] },
          ],
        },
      },
    ],
    ['groups__admins', "admins,'ops'", { roles: { rules: [{ group: 'admins' }, { group: 'ops' }] } }],
    ['groups__prohibit_user_signup_if_not_in_group', 'false', { synchronizesGroups: true }],
  ])('say %s as %j', (key, value, meaning) => {
    expect(open({ ...clearMl, [prefix + key]: value }).connections).toMatchObject([meaning])
  })

  it('say whether case matters where groups give roles', () => {
    const groups = client({ groups__admins: 'Admins', groups__case_sensitive: 'false' })
    expect(open({ ...clearMl, ...groups }).connections).toMatchObject([
      { roles: { isCaseSensitive: false, rules: [{ group: 'Admins', roles: ['admin'] }] } },
    ])
  })

  it('are read in either of its files, in either case, for several clients', () => {
    const { connections } = open({
      CLEARML__secure__login__sso__oauth_client__auth0__client_id: 'exampleAuth0ClearmlId1234567890a',
      CLEARML__secure__login__sso__oauth_client__auth0__client_secret: 'a-secret',
      CLEARML__services__login__sso__oauth_client__auth0__base_url: 'https://acme.eu.auth0.com',
      clearml__services__login__sso__oauth_client__other__BASE_URL: 'https://idp.example.com',
      clearml__services__login__sso__oauth_client__other__CLIENT_ID: 'client-2',
      clearml__services__login__sso__oauth_client__other__CLIENT_SECRET: 'b-secret',
    })
    expect(connections).toMatchObject([
      { id: 'auth0', name: 'Auth0', serverUrl: 'https://acme.eu.auth0.com' },
      { id: 'other', name: 'other', clientId: 'client-2' },
    ])
  })

  it('tell a SAML client from an OAuth client of the same name', () => {
    const saml = client(
      { entity_id: 'https://idp.example.com/saml', idp_metadata_file: 'idp.xml' },
      samlPrefix,
    )
    const read = readEnvironment({ ...clearMl, ...saml, [`${samlPrefix}display_name`]: 'Acme SAML' }, options)
    expect(read?.problems.map(({ variable, code }) => [variable, code])).toContainEqual([
      `${samlPrefix}idp_metadata_file`,
      'metadata_file_unreadable',
    ])
    expect(read?.problems.map(({ code }) => code)).toContain('id_twice')
  })

  it('say the names of SAML attributes', () => {
    const saml = client(
      {
        entity_id: 'https://idp.example.com/saml',
        idp_metadata_file: 'idp.xml',
        claims__user_id: 'uid',
        claims__email: 'mail',
        claims__name: 'cn',
        claims__given_name: 'first',
        claims__family_name: 'last',
        claims__picture: 'avatar',
        groups__claim: 'memberOf',
      },
      samlPrefix,
    )
    const text = '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>'
    const read = readEnvironment(saml, parseOptionsWith({ readFile: () => ({ text }) }))
    const [connection] = read?.compiled?.connections ?? []
    expect(connection).toMatchObject({ id: 'acme', protocol: 'saml' })
    expect(JSON.parse(connection?.settings ?? '')).toMatchObject({
      entityId: 'https://idp.example.com/saml',
      metadata: { kind: 'document', xml: text },
      attributes: {
        uid: ['uid'],
        email: ['mail'],
        name: ['cn'],
        givenName: ['first'],
        familyName: ['last'],
        picture: ['avatar'],
        groups: ['memberOf'],
      },
    })
  })

  it.each([
    [
      'base_url',
      'idp.example.com',
      'url_invalid',
      '"base_url" is not a URL such as https://login.example.com',
    ],
    ['base_url', 'http://idp.example.com', 'url_not_https', '"base_url" must begin with https://'],
    [
      'client_secret',
      ' a-secret',
      'value_white_space',
      '"client_secret" must not begin or end with white space',
    ],
    ['claims__user_id', 'email', 'user_id_refused', expect.stringContaining('can only be "sub"')],
    ['claims__email', '', 'value_empty', '"claims__email" must not be empty'],
    ['idp_logout', 'yes', 'type_wrong', '"idp_logout" must be true or false'],
    ['groups__admins', '[]', 'value_empty', '"mapping" must not be an empty list'],
    ['code_challenge_method', 'plain', 'pkce_plain', expect.stringContaining('"plain"')],
    [
      'groups__prohibit_user_signup_if_not_in_group',
      'true',
      'no_effect_yet',
      'this would keep out whoever is in no known group, and nothing here does that yet',
    ],
    ['display_name', '<name>', 'placeholder_left', expect.stringContaining('<name>')],
    ['client_id', '${UNSET}', 'variable_unset', 'the environment variable UNSET is not set'],
  ])('are named where one is wrong: %s as %j', (key, value, code, message) => {
    const variable = prefix + key
    const read = readEnvironment({ ...clearMl, [variable]: value }, options)
    expect(read?.compiled).toBeUndefined()
    expect(read?.problems).toContainEqual(
      expect.objectContaining({ severity: 'error', variable, code, message }),
    )
  })

  it.each(['state', 'claims__unknown', 'constructor', '__proto__', 'toString'])(
    'are refused where they are unknown: %s',
    (key) => {
      const read = readEnvironment({ ...clearMl, [prefix + key]: 'x' }, options)
      expect(read?.compiled).toBeUndefined()
      expect(read?.problems).toEqual([
        {
          severity: 'error',
          variable: prefix + key,
          code: 'key_unknown',
          message: `there is no setting "${key.toLowerCase()}" of a provider`,
          fix: 'remove it, or look for a typing error',
        },
      ])
    },
  )

  it('are refused where one that would keep people out is misspelt', () => {
    const variable = `${prefix}groups__prohibit_user_signup_if_not_in_goup`
    expect(readEnvironment({ ...clearMl, [variable]: 'true' }, options)?.problems).toMatchObject([
      { severity: 'error', variable, fix: 'did you mean "groups__prohibit_user_signup_if_not_in_group"?' },
    ])
  })

  it.each([
    ['true', 1],
    ['yes', 1],
    ['false', 0],
  ])('are refused where one would keep people out, unless it does not: %s', (value, problems) => {
    const variable = `${prefix}groups__prohibit_user_signup_if_not_in_group`
    const read = readEnvironment(
      { ...clearMl, [`${prefix}groups__enabled`]: 'false', [variable]: value },
      options,
    )
    expect(read?.problems.map(({ code }) => code)).toEqual(
      Array.from({ length: problems }, () => 'no_effect_yet'),
    )
    if (problems > 0) return
    const settings = JSON.parse(read?.compiled?.connections[0]?.settings ?? '{}')
    expect(settings).toMatchObject({ synchronizesGroups: false })
  })

  it.each(['default_company', 'admin_role', 'get_info_from_access_token'])(
    'draw a warning where they are nothing to us: %s',
    (key) => {
      const read = readEnvironment({ ...clearMl, [prefix + key]: 'x' }, options)
      expect(read?.compiled).toBeDefined()
      expect(read?.problems).toEqual([
        {
          severity: 'warning',
          variable: prefix + key,
          code: 'not_in_this_version',
          message: "this is ClearML's own setting, and has no effect here",
        },
      ])
    },
  )

  it('show at least one variable of the client that lacks something', () => {
    const { [`${prefix}client_id`]: _, ...rest } = clearMl
    expect(problemsOf(rest)).toMatchObject([
      { code: 'key_missing', message: '"client_id" is missing', variable: `${prefix}client_secret` },
    ])
  })
})

describe("W&B's variables", () => {
  it('become an identity provider that everybody is sent to', () => {
    expect(open(wandb)).toMatchObject({
      selectionMode: 'lowest_weight',
      connections: [
        {
          id: 'oidc',
          name: 'Single sign-on',
          serverUrl: 'https://idp.example.com',
          clientId: 'client-1',
          responseType: 'code',
          // Without a secret it is a public client.
          clientAuthentication: 'none',
          pkce: true,
          isOffered: true,
        },
      ],
    })
  })

  it.each(['OIDC_CLIENT_SECRET', 'GORILLA_OIDC_SECRET'])('may have a secret: %s', (name) => {
    const [connection] = open({ ...wandb, [name]: 'a-secret' }).connections
    expect(connection?.protocol === 'oidc' && connection.clientSecret?.reveal()).toBe('a-secret')
    expect(connection).toMatchObject({ clientAuthentication: 'automatic' })
  })

  it('are refused where two of them name different secrets, and show neither', () => {
    const both = { ...wandb, OIDC_CLIENT_SECRET: 'one-secret', GORILLA_OIDC_SECRET: 'two-secret' }
    const read = readEnvironment(both, options)
    expect(read?.compiled).toBeUndefined()
    expect(read?.problems).toMatchObject([{ code: 'variable_twice', variable: 'GORILLA_OIDC_SECRET' }])
    expect(JSON.stringify(read)).not.toMatch(/(one|two)-secret/)
    const same = open({ ...wandb, OIDC_CLIENT_SECRET: 'one', GORILLA_OIDC_SECRET: 'one' })
    expect(same.connections).toHaveLength(1)
  })

  it.each(['openid profile groups', 'openid,profile,groups', ' profile  groups,openid '])(
    'may have scopes: %j',
    (text) => {
      const [connection] = open({ ...wandb, GORILLA_OIDC_CUSTOM_SCOPES: text }).connections
      expect(connection?.protocol === 'oidc' && [...connection.scopes].sort()).toEqual([
        'groups',
        'openid',
        'profile',
      ])
    },
  )

  it.each([
    [{ OIDC_AUTH_METHOD: 'implicit' }],
    [{ OIDC_AUTH_METHOD: 'IMPLICIT' }],
    [{ OIDC_AUTH_METHOD: undefined }],
  ])('mean the implicit flow unless they say otherwise: %j', (method) => {
    const variables: Variables = { ...wandb, ...method }
    expect(open(variables).connections).toMatchObject([
      { responseType: 'id_token', responseMode: 'form_post', pkce: false, isOffered: true },
    ])
    expect(problemsOf(variables)).toEqual([
      {
        severity: 'warning',
        code: 'implicit_flow',
        variable: 'OIDC_AUTH_METHOD',
        message: expect.stringContaining('the ID Token goes through the browser'),
        fix: expect.any(String),
      },
    ])
  })

  it.each([
    ['OIDC_ISSUER', 'idp.example.com', 'url_invalid'],
    ['OIDC_CLIENT_ID', '<client id>', 'placeholder_left'],
    ['OIDC_CLIENT_SECRET', 'a secret ', 'value_white_space'],
    ['GORILLA_OIDC_SECRET', 'a secret ', 'value_white_space'],
    ['GORILLA_OIDC_CUSTOM_SCOPES', '"profile"', 'scope_invalid'],
    ['OIDC_AUTH_METHOD', 'password', 'choice_unknown'],
  ])('are named where one is wrong: %s as %j', (variable, value, code) => {
    const read = readEnvironment({ ...wandb, [variable]: value }, options)
    expect(read?.compiled).toBeUndefined()
    expect(read?.problems).toMatchObject([{ severity: 'error', variable, code }])
  })

  it('show one of them where another is missing', () => {
    expect(problemsOf({ ...wandb, OIDC_ISSUER: '' })).toMatchObject([
      { code: 'key_missing', message: 'OIDC_ISSUER is missing', variable: 'OIDC_CLIENT_ID' },
    ])
    expect(problemsOf({ ...wandb, OIDC_CLIENT_ID: '' })).toMatchObject([
      { code: 'key_missing', message: 'OIDC_CLIENT_ID is missing', variable: 'OIDC_ISSUER' },
    ])
  })
})

it.each([
  [{}, 'implicit_flow', 'set OIDC_AUTH_METHOD=pkce, and allow the authorization code at the provider'],
  [{ OIDC_AUTH_METHOD: 'foo' }, 'choice_unknown', 'write OIDC_AUTH_METHOD=pkce'],
])("W&B's way to log in is spoken of in its own words: %j", (variables, code, fix) => {
  const { OIDC_AUTH_METHOD: _, ...rest } = wandb as Record<string, string>
  const read = readEnvironment({ ...rest, OIDC_CLIENT_SECRET: 'a-secret', ...variables }, options)
  expect(read?.problems).toEqual([
    expect.objectContaining({ code, fix, variable: 'OIDC_AUTH_METHOD' }) as unknown,
  ])
})

it("ClearML's variables and W&B's are not read at once", () => {
  const read = readEnvironment({ ...wandb, ...clearMl }, options)
  expect(read?.compiled).toBeUndefined()
  expect(read?.problems).toMatchObject([{ severity: 'error', code: 'two_forms', variable: 'OIDC_ISSUER' }])
})

it.each([
  ['another kind', 'CLEARML__services__login__sso__oauth_clients__acme__groups__enabled'],
  ['another file', 'CLEARML__apiserver__login__sso__oauth_client__acme__groups__enabled'],
  ['a name that none can have', 'CLEARML__services__login__sso__oauth_client__acme.example__groups__enabled'],
])("a variable that looks like ClearML's and is none is not passed over: %s", (_, variable) => {
  const read = readEnvironment({ ...clearMl, [variable]: 'true' }, options)
  expect(read?.compiled).toBeUndefined()
  expect(read?.problems).toMatchObject([{ severity: 'error', code: 'key_unknown', variable }])
})

it("two of ClearML's variables that mean the same may not say different things", () => {
  const variable = 'CLEARML__services__login__sso__oauth_client__ACME__base_url'
  const read = readEnvironment({ ...clearMl, [variable]: 'https://other.example.com' }, options)
  expect(read?.problems).toMatchObject([{ severity: 'error', code: 'variable_twice' }])
})

describe("the values of ClearML's Helm chart", () => {
  const file = (values: Readonly<Record<string, string>>) =>
    `# values.yaml\napiserver:\n  extraEnvs:\n${Object.entries(values)
      .map(([key, value]) => `    - name: ${prefix}${key}\n      value: ${value}\n`)
      .join('')}`
  const good = { client_id: 'client-1', client_secret: 'a-secret', base_url: 'https://idp.example.com' }

  it('mean what the variables mean', () => {
    const { compiled, problems } = readConfiguration(file(good), options)
    expect(problems).toEqual([])
    expect(compiled).toEqual(readEnvironment(client(good), options)?.compiled)
  })

  it.each([
    ['client_secret', '" a-secret"', 7, 'value_white_space'],
    ['base_url', 'http://idp.example.com', 9, 'url_not_https'],
    ['groups__prohibit_user_signup_if_not_in_group', '"true"', 11, 'no_effect_yet'],
    ['colour', '"blue"', 11, 'key_unknown'],
    ['default_company', '"acme"', 11, 'not_in_this_version'],
    ['idp_logout', '"perhaps"', 11, 'type_wrong'],
  ])('are pointed at where they are wrong: %s', (key, value, line, code) => {
    const { problems } = readConfiguration(file({ ...good, [key]: value }), options)
    expect(problems).toMatchObject([{ line, column: 14, code }])
  })

  it('may hold what is nothing to us', () => {
    const text = `${file(good)}    - name: OTHER\n      value: x\n    - name: FROM\n      valueFrom: {secretKeyRef: {name: a}}\nredis:\n  enabled: true\n`
    expect(readConfiguration(text, options)).toMatchObject({
      problems: [],
      compiled: { connections: [{ id: 'acme' }] },
    })
  })

  it('may take a secret from where Kubernetes keeps it: then from the variable of that name', () => {
    const { client_secret: _, ...rest } = good
    const name = 'CLEARML__secure__login__sso__oauth_client__acme__client_secret'
    const text = `${file(rest)}    - name: ${name}\n      valueFrom:\n        secretKeyRef: {name: a, key: b}\n`
    const { compiled, problems } = readConfiguration(text, { ...options, secretsLater: true })
    expect(problems).toEqual([])
    const secret = loadConfiguration(
      compiled as NonNullable<typeof compiled>,
      (it) => `value of ${it}`,
    ).connections[0]?.open()
    expect(secret).toMatchObject({ protocol: 'oidc' })
    expect(secret?.protocol === 'oidc' && secret.clientSecret?.reveal()).toBe(`value of ${name}`)
  })

  it.each([
    'apiserver:\n  extraEnvs: []\n',
    'apiserver:\n  extraEnvs:\n    - name: OTHER\n      value: x\n',
    'apiserver: 7\n',
  ])('are no configuration without its variables: %j', (text) => {
    expect(readConfiguration(text, options)).toMatchObject({
      compiled: undefined,
      problems: [{ code: 'key_unknown' }, { code: 'key_missing' }],
    })
  })

  it('may say that a value comes from the environment', () => {
    const text = file({ ...good, client_secret: '${ACME_SECRET}' })
    const { compiled, problems } = readConfiguration(text, parseOptionsWith({ secretsLater: true }))
    expect(problems).toEqual([])
    expect(compiled?.connections[0]?.settings).toContain('${ACME_SECRET}')
    expect(readConfiguration(text, options).problems).toMatchObject([{ line: 7, code: 'variable_unset' }])
  })
})
