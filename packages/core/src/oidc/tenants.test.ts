import { describe, expect, it, vi } from 'vitest'
import { createEntra, type EntraOptions, privateAccounts, tenantA, tenantB } from '../../test/entra.ts'
import { createScenario, goAndReturn, logIn, refusalOf, spoilt, verify } from '../../test/scenario.ts'

const loggedIn = async (options: EntraOptions) => (await logIn(await createEntra(options))).issuer
const refused = async (options: EntraOptions) => refusalOf(logIn(await createEntra(options)))
const global = 'https://login.microsoftonline.com'

const stranger = '33333333-4444-4555-8666-777777777777'

describe('an address for several organisations', () => {
  it.each<[string, EntraOptions, string]>([
    ['an organisation that is named', {}, `${global}/${tenantA}/v2.0`],
    ['another that is named', { tid: tenantB, whose: 'common' }, `${global}/${tenantB}/v2.0`],
    [
      'whoever writes it in capitals',
      { whose: 'Common', issuer: `${global}/{tenantid}/v2.0` },
      `${global}/${tenantA}/v2.0`,
    ],
    [
      "the US Government's cloud",
      { loginHost: 'login.microsoftonline.us' },
      `https://login.microsoftonline.us/${tenantA}/v2.0`,
    ],
    [
      'the cloud of China',
      { loginHost: 'login.partner.microsoftonline.cn' },
      `https://login.partner.microsoftonline.cn/${tenantA}/v2.0`,
    ],
    [
      'private accounts, where they are named',
      { whose: 'consumers', tid: privateAccounts, connection: { tenants: [privateAccounts] } },
      `${global}/${privateAccounts}/v2.0`,
    ],
    [
      'private accounts, by their tenant',
      { whose: privateAccounts, tid: privateAccounts, connection: { tenants: [privateAccounts] } },
      `${global}/${privateAccounts}/v2.0`,
    ],
  ])('lets in %s, and the issuer is that of the tenant', async (_, options, issuer) => {
    expect(await loggedIn(options)).toBe(issuer)
  })

  it.each<[string, EntraOptions, string]>([
    ['an organisation that is not named', { tid: stranger }, 'tenant_not_allowed'],
    [
      'private accounts, which are not named',
      { whose: 'common', tid: privateAccounts },
      'tenant_not_allowed',
    ],
    [
      'private accounts at their own address, when others are named',
      { whose: 'consumers', tid: privateAccounts },
      'tenant_not_allowed',
    ],
    [
      'a token of one organisation that says to be of another',
      { tid: tenantA, claims: { iss: `${global}/${stranger}/v2.0` } },
      'id_token_issuer_mismatch',
    ],
    [
      'a token of another that says to be of one',
      { tid: stranger, claims: { iss: `${global}/${tenantA}/v2.0` } },
      'id_token_issuer_mismatch',
    ],
    [
      'a token with a gap for a tenant',
      { claims: { iss: `${global}/{tenantid}/v2.0`, tid: '{tenantid}' } },
      'tenant_not_allowed',
    ],
    ['a token without a tenant', { claims: { tid: undefined } }, 'id_token_issuer_mismatch'],
    ['a token whose tenant is a list', { claims: { tid: [tenantA] } }, 'id_token_issuer_mismatch'],
    [
      'a token whose tenant is in capitals',
      { tid: tenantA.replace('1111', 'AAAA'), connection: { tenants: [tenantA.replace('1111', 'aaaa')] } },
      'id_token_issuer_mismatch',
    ],
    [
      'a token whose tenant leads elsewhere',
      { claims: { tid: `${tenantA}/v2.0#`, iss: `${global}/${tenantA}/v2.0#/v2.0` } },
      'id_token_issuer_mismatch',
    ],
    [
      'a token of another host',
      { claims: { iss: `https://evil.example/${tenantA}/v2.0` } },
      'id_token_issuer_mismatch',
    ],
    [
      'a token of another cloud',
      { claims: { iss: `https://login.microsoftonline.us/${tenantA}/v2.0` } },
      'id_token_issuer_mismatch',
    ],
    [
      'a token of version 1.0',
      { claims: { iss: `https://sts.windows.net/${tenantA}/` } },
      'id_token_issuer_mismatch',
    ],
  ])('refuses %s', async (_, options, code) => {
    expect(await refused(options)).toBe(code)
  })

  it('says to the log which organisation it was, if it is one', async () => {
    await expect(logIn(await createEntra({ tid: stranger }))).rejects.toMatchObject({
      details: { tenant: stranger },
    })
  })

  it.each<[string, EntraOptions]>([
    ['nobody is named', { connection: { tenants: [] } }],
    ['the metadata is of another cloud', { issuer: 'https://login.microsoftonline.us/{tenantid}/v2.0' }],
    ['the metadata is of another version', { issuer: `https://sts.windows.net/{tenantid}/` }],
    ['the metadata is of one organisation', { issuer: `${global}/${tenantA}/v2.0` }],
    ['the address is of one organisation', { whose: tenantA, issuer: `${global}/{tenantid}/v2.0` }],
    ['the address is not of Microsoft', { loginHost: 'idp.example' }],
    ['the address only looks like Microsoft', { loginHost: 'login.microsoftonline.com.idp.example' }],
    ['the address has another port', { loginHost: 'login.microsoftonline.com:8443' }],
    ['the address is a private one', { whose: 'consumers', issuer: `${global}/{tenantid}/v2.0` }],
  ])('is nothing when %s: no issuer with a gap is trusted', async (_, options) => {
    expect(await refused(options)).toBe('discovery_issuer_mismatch')
  })
})

describe('an issuer with a gap, where no organisation is named', () => {
  const address = `${global}/organizations/v2.0`
  const connection = {
    tenants: [],
    discovers: false,
    configuredIssuer: `${global}/{tenantid}/v2.0`,
    endpoints: {
      authorization: `${address}/authorize`,
      token: `${address}/token`,
      jwks: `${address}/jwks`,
    },
  }

  it('is that of no account, although it was written out', async () => {
    expect(await refused({ connection })).toBe('id_token_issuer_mismatch')
  })

  it('is not that of an answer either', async () => {
    const scenario = await createEntra({ connection })
    const returned = await goAndReturn(scenario)
    returned.answer.set('iss', `${global}/${tenantA}/v2.0`)
    expect(await refusalOf(verify(scenario, returned))).toBe('authorization_issuer_mismatch')
  })
})

describe('an answer that says whom it is from', () => {
  async function finish(iss: string, options: EntraOptions = {}) {
    const scenario = await createEntra(options)
    const returned = await goAndReturn(scenario)
    returned.answer.set('iss', iss)
    return (await verify(scenario, returned)).identity.issuer
  }

  it('may be from the tenant of the ID Token', async () => {
    expect(await finish(`${global}/${tenantB}/v2.0`, { tid: tenantB })).toBe(`${global}/${tenantB}/v2.0`)
  })

  it.each<[string, string, string]>([
    ['from another host', `https://evil.example/${tenantA}/v2.0`, 'authorization_issuer_mismatch'],
    ['from no tenant', `${global}/common/v2.0`, 'authorization_issuer_mismatch'],
    ['from nobody', '', 'authorization_issuer_mismatch'],
    ['from another tenant than the ID Token', `${global}/${tenantB}/v2.0`, 'id_token_issuer_mismatch'],
  ])('is refused %s', async (_, iss, code) => {
    expect(await refusalOf(finish(iss))).toBe(code)
  })
})

describe('keys that Microsoft publishes for one issuer', () => {
  const keysFor = (issuer: unknown): EntraOptions => ({
    hooks: { jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, issuer })) }) },
  })

  it.each<[string, unknown]>([
    ['are for its tokens', `${global}/${tenantA}/v2.0`],
    ['with a gap are for the tokens of every tenant', `${global}/{tenantid}/v2.0`],
    ['may be for nobody in particular', undefined],
  ])('%s', async (_, issuer) => {
    expect(await loggedIn(keysFor(issuer))).toBe(`${global}/${tenantA}/v2.0`)
  })

  it.each<[string, unknown]>([
    ['another tenant', `${global}/${tenantB}/v2.0`],
    ['private accounts', `${global}/${privateAccounts}/v2.0`],
    ['another cloud', 'https://login.microsoftonline.us/{tenantid}/v2.0'],
  ])('are not for the tokens of %s', async (_, issuer) => {
    expect(await refused(keysFor(issuer))).toBe('id_token_key_not_found')
  })

  it('are told apart at every login, though they are fetched once', async () => {
    const tokenOf = (tenant: string) => ({ iss: `${global}/${tenant}/v2.0`, tid: tenant })
    const claims = tokenOf(tenantA)
    const scenario = await createEntra({ ...keysFor(`${global}/${tenantA}/v2.0`), claims })
    await logIn(scenario)
    Object.assign(claims, tokenOf(tenantB))
    expect(await refusalOf(logIn(scenario))).toBe('id_token_key_not_found')
    Object.assign(claims, tokenOf(tenantA))
    expect((await logIn(scenario)).issuer).toBe(`${global}/${tenantA}/v2.0`)
  })

  it('are taken up once, however many tenants tokens say to be of', async () => {
    const claims: Record<string, unknown> = {}
    const scenario = await createEntra({
      ...keysFor(`${global}/{tenantid}/v2.0`),
      claims,
      connection: { responseType: 'id_token', responseMode: 'form_post' },
    })
    await logIn(scenario)
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    try {
      for (let i = 10; i < 20; i++) {
        const tid = stranger.replace(/..$/, String(i))
        Object.assign(claims, { tid, iss: `${global}/${tid}/v2.0` })
        expect(await refusalOf(logIn(scenario))).toBe('tenant_not_allowed')
      }
      expect(importKey.mock.calls.filter(([, , , , usages]) => [...usages].includes('verify'))).toEqual([])
    } finally {
      importKey.mockRestore()
    }
  })

  it('mean nothing where one organisation is asked, whoever publishes them', async () => {
    const personality = spoilt({
      jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, issuer: 'https://other.example' })) }),
    })
    const scenario = await createScenario({ provider: { personality } })
    expect((await logIn(scenario)).issuer).toBe('https://idp.example')
  })
})

it('a token that is none is refused as such, whoever is asked', async () => {
  expect(await refused({ hooks: { idToken: () => 'not-a-token' } })).toBe('id_token_malformed')
})
