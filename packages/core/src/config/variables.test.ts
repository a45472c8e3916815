// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../test/configured.ts'
import { loadConfiguration } from './compile.ts'
import { parseConfiguration } from './parse.ts'
import { expand, neededVariables, refersToEnvironment, variablesIn } from './variables.ts'

const variables: Readonly<Record<string, string>> = {
  NAME: 'value',
  EMPTY: '',
  _a1: 'low',
  REFERENCE: '${NAME}',
}
const environment = (name: string) => variables[name]

describe('expand', () => {
  it.each([
    ['', ''],
    ['no reference', 'no reference'],
    ['${NAME}', 'value'],
    ['a ${NAME} and ${_a1}', 'a value and low'],
    ['${NAME}${NAME}', 'valuevalue'],
    ['${UNSET:-default}', 'default'],
    ['${EMPTY:-default}', 'default'],
    ['${NAME:-default}', 'value'],
    ['${UNSET:-}', ''],
    ['${UNSET:-a:-b}', 'a:-b'],
    ['${UNSET:-https://idp.example}', 'https://idp.example'],
    ['$${NAME}', '${NAME}'],
    ['$${', '${'],
    ['$$${NAME}', '$${NAME}'],
    ['$NAME $ $$ {NAME}', '$NAME $ $$ {NAME}'],
    ['${REFERENCE}', '${NAME}'],
  ])('makes of %j %j', (text, expanded) => {
    expect(expand(text, environment)).toEqual({ text: expanded })
  })

  it.each(['${UNSET}', '${EMPTY}', '${toString}', 'a ${NAME} ${UNSET}'])(
    'says what is not set in %j',
    (text) => {
      const variable = /\$\{(UNSET|EMPTY|toString)\}/.exec(text)?.[1]
      const own = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined)
      expect(expand(text, own)).toEqual({ problem: 'unset', variable })
    },
  )

  it.each([
    '${',
    '${}',
    '${NAME',
    '${1A}',
    '${A B}',
    '${A-B}',
    '${A:=x}',
    '${A-x}',
    '${A:-${B}}',
    '${ NAME }',
    '${NÄME}',
  ])('finds no name in %j', (text) => {
    expect(expand(text, environment)).toEqual({ problem: 'malformed' })
  })
})

it('knows the names in a text, and those without a default', () => {
  const text = '${A} ${B:-b} $${C} ${D'
  expect(variablesIn(text)).toEqual(['A', 'B'])
  expect(neededVariables(text)).toEqual(['A'])
  expect([text, '$A', '{A}'].map(refersToEnvironment)).toEqual([true, false, false])
})

const provider = {
  id: 'acme',
  name: 'Acme',
  protocol: 'OIDC',
  server_url: 'https://idp.example.com',
  client_id: 'client-1',
  client_secret: 'secret-1',
  email_domain: 'example.com',
}

function parse(
  entry: object,
  set: Readonly<Record<string, string>> = {},
  secretsLater = false,
  sso: object = {},
) {
  const input = { sso: { enabled: true, ...sso, identity_providers: [{ ...provider, ...entry }] } }
  return parseConfiguration(input, parseOptionsWith({ environment: (name) => set[name], secretsLater }))
}

function open(...args: Parameters<typeof parse>) {
  const { compiled, issues } = parse(...args)
  expect(issues).toEqual([])
  const [connection] = compiled ? loadConfiguration(compiled, () => undefined).connections : []
  return connection?.open()
}

describe('a reference in a file', () => {
  it('may be text, or a part of it', () => {
    const set = { TENANT: 'acme', CLIENT: 'client-2' }
    expect(open({ server_url: 'https://${TENANT}.idp.example', client_id: '${CLIENT}' }, set)).toMatchObject({
      serverUrl: 'https://acme.idp.example',
      clientId: 'client-2',
    })
  })

  it('may be a switch or a number', () => {
    const entry = { default: '${IS_DEFAULT}', synchronize_groups: '${GROUPS:-false}', weight: '${WEIGHT}' }
    const set = { IS_DEFAULT: 'TRUE', WEIGHT: '3' }
    const { email_domain: _, ...rest } = provider
    const input = { sso: { enabled: '${ON:-true}', identity_providers: [{ ...rest, ...entry }] } }
    const { compiled, issues } = parseConfiguration(
      input,
      parseOptionsWith({ environment: (name) => (set as Record<string, string>)[name] }),
    )
    expect(issues).toEqual([])
    expect(compiled?.connections).toMatchObject([{ weight: 3, reach: { isDefault: true } }])
    expect(JSON.parse(compiled?.connections[0]?.settings ?? '')).toMatchObject({ synchronizesGroups: false })
  })

  it.each([
    ['synchronize_groups', 'yes', '"synchronize_groups" must be true or false'],
    ['weight', 'low', '"weight" must be a number'],
    ['weight', '-1', '"weight" must be a number'],
    [
      'id',
      'a b',
      '"id" must be safe in a URL: letters, digits, "-", "_" and ".", beginning with a letter or a digit',
    ],
    ['server_url', 'http://idp.example', '"server_url" must begin with https://'],
  ])('in "%s" is looked at like what is written: %j', (key, value, message) => {
    expect(parse({ [key]: '${X}' }, { X: value }).issues).toMatchObject([
      { path: ['sso', 'identity_providers', 0, key], message },
    ])
  })

  it('may be in a list and in a section', () => {
    const entry = {
      email_domain: ['${A}', 'b.example'],
      claims_mapping: { username: '${CLAIM}' },
      authorization: { mapping: [{ group: '${GROUP}', root_role: '${ROLE:-admin}' }] },
    }
    expect(open(entry, { A: 'A.example', CLAIM: 'upn', GROUP: 'admins' })).toMatchObject({
      reach: { domains: ['a.example', 'b.example'] },
      claims: { username: 'upn' },
      roles: { rules: [{ group: 'admins', roles: ['admin'] }] },
    })
  })

  it('is placed where it stands when it is not set', () => {
    expect(parse({ email_domain: ['a.example', '${A}'] }).issues).toEqual([
      {
        code: 'variable_unset',
        path: ['sso', 'identity_providers', 0, 'email_domain', 1],
        at: 'value',
        message: 'the environment variable A is not set',
        fix: 'set it, or write ${A:-default}',
      },
    ])
  })

  it('that is escaped stays', () => {
    expect(open({ client_id: '$${A}' })).toMatchObject({ clientId: '${A}' })
  })

  it('is read once: what a variable says is no reference', () => {
    expect(open({ client_id: '${A}' }, { A: '${B}', B: 'b' })).toMatchObject({ clientId: '${B}' })
    const connection = open({ client_secret: '${A}' }, { A: '${B}', B: 'b' })
    expect(connection?.protocol === 'oidc' && connection.clientSecret?.reveal()).toBe('${B}')
  })
})

describe('a reference in a secret', () => {
  it('is read at once where secrets are at hand', () => {
    const connection = open({ client_secret: '${A}' }, { A: 'a-secret' })
    expect(connection?.protocol === 'oidc' && connection.clientSecret?.reveal()).toBe('a-secret')
    expect(parse({ client_secret: '${A}' }).issues).toMatchObject([{ code: 'variable_unset' }])
  })

  it('stays a reference where secrets come later, whatever the environment says now', () => {
    for (const set of [{}, { A: 'a-secret' }]) {
      const { compiled, issues } = parse({ client_secret: '${A}' }, set as Record<string, string>, true)
      expect(issues).toEqual([])
      expect(JSON.parse(compiled?.connections[0]?.settings ?? '')).toMatchObject({ clientSecret: '${A}' })
    }
  })

  it('must be well-formed also where it comes later', () => {
    expect(parse({ client_secret: '${A' }, {}, true).issues).toMatchObject([{ code: 'variable_malformed' }])
  })

  it('is refused when what it stands for is no secret', () => {
    expect(parse({ client_secret: '${A}' }, { A: ' padded' }).issues).toMatchObject([
      { code: 'value_white_space' },
    ])
  })
})

it.each([
  '${DOORWARD_SECRET}',
  'x${DOORWARD_SECRET:-}',
  '${DOORWARD_SECRET_PREVIOUS:-a}',
  '${doorward_secret}',
])("never gives Doorward's own secrets away: %s", (text) => {
  const set = { DOORWARD_SECRET: 'own', DOORWARD_SECRET_PREVIOUS: 'own', doorward_secret: 'own' }
  for (const key of ['client_id', 'client_secret', 'server_url', 'name']) {
    for (const secretsLater of [true, false]) {
      const { compiled, issues } = parse({ [key]: text }, set, secretsLater)
      expect(compiled).toBeUndefined()
      expect(issues).toMatchObject([
        { code: 'variable_reserved', path: ['sso', 'identity_providers', 0, key] },
      ])
    }
  }
})

describe('a reference outside of the secrets', () => {
  it.each([
    'GITHUB_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'aws_session_token',
    'PGPASSWORD',
    'DB_PASSWD',
    'SSH_PRIVATE',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'API_KEY',
    'STRIPE_APIKEY',
    'TOKEN_ENDPOINTS',
    'GH_PAT',
    'DB_PASS',
    'ENCRYPTION_KEY',
  ])('to %s is refused: it would be seen', (name) => {
    for (const [key, text] of [
      ['server_url', `https://idp.example/\${${name}}`],
      ['name', `\${${name}:-x}`],
      ['email_domain', `\${${name}}`],
    ] as const) {
      const { compiled, issues } = parse({ [key]: text }, { [name]: 'example.com' }, true)
      expect(compiled).toBeUndefined()
      expect(issues).toMatchObject([{ code: 'variable_secret', message: expect.stringContaining(name) }])
      expect(JSON.stringify(issues)).not.toContain('example.com')
    }
    expect(parse({ client_secret: `\${${name}}` }, { [name]: 'x' }, true).issues).toEqual([])
  })

  it('that is named like its key is none to a secret', () => {
    const text = '${OIDC_TOKEN_AUTH_METHOD}'
    const { issues } = parse(
      { token_auth_method: text },
      { OIDC_TOKEN_AUTH_METHOD: 'client_secret_post' },
      true,
    )
    expect(issues).toEqual([])
  })

  it.each([
    'ACME_TOKEN_ENDPOINT',
    'ACME_TOKEN_URL',
    'CLEARML__secure__login__sso__a__access_token_url',
    'HOST',
  ])('to %s is none to a secret', (name) => {
    expect(
      parse({ token_endpoint: `\${${name}}` }, { [name]: 'https://idp.example/t' }, true).issues,
    ).toEqual([])
  })

  it('is told of, with its place and without what it says', () => {
    const taken: unknown[] = []
    const entry = {
      ...provider,
      server_url: 'https://${A}.${B:-b}/${A}',
      client_secret: '${S}',
      email_domain: ['${D}', 'b.example'],
      claims_mapping: { username: '${C:-x}' },
      client_id: '$${E}',
      hunter2: '${A}',
    }
    const second = { ...entry, id: '${ID}', name: 'B', email_domain: 'c.example' }
    parseConfiguration(
      { sso: { enabled: '${ON}', identity_providers: [entry, second] } },
      parseOptionsWith({
        environment: (name) => ({ A: 'a', S: 's', D: 'd.example', E: 'e', ID: 'id', ON: 'true' })[name],
        secretsLater: true,
        onTaken: (variable) => taken.push(variable),
      }),
    )
    expect(taken).toEqual([
      { variable: 'ON', key: 'enabled', connection: undefined },
      { variable: 'A', key: 'server_url', connection: 'acme' },
      { variable: 'D', key: 'email_domain', connection: 'acme' },
      { variable: 'ID', key: 'id', connection: undefined },
      { variable: 'A', key: 'server_url', connection: undefined },
    ])
  })
})
