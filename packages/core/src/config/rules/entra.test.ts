import { expect, it } from 'vitest'
import { parseOptionsWith } from '../../../test/configured.ts'
import { loadConfiguration } from '../compile.ts'
import type { OidcConnection } from '../connection.ts'
import { parseConfiguration } from '../parse.ts'

const tenant = '11111111-2222-4333-8444-555555555555'
const privateAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad'
const global = 'https://login.microsoftonline.com'

/** What comes of an entry at Microsoft, with these keys: what is wrong with them, or the connection. */
function read(values: Record<string, unknown>): string[] | OidcConnection {
  const { compiled } = parsed(values)
  const connection = compiled && loadConfiguration(compiled, () => undefined).connections[0]?.open()
  return connection?.protocol === 'oidc' ? connection : readIssues(values)
}

function readIssues(values: Record<string, unknown>): string[] {
  return parsed(values).issues.map(({ code, path }) => `${code} ${path.join('.')}`)
}

function parsed(values: Record<string, unknown>) {
  const entry = {
    id: 'entra',
    name: 'Microsoft',
    protocol: 'OIDC',
    client_id: '66666666-7777-4888-9999-aaaaaaaaaaaa',
    client_secret: 'a-secret',
    email_domain: 'acme.example',
    ...values,
  }
  const value = { sso: { enabled: true, identity_providers: [entry] } }
  return parseConfiguration(value, parseOptionsWith())
}

it.each([
  [`${global}/common/v2.0`, [tenant]],
  [`${global}/common/v2.0/.well-known/openid-configuration`, [tenant, privateAccounts]],
  [`${global}/organizations/v2.0/`, tenant.toUpperCase()],
  [`${global}/consumers/v2.0`, privateAccounts],
  [`${global}/${privateAccounts}/v2.0`, privateAccounts],
  ['https://login.microsoftonline.us/organizations/v2.0', tenant],
  ['https://login.partner.microsoftonline.cn/common/v2.0', [tenant, tenant]],
])('%s takes tenants', (server_url, tenants) => {
  const expected = [...new Set([tenants].flat().map((one) => one.toLowerCase()))]
  expect(read({ server_url, tenants })).toMatchObject({ tenants: expected })
})

it('several organisations may be named beside the preset', () => {
  const server_url = `${global}/organizations/v2.0`
  expect(read({ provider: 'azure', server_url, tenants: [tenant] })).toMatchObject({ tenants: [tenant] })
})

const at = 'sso.identity_providers.0'

it.each(['common', 'Organizations', 'consumers'])(
  '%s is no tenant, and it is said what to write',
  (named) => {
    const entry = { id: 'x', name: 'X', provider: 'azure', tenant: named, email_domain: 'acme.example' }
    const fixes = (protocol: string, rest: Record<string, unknown>) => {
      const value = { sso: { enabled: true, identity_providers: [{ ...entry, protocol, ...rest }] } }
      return parseConfiguration(value, parseOptionsWith()).issues.map(({ code, fix }) => [code, fix])
    }
    const application = '66666666-7777-4888-9999-aaaaaaaaaaaa'
    expect(fixes('OIDC', { client_id: application, client_secret: 'x' })).toEqual([
      [
        'parameter_invalid',
        expect.stringContaining(`${global}/${named.toLowerCase()}/v2.0", and in "tenants"`),
      ],
    ])
    expect(fixes('SAML', { application_id: application })).toEqual([
      ['parameter_invalid', 'write your own "Directory (tenant) ID"'],
    ])
  },
)

it.each<[string, Record<string, unknown>, string]>([
  ['there are none', { server_url: `${global}/common/v2.0` }, `azure_multi_tenant ${at}.server_url`],
  ['the list is empty', { server_url: `${global}/common/v2.0`, tenants: [] }, `value_empty ${at}.tenants`],
  [
    'the address is for one organisation',
    { server_url: `${global}/${tenant}/v2.0`, tenants: tenant },
    `azure_setting_unused ${at}.tenants`,
  ],
  [
    'the address is of version 1.0',
    { server_url: `${global}/common`, tenants: tenant },
    `azure_setting_unused ${at}.tenants`,
  ],
  [
    'the provider is another',
    { server_url: 'https://idp.example/common/v2.0', tenants: tenant },
    `azure_setting_unused ${at}.tenants`,
  ],
  [
    'the port is another',
    { server_url: 'https://login.microsoftonline.com:8443/common/v2.0', tenants: tenant },
    `azure_setting_unused ${at}.tenants`,
  ],
  [
    'one is a domain',
    { server_url: `${global}/common/v2.0`, tenants: [tenant, 'acme.example'] },
    `parameter_invalid ${at}.tenants.1`,
  ],
  [
    'the one is a domain',
    { server_url: `${global}/common/v2.0`, tenants: 'acme.example' },
    `parameter_invalid ${at}.tenants`,
  ],
])('tenants are refused when %s', (_, values, issue) => {
  expect(read(values)).toContain(issue)
})

const endpoints = {
  authorization_endpoint: `${global}/organizations/oauth2/v2.0/authorize`,
  token_endpoint: `${global}/organizations/oauth2/v2.0/token`,
  jwks_uri: `${global}/organizations/discovery/v2.0/keys`,
}

it.each([
  `${global}/{tenantid}/v2.0`,
  `${global}/%7Btenantid%7D/v2.0`,
  `${global}/${privateAccounts}/v2.0`,
  'https://sts.windows.net/{tenantid}/',
])('an issuer that is everybody’s is refused beside endpoints, for no tenants go with them: %s', (issuer) => {
  expect(read({ ...endpoints, issuer })).toContain(`azure_multi_tenant ${at}.issuer`)
})

it('an issuer that is everybody’s may be written where tenants are', () => {
  const server_url = `${global}/common/v2.0`
  const issuer = `${global}/{tenantid}/v2.0`
  expect(read({ server_url, issuer, tenants: tenant })).toMatchObject({ configuredIssuer: issuer })
})

it('groups at Graph need a scope, which is added once', () => {
  const server_url = `${global}/${tenant}/v2.0`
  const scopesOf = (values: Record<string, unknown>) => read({ server_url, ...values })
  expect(scopesOf({ groups_overage: 'graph' })).toMatchObject({
    groupsOverage: 'graph',
    scopes: ['openid', 'profile', 'email', 'User.Read'],
  })
  expect(scopesOf({ groups_overage: 'graph', scope: 'User.Read email' })).toMatchObject({
    scopes: ['openid', 'User.Read', 'email'],
  })
  expect(scopesOf({})).toMatchObject({ groupsOverage: 'refuse', scopes: ['openid', 'profile', 'email'] })
})

it.each<[string, Record<string, unknown>]>([
  ['elsewhere', { server_url: 'https://idp.example' }],
  [
    'in the implicit flow',
    { server_url: `${global}/${tenant}/v2.0`, response_type: 'id_token', client_secret: undefined },
  ],
])('groups at Graph are refused %s', (_, values) => {
  expect(read({ ...values, groups_overage: 'graph' })).toContain(`azure_setting_unused ${at}.groups_overage`)
})

it('groups at Graph are object IDs, and names are said to be none', () => {
  const object = '0a1b2c3d-4444-4555-8666-777788889999'
  const codes = (group: string, rest: Record<string, unknown>, claims: Record<string, unknown> = {}) => {
    const authorization = {
      ...claims,
      mapping: [
        { group: object, root_role: 'user' },
        { group, root_role: 'admin' },
      ],
    }
    const values = { server_url: `${global}/${tenant}/v2.0`, authorization, ...rest }
    const found = readIssues(values)
    return found.map((issue) => issue.split(' ')[0])
  }
  const graph = { groups_overage: 'graph' }
  expect(codes('Admins', graph)).toEqual(['azure_group_name'])
  expect(codes(object, graph)).toEqual([])
  // The administrator may have names put into the token, and roles have none but names.
  expect(codes('Admins', {})).toEqual([])
  expect(codes('Admins', { ...graph, groups_claim: 'roles' })).toEqual([])
  expect(codes('Admins', graph, { groups_claims: ['roles'] })).toEqual([])
  expect(codes('Admins', graph, { groups_claims: ['groups', 'roles'] })).toEqual([])
})
