import { describe, expect, it } from 'vitest'
import { connectionWith } from '../../test/configured.ts'
import { createEntra, type EntraOptions, tenantA } from '../../test/entra.ts'
import { createScenario, goAndReturn, logIn, refusalOf, spoilt, verify } from '../../test/scenario.ts'
import type { OidcConnection } from '../config/connection.ts'
import { requestEntraGroups } from './entra-groups.ts'

type Claims = Record<string, unknown>

const { claims: usual } = connectionWith()

/** A provider with these claims in the ID Token, and these in userinfo, beside `sub`. */
async function loginWith(connection: Partial<OidcConnection>, idToken: Claims, userinfo: Claims = {}) {
  const personality = spoilt({
    idTokenClaims: (good) => ({ ...good, ...idToken }),
    userinfo: ({ sub }) => ({ sub, ...userinfo }),
  })
  const scenario = await createScenario({ provider: { personality, user: { sub: 'user-1' } }, connection })
  return { scenario, groups: logIn(scenario).then(({ groups }) => groups) }
}

/** What a provider says instead of the claim `groups`. */
const elsewhere = {
  _claim_names: { groups: 'src1' },
  _claim_sources: { src1: { endpoint: 'https://idp.example/groups-of-somebody' } },
}

describe('groups', () => {
  it.each<[string, string, Claims, readonly string[]]>([
    [
      'Keycloak, by their paths',
      'groups',
      { groups: ['/admins', '/team/annotators'] },
      ['/admins', '/team/annotators'],
    ],
    ['Keycloak, by two mappers', 'groups', { groups: ['admins', 'team', 'admins'] }, ['admins', 'team']],
    ['Keycloak, as roles of the realm', 'realm_access.roles', { realm_access: { roles: ['a'] } }, ['a']],
    [
      'Keycloak, as roles of a client',
      'resource_access.doorward.roles',
      { resource_access: { doorward: { roles: ['a'] } } },
      ['a'],
    ],
    ['Auth0, under a URL', 'https://acme.example/groups', { 'https://acme.example/groups': ['a'] }, ['a']],
    ['Cognito', 'cognito:groups', { 'cognito:groups': ['a'] }, ['a']],
    ['JumpCloud, one alone', 'memberOf', { memberOf: 'a' }, ['a']],
    ['a provider that has none to say', 'groups', { groups: null }, []],
  ])('are to the letter as they come from %s', async (_, name, claims, groups) => {
    const connection = { claims: { ...usual, groups: [name] } }
    expect(await (await loginWith(connection, claims)).groups).toEqual(groups)
  })

  it('are a thousand of one kind, if it comes twice', async () => {
    const groups = Array.from({ length: 1000 }, (_, index) => `group-${index}`)
    expect(await (await loginWith({}, { groups: [...groups, ...groups] })).groups).toEqual(groups)
  })
})

describe('groups of which nothing is said', () => {
  async function missingOf(connection: Partial<OidcConnection>, idToken: Claims) {
    const { scenario } = await loginWith(connection, idToken)
    const { identity, missing } = await verify(scenario, await goAndReturn(scenario))
    return { groups: identity.groups, missing }
  }

  const paths = { ...usual, groups: ['realm_access.roles', 'https://acme.example/groups'] }
  const mapped = { roles: { isCaseSensitive: true, rules: [{ group: 'admins', roles: ['admin'] }] } }

  it('are none, and it is told what was looked for and what came', async () => {
    const { groups, missing } = await missingOf({ claims: paths }, { group: ['a'], 'a name': 'b' })
    expect([groups, missing?.['missing']]).toEqual([[], 'realm_access.roles https://acme.example/groups'])
    expect(String(missing?.['received']).split(' ')).toEqual(expect.arrayContaining(['sub', 'iss', 'group']))
    expect(missing?.['received']).not.toContain('a name')
  })

  it('are told where groups give roles', async () => {
    expect((await missingOf(mapped, {})).missing?.['missing']).toBe('groups')
  })

  it('are not told where the configuration is not about groups, or where they came', async () => {
    expect((await missingOf({}, {})).missing).toBeUndefined()
    expect((await missingOf(mapped, { groups: [] })).missing).toBeUndefined()
    expect((await missingOf({ ...mapped, synchronizesGroups: false }, {})).missing).toBeUndefined()
  })

  it('are told with forty names at most', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`claim-${index}`, 1]))
    const { missing } = await missingOf(mapped, many)
    expect(String(missing?.['received']).split(' ')).toHaveLength(40)
  })
})

describe('groups that are elsewhere', () => {
  it('end the login, and nothing is fetched from there', async () => {
    const { scenario, groups } = await loginWith({}, elsewhere)
    expect(await refusalOf(groups)).toBe('groups_overage')
    expect(scenario.provider.requests.count('unknown')).toBe(0)
  })

  it.each<[string, Claims, Claims, Partial<OidcConnection>]>([
    ['Entra ID says so in the implicit flow', { hasgroups: true }, {}, {}],
    ['userinfo says so', {}, elsewhere, { claimsSource: 'userinfo' }],
    [
      'they come under another name',
      { _claim_names: { memberOf: 'src1' } },
      {},
      { claims: { ...usual, groups: ['memberOf'] } },
    ],
    [
      'another name that comes later is present',
      { ...elsewhere, roles: ['admins'] },
      {},
      { claims: { ...usual, groups: ['groups', 'roles'] } },
    ],
    ['it is not said where', { _claim_names: { groups: null } }, {}, {}],
  ])('end the login when %s', async (_, idToken, userinfo, connection) => {
    expect(await refusalOf((await loginWith(connection, idToken, userinfo)).groups)).toBe('groups_overage')
  })

  it.each<[string, Claims, Claims, Partial<OidcConnection>, readonly string[]]>([
    ['they are here as well', { ...elsewhere, groups: ['staff'] }, {}, {}, ['staff']],
    ['userinfo has them', elsewhere, { groups: ['staff'] }, { claimsSource: 'userinfo' }, ['staff']],
    [
      'a name that comes first is present',
      { ...elsewhere, roles: ['admins'] },
      {},
      { claims: { ...usual, groups: ['roles', 'groups'] } },
      ['admins'],
    ],
    ['other claims are elsewhere', { _claim_names: { address: 'src1' } }, {}, {}, []],
    ['nothing readable is said', { _claim_names: 'groups' }, {}, {}, []],
    ['null is said', { _claim_names: null }, {}, {}, []],
    [
      'only every object has it',
      { _claim_names: {} },
      {},
      { claims: { ...usual, groups: ['toString'] } },
      [],
    ],
    ['Entra ID says that there are none', { hasgroups: false }, {}, {}, []],
    ['Entra ID means other groups', { hasgroups: true }, {}, { claims: { ...usual, groups: ['roles'] } }, []],
    ['nobody wants to know', elsewhere, {}, { synchronizesGroups: false }, []],
  ])('do not matter when %s', async (_, idToken, userinfo, connection, groups) => {
    expect(await (await loginWith(connection, idToken, userinfo)).groups).toEqual(groups)
  })

  it('are not asked for at Microsoft when another provider says so', async () => {
    const { scenario, groups } = await loginWith({ groupsOverage: 'graph' }, elsewhere)
    expect(await refusalOf(groups)).toBe('groups_overage')
    expect(scenario.provider.requests.count('unknown')).toBe(0)
  })
})

const group = (id: unknown) => ({ '@odata.type': '#microsoft.graph.group', id })
const idOf = (index: number) => `0a1b2c3d-0000-4000-8000-${String(index).padStart(12, '0')}`
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => group(idOf(from + index)))

interface Asked {
  readonly url: URL
  readonly authorization: string | null
}

/** Somebody in too many groups at Microsoft, and what Graph says: a page for each call. */
async function overage(pages: readonly (object | (() => Response))[], options: EntraOptions = {}) {
  const asked: Asked[] = []
  const scenario = await createEntra({
    claims: { ...elsewhere, groups: undefined },
    ...options,
    connection: { groupsOverage: 'graph', ...options.connection },
    graph: async (url, init) => {
      asked.push({ url: new URL(url), authorization: new Headers(init?.headers).get('authorization') })
      const page = pages[asked.length - 1] ?? { value: [] }
      return typeof page === 'function' ? page() : Response.json(page)
    },
  })
  return { asked, scenario, groups: logIn(scenario).then(({ groups }) => groups) }
}

const first = 'https://graph.microsoft.com/v1.0/me/transitiveMemberOf?$select=id&$top=999'

describe('groups at Microsoft Graph', () => {
  it('are asked for with the access token, at the cloud’s own host, and are object ids', async () => {
    const { asked, groups } = await overage([{ value: many(300) }])
    expect(await groups).toEqual(many(300).map(({ id }) => id))
    expect(asked.map(({ url }) => url.href)).toEqual([first])
    expect(asked[0]?.authorization).toMatch(/^Bearer \S+$/)
  })

  it.each([
    ['login.microsoftonline.com', undefined, 'graph.microsoft.com'],
    ['login.microsoftonline.com', 'graph.evil.example', 'graph.microsoft.com'],
    ['login.microsoftonline.com', 'graph.microsoft.us', 'graph.microsoft.com'],
    ['login.microsoftonline.us', undefined, 'graph.microsoft.us'],
    ['login.microsoftonline.us', 'dod-graph.microsoft.us', 'dod-graph.microsoft.us'],
    ['login.partner.microsoftonline.cn', 7, 'microsoftgraph.chinacloudapi.cn'],
  ])('signed in at %s, and with %j in the metadata, are at %s', async (loginHost, msgraph_host, host) => {
    const whose = tenantA
    const hooks = {
      discoveryDocument: (good: object) => ({
        ...good,
        issuer: `https://${loginHost}/${whose}/v2.0`,
        msgraph_host,
        authorization_response_iss_parameter_supported: false,
      }),
    }
    const connection = { tenants: [] }
    const { asked, groups } = await overage([{ value: many(1) }], { loginHost, whose, hooks, connection })
    expect(await groups).toEqual([idOf(0)])
    expect(asked.map(({ url }) => url.host)).toEqual([host])
  })

  it('are asked for when there is not even room for where they are', async () => {
    const { groups } = await overage([{ value: many(2) }], { claims: { hasgroups: true, groups: undefined } })
    expect(await groups).toHaveLength(2)
  })

  it('are not asked for when the token has them, or when nobody wants to know', async () => {
    const here = await overage([], { claims: { groups: ['staff'] } })
    expect(await here.groups).toEqual(['staff'])
    const unwanted = await overage([], { connection: { synchronizesGroups: false } })
    expect(await unwanted.groups).toEqual([])
    expect([...here.asked, ...unwanted.asked]).toEqual([])
  })

  it('end the login where the connection does not ask for them', async () => {
    const { asked, groups } = await overage([], { connection: { groupsOverage: 'refuse' } })
    expect(await refusalOf(groups)).toBe('groups_overage')
    expect(asked).toEqual([])
  })

  it('end the login where there is no access token to ask with', async () => {
    const asked: string[] = []
    const backChannel = {
      fetch: async (url: string) => {
        asked.push(url)
        return Response.json({ value: [] })
      },
    }
    const at = 'https://login.microsoftonline.com'
    const attempt = requestEntraGroups({
      connection: { groupsOverage: 'graph' },
      metadata: { issuer: at, authorization_endpoint: at, token_endpoint: at, jwks_uri: at },
      accessToken: undefined,
      backChannel,
    })
    expect(await refusalOf(attempt)).toBe('groups_overage')
    expect(asked).toEqual([])
  })

  it('come page by page, each once', async () => {
    const next = 'https://graph.microsoft.com/v1.0/me/transitiveMemberOf?$select=id&$skiptoken=2'
    const { asked, groups } = await overage([
      { value: many(500), '@odata.nextLink': next },
      { value: many(300, 400) },
    ])
    expect(await groups).toEqual(many(700).map(({ id }) => id))
    expect(asked.map(({ url }) => url.href)).toEqual([first, next])
  })

  it('are groups: what else somebody is a member of is left out', async () => {
    const role = { '@odata.type': '#microsoft.graph.directoryRole', id: idOf(7) }
    const { groups } = await overage([{ value: [role, null, 'x', 7, { id: idOf(8) }, ...many(1)] }])
    expect(await groups).toEqual([idOf(0)])
  })

  it('are a thousand at most: to leave some out could let somebody in', async () => {
    const next = 'https://graph.microsoft.com/v1.0/me/transitiveMemberOf?$skiptoken=2'
    const page = { value: many(999), '@odata.nextLink': next }
    expect(await (await overage([page, { value: many(1, 999) }])).groups).toHaveLength(1000)
    const { asked, groups } = await overage([page, { value: many(2, 999), '@odata.nextLink': next }])
    expect(await refusalOf(groups)).toBe('id_token_claim_invalid')
    expect(asked).toHaveLength(2)
  })

  it('come to an end after five pages, whatever is on them', async () => {
    const next = 'https://graph.microsoft.com/v1.0/me/transitiveMemberOf?$skiptoken=2'
    const more = { value: many(1), '@odata.nextLink': next }
    expect(await (await overage([more, more, more, more, { value: many(1, 1) }])).groups).toHaveLength(2)
    const { asked, groups } = await overage([more, more, more, more, more, { value: [] }])
    expect(await refusalOf(groups)).toBe('provider_response_invalid')
    expect(asked).toHaveLength(5)
  })

  it.each([
    'https://graph.evil.example/v1.0/me/transitiveMemberOf?$skiptoken=2',
    'https://graph.microsoft.com.evil.example/v1.0/me',
    'https://graph.microsoft.com@evil.example/v1.0/me',
    'http://graph.microsoft.com/v1.0/me',
    '/v1.0/me/transitiveMemberOf',
    '',
    null,
    7,
  ])('are nowhere else: a next page at %j ends the login, and the token does not go there', async (next) => {
    const { asked, groups } = await overage([{ value: many(1), '@odata.nextLink': next }])
    expect(await refusalOf(groups)).toBe('provider_response_invalid')
    expect(asked).toHaveLength(1)
  })

  it.each<[string, object | (() => Response)]>([
    ['no list', { value: { id: 'x' } }],
    ['nothing', {}],
    ['a list of its own', () => Response.json([group('x')])],
    ['a group without an id', { value: [group(undefined)] }],
    ['a group whose id is a number', { value: [...many(1), group(7)] }],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } })],
    ['a page for people', () => new Response('<p>')],
    ['an answer without a body', () => new Response(null, { status: 204 })],
  ])('end the login when what comes is %s', async (_, page) => {
    expect(await refusalOf((await overage([page])).groups)).toBe('provider_response_invalid')
  })

  it.each([
    [403, { error: { code: 'Authorization_RequestDenied', message: 'user@acme.example may not' } }],
    [401, { error: { code: 'InvalidAuthenticationToken' } }],
  ])('end the login with %i, and the log has host, status and code, and no more', async (status, body) => {
    const { groups } = await overage([() => Response.json(body, { status })])
    await expect(groups).rejects.toMatchObject({
      code: 'provider_response_invalid',
      details: { host: 'graph.microsoft.com', status, error: body.error.code },
    })
  })

  it.each([() => new Response('<p>', { status: 500 }), () => Response.json(null, { status: 500 })])(
    'end the login with an error that says nothing',
    async (answer) => {
      const { groups } = await overage([answer])
      expect(await refusalOf(groups)).toBe('provider_response_invalid')
    },
  )
})
