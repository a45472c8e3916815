import { describe, expect, it } from 'vitest'
import { testCertificates } from '../../test/certificates.ts'
import { baseUrl, baseUrlOf, parseOptionsWith } from '../../test/configured.ts'
import type { ConfigurationIssue } from '../errors/index.ts'
import { loadConfiguration } from './compile.ts'
import type { Connection } from './connection.ts'
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

function parse(input: unknown, from = baseUrl) {
  return parseConfiguration(input, parseOptionsWith({ baseUrl: from }))
}

function issuesOf(input: unknown, from = baseUrl): readonly ConfigurationIssue[] {
  return parse(input, from).issues
}

function load(input: unknown) {
  const { compiled, issues } = parse(input)
  if (!compiled) throw new Error(issues.map(({ message }) => message).join('; '))
  return loadConfiguration(compiled, () => undefined)
}

const open = (input: unknown): Connection[] => load(input).connections.map((connection) => connection.open())

describe('a good configuration', () => {
  it('becomes connections, with the defaults of the format', () => {
    expect(issuesOf(fileWith(provider))).toEqual([])
    expect(load(fileWith(provider))).toMatchObject({
      baseUrl,
      selectionMode: 'email_address',
      rateLimits: true,
      serviceProvider: { organization: undefined, contacts: [] },
    })
    const [connection] = open(fileWith(provider))
    expect(connection).toEqual({
      protocol: 'oidc',
      id: 'okta',
      name: 'Okta',
      isOffered: true,
      reach: { domains: ['acme.example'], wildcards: [], addresses: [], isDefault: false },
      weight: 10,
      issuer: 'https://idp.example',
      emailVerification: 'automatic',
      synchronizesGroups: true,
      roles: { isCaseSensitive: true, rules: [] },
      serverUrl: 'https://idp.example',
      discovers: true,
      endpoints: {},
      clientId: 'client-1',
      clientSecret: expect.anything(),
      clientAuthentication: 'automatic',
      assertionAudience: 'issuer',
      responseType: 'code',
      responseMode: 'query',
      pkce: true,
      scopes: ['openid', 'profile', 'email'],
      pushedRequests: 'automatic',
      asks: { prompt: [], acrValues: [] },
      claimsSource: 'automatic',
      claims: {
        email: 'email',
        emailVerified: 'email_verified',
        username: 'preferred_username',
        name: 'name',
        givenName: 'given_name',
        familyName: 'family_name',
        picture: 'picture',
        groups: ['groups'],
      },
      tenants: [],
      groupsOverage: 'refuse',
      logsOutAtProvider: false,
    })
    expect(connection?.protocol === 'oidc' && connection.clientSecret?.reveal()).toBe('secret-1')
  })

  it.each<[Input, object]>([
    [{ protocol: 'oidc' }, { protocol: 'oidc' }],
    [{ weight: 0 }, { weight: 0 }],
    [{ token_auth_method: 'client_secret_post' }, { clientAuthentication: 'client_secret_post' }],
    [{ token_auth_method: 'client_secret_basic' }, { clientAuthentication: 'client_secret_basic' }],
    [{ scope: 'openid groups' }, { scopes: ['openid', 'groups'] }],
    [{ scope: ['email', 'groups email'] }, { scopes: ['openid', 'email', 'groups'] }],
    [{ audience: 'https://api.example' }, { audience: 'https://api.example' }],
    [{ claims_source: 'userinfo' }, { claimsSource: 'userinfo' }],
    [{ claims_mapping: { email: 'mail', user_id: 'sub' } }, { claims: { email: 'mail', name: 'name' } }],
    [{ groups_claim: 'realm_access.roles' }, { claims: { groups: ['realm_access.roles'] } }],
    [{ synchronize_groups: false }, { synchronizesGroups: false }],
    [{ email_verification: 'require' }, { emailVerification: 'require' }],
    [
      { issuer: 'https://other.example/' },
      { issuer: 'https://other.example', configuredIssuer: 'https://other.example/' },
    ],
    [{ code_challenge_method: 'S256' }, { pkce: true }],
    [
      { jwks_uri: 'https://idp.example/keys', token_endpoint: 'https://idp.example/token?a=1' },
      { endpoints: { jwks: 'https://idp.example/keys', token: 'https://idp.example/token?a=1' } },
    ],
    [
      {
        authorization: {
          groups_claims: ['roles', 'groups'],
          case_sensitive: false,
          mapping: [
            { group: 'admins', root_role: 'admin' },
            { group: 'all', organization_role: 'worker', root_role: 'user' },
          ],
        },
      },
      {
        claims: { groups: ['roles', 'groups'] },
        roles: {
          isCaseSensitive: false,
          rules: [
            { group: 'admins', roles: ['admin'] },
            { group: 'all', roles: ['user', 'organization:worker'] },
          ],
        },
      },
    ],
  ])('takes over %j', (change, meaning) => {
    expect(issuesOf(entry(change))).toEqual([])
    expect(open(entry(change))).toMatchObject([meaning])
  })

  it('may be written out without discovery', () => {
    const written = {
      ...without('server_url'),
      issuer: 'https://idp.example/',
      authorization_endpoint: 'https://idp.example/authorize',
      token_endpoint: 'https://idp.example/token',
      jwks_uri: 'https://idp.example/keys',
    }
    expect(open(fileWith(written))).toMatchObject([
      { discovers: false, serverUrl: 'https://idp.example', configuredIssuer: 'https://idp.example/' },
    ])
  })

  it('may have a public client, which never does without PKCE', () => {
    const input = { ...without('client_secret'), token_auth_method: 'none' }
    expect(open(fileWith(input))).toMatchObject([{ clientAuthentication: 'none', pkce: true }])
    const off = file({ enable_pkce: false, identity_providers: [input, { ...provider, id: 'b', name: 'B' }] })
    expect(open(off)).toMatchObject([{ pkce: true }, { pkce: false }])
  })

  it('says what goes for all of it', () => {
    const input = file(
      { selection_mode: 'lowest_weight', identity_providers: [provider] },
      { rate_limits: { enabled: false } },
    )
    expect(load(input)).toMatchObject({ selectionMode: 'lowest_weight', rateLimits: false })
  })

  it.each([
    ['https://idp.example', 'https://idp.example'],
    ['https://idp.example/', 'https://idp.example'],
    ['https://idp.example/realms/acme/', 'https://idp.example/realms/acme'],
    ['https://idp.example/.well-known/openid-configuration', 'https://idp.example'],
    ['https://idp.example/realms/acme/.well-known/openid-configuration/', 'https://idp.example/realms/acme'],
  ])('understands server_url %s', (server_url, serverUrl) => {
    expect(open(entry({ server_url }))).toMatchObject([{ serverUrl, issuer: serverUrl }])
  })

  it('brings domains and addresses into the form in which they are compared', () => {
    const email_domain = ['BÜCHER.example', '*.ACME.example', 'xn--bcher-kva.example', 'acme.example']
    const email_addresses = ['User@OTHER.example', 'user@other.example']
    expect(load(entry({ email_domain, email_addresses })).connections[0]?.summary.reach).toEqual({
      domains: ['xn--bcher-kva.example', 'acme.example'],
      wildcards: ['acme.example'],
      addresses: ['user@other.example'],
      isDefault: false,
    })
  })

  it('offers no connection while single sign-on is switched off, and each keeps its domains', () => {
    const metadata_url = 'https://idp.example/metadata'
    const mapping = { email: 'mail' }
    const saml = { id: 'other', name: 'Other', protocol: 'SAML', email_domain: 'acme.example' }
    const list = [
      provider,
      { ...saml, entity_id: 'https://idp.example', metadata_url, attribute_mapping: mapping },
    ]
    const reach = { domains: ['acme.example'] }
    expect(open(file({ enabled: false, identity_providers: list }))).toMatchObject([
      { isOffered: false, reach },
      { isOffered: false, reach },
    ])
    expect(open({ sso: { enabled: false } })).toEqual([])
  })

  it('may name identity providers of this machine while Doorward runs there too', () => {
    const input = entry({ server_url: 'http://127.0.0.1:9000' })
    expect(issuesOf(input, baseUrlOf('http://localhost:8080'))).toEqual([])
  })
})

describe('a SAML identity provider', () => {
  const classes = 'urn:oasis:names:tc:SAML:2.0:ac:classes:'
  const saml = {
    id: 'acme',
    name: 'Acme',
    protocol: 'SAML',
    entity_id: 'https://idp.example/saml/',
    metadata_url: 'https://idp.example/saml/metadata',
    attribute_mapping: { email: 'mail' },
    email_domain: 'acme.example',
  }
  const { metadata_url: _, ...bare } = saml
  const seen = (input: Input) => issuesOf(fileWith(input)).map(({ code }) => code)
  const withCertificates = (...pems: string[]) => ({
    ...bare,
    sso_url: 'https://idp.example/saml/login',
    x509_cert: pems,
  })
  const { expired, notYetValid, rsa1024, years1950To9999: valid, secp256k1 } = testCertificates

  it.each<[Input, object]>([
    [saml, { entityId: 'https://idp.example/saml/', issuer: 'https://idp.example/saml', isOffered: true }],
    [saml, { wantsSignedAssertions: false, wantsSignedResponse: false, signsRequests: 'automatic' }],
    [
      { ...saml, want_assertions_signed: true, want_response_signed: true, sign_requests: false },
      {
        wantsSignedAssertions: true,
        wantsSignedResponse: true,
        signsRequests: false,
      },
    ],
    [{ ...saml, name_id_format: 'urn:x' }, { nameIdFormat: 'urn:x' }],
    [saml, { forceAuthn: false, ssoBinding: 'automatic', acceptsIdpInitiated: false }],
    [
      { ...saml, force_authn: true, sso_binding: 'post', idp_initiated: true },
      { forceAuthn: true, ssoBinding: 'post', acceptsIdpInitiated: true },
    ],
    [
      { ...saml, requested_authn_context: 'urn:x' },
      { authnContext: { classes: ['urn:x'], comparison: 'exact' } },
    ],
    [
      {
        ...saml,
        requested_authn_context: ['urn:x', 'urn:y'],
        authn_context_comparison: 'minimum',
        sign_requests: true,
      },
      { authnContext: { classes: ['urn:x', 'urn:y'], comparison: 'minimum' } },
    ],
    [
      { ...saml, attribute_mapping: { uid: 'id', email: ['mail', 'email'], groups: 'g' } },
      {
        attributes: { uid: ['id'], email: ['mail', 'email'], username: [], groups: ['g'] },
      },
    ],
  ])('is read: %j', (input, meaning) => {
    expect(seen(input)).toEqual([])
    expect(open(fileWith(input))).toMatchObject([meaning])
  })

  it.each<[Input, string | undefined]>([
    [{ requested_authn_context: 'PasswordProtectedTransport' }, `write ${classes}PasswordProtectedTransport`],
    [{ requested_authn_context: 'smartcard-pki' }, `write ${classes}SmartcardPKI`],
    [{ name_id_format: 'email' }, 'write urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'],
    [{ name_id_format: 'Persistent' }, 'write urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'],
  ])('must have URIs where names stand for them: %j', (rest, fix) => {
    const { issues } = parseConfiguration(fileWith({ ...saml, ...rest }), parseOptionsWith())
    expect(issues).toContainEqual(expect.objectContaining({ code: 'uri_expected', fix }))
  })

  it.each([
    { requested_authn_context: [`${classes}X509`, 'http://schemas.microsoft.com/claims/multipleauthn'] },
    { requested_authn_context: 'https://refeds.org/profile/mfa', authn_context_comparison: 'exact' },
    {
      requested_authn_context: ['$', '{ACR}'].join(''),
      authn_context_comparison: 'better',
      sign_requests: true,
    },
  ])('may ask for any way to sign in that has a URI: %j', (rest) => {
    const options = parseOptionsWith({ environment: () => 'urn:acme:two-factors' })
    const { issues } = parseConfiguration(fileWith({ ...saml, ...rest }), options)
    expect(issues).toEqual([])
  })

  it('may be switched off', () => {
    expect(open(fileWith({ ...saml, enabled: false }))).toMatchObject([{ isOffered: false }])
  })

  it('may have its metadata in a file', () => {
    const text = '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>'
    const readFile = (path: string) => (path === 'idp.xml' ? { text } : { problem: 'there is no such file' })
    const options = parseOptionsWith({ readFile })
    const { compiled } = parseConfiguration(fileWith({ ...bare, idp_metadata_file: 'idp.xml' }), options)
    expect(JSON.parse(compiled?.connections[0]?.settings ?? '')).toMatchObject({
      metadata: { kind: 'document', xml: text },
    })
    expect(
      parseConfiguration(fileWith({ ...bare, idp_metadata_file: 'other.xml' }), options).issues,
    ).toContainEqual(expect.objectContaining({ code: 'metadata_file_unreadable' }))
  })

  it.each([
    ['one that is valid', [valid.pem], []],
    ['one beside one that has expired', [expired.pem, valid.pem], []],
    ['one beside one that comes later', [valid.pem, notYetValid.pem], []],
    ['two in one text', [`${valid.pem}\n${expired.pem}`], []],
    ['one that has expired', [expired.pem], ['certificate_expired']],
    ['one that comes later', [notYetValid.pem], ['certificate_not_yet_valid']],
    ['a key that is too short', [rsa1024.pem], ['certificate_key_refused']],
    ['a key that is too short beside a good one', [valid.pem, rsa1024.pem], ['certificate_key_refused']],
    ['a curve that nobody accepts', [secp256k1.pem], ['certificate_key_refused']],
  ])('has certificates: %s', (_, pems, codes) => {
    expect(seen(withCertificates(...pems))).toEqual(codes)
  })

  it('is not let in by a warning that stands at the same place as an error', () => {
    // Its key is too short, and it is not valid yet: both are said of "x509_cert".
    expect(Date.parse(rsa1024.notBefore)).toBeGreaterThan(Date.UTC(2026, 0, 1))
    expect(parse(fileWith(withCertificates(rsa1024.pem))).compiled).toBeUndefined()
  })

  it.each([
    [29, ['certificate_expires_soon']],
    [31, []],
    [-1, ['certificate_expired']],
  ])('is said to expire %j days before', (days, codes) => {
    const now = Date.parse(expired.notAfter) - days * 24 * 60 * 60 * 1000
    const { issues } = parseConfiguration(fileWith(withCertificates(expired.pem)), parseOptionsWith({ now }))
    expect(issues.map(({ code }) => code)).toEqual(codes)
  })
})

const at = ['sso', 'identity_providers', 0] as const

describe('an issue', () => {
  const required = ['id', 'name', 'protocol', 'server_url', 'client_id', 'client_secret']
  it.each(required)('is that %s is missing', (key) => {
    expect(issuesOf(fileWith(without(key)))).toEqual([
      {
        code: 'key_missing',
        path: at,
        at: 'key',
        message: `"${key}" is missing`,
        fix: expect.stringContaining(`${key}: `),
      },
    ])
  })

  it.each(required)('is that %s has no value', (key) => {
    expect(issuesOf(entry({ [key]: null }))).toEqual([
      {
        code: 'key_without_value',
        path: [...at, key],
        at: 'key',
        message: `"${key}" has no value`,
        fix: expect.stringContaining(`${key}: `),
      },
    ])
  })

  const texts = ['name', 'server_url', 'client_id', 'client_secret']
  it.each(texts)('is that %s is empty, padded or of two lines', (key) => {
    const found = (value: string) =>
      issuesOf(entry({ [key]: value })).map(({ code, message }) => [code, message])
    expect(found('')).toEqual([['value_empty', `"${key}" must not be empty`]])
    expect(found(` ${provider.server_url}`)).toEqual([
      ['value_white_space', `"${key}" must not begin or end with white space`],
    ])
    expect(found('https://idp.example/\nx')).toEqual([
      ['value_several_lines', `"${key}" must be a single line`],
    ])
  })

  it.each(['\u001b', '\u009b', '\u202e', '\u200b', '\ufeff', '\u0000', '\t', '\u{e0041}'])(
    'is that a text holds %j, which nobody sees',
    (character) => {
      const texts = { name: `Ac${character}me`, client_id: `client${character}-1` }
      expect(issuesOf(entry(texts)).map(({ code, message }) => [code, message])).toEqual(
        Object.keys(texts).map((key) => ['value_invisible', `"${key}" must not hold invisible characters`]),
      )
    },
  )

  it.each(['\n', '\r', '\u0085', '\u2028', '\u2029'])('is that %j begins a line within a text', (end) => {
    expect(issuesOf(entry({ name: `Ac${end}me` })).map(({ code }) => code)).toEqual(['value_several_lines'])
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

  it.each(['a/b', '../x', '.', '-a', 'a b', 'a%2fb', 'ä', 'a?b', 'a#b'])(
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
    [{ a: 1 }, '"client_id" must be text, not a section', undefined],
  ])('is that a text is %j', (client_id, message, fix) => {
    expect(issuesOf(entry({ client_id }))).toEqual([
      { code: 'type_wrong', path: [...at, 'client_id'], at: 'value', message, ...(fix ? { fix } : {}) },
    ])
  })

  it.each([
    ['user@acme.example', '"email_domain" must be the part after the "@" alone, such as example.com'],
    ['@acme.example', '"email_domain" must be the part after the "@" alone, such as example.com'],
    ['*', '"email_domain" may have one "*", at its beginning and before a whole domain: *.example.com'],
    [
      '*.example',
      '"email_domain" may have one "*", at its beginning and before a whole domain: *.example.com',
    ],
    [
      'a.*.example',
      '"email_domain" may have one "*", at its beginning and before a whole domain: *.example.com',
    ],
    [
      '*.*.acme.example',
      '"email_domain" may have one "*", at its beginning and before a whole domain: *.example.com',
    ],
    ['*.user@acme.example', '"email_domain" must be the part after the "@" alone, such as example.com'],
    ['acme.example, other.example', '"email_domain" is not a domain such as example.com'],
    ['10.0.0.1', '"email_domain" is not a domain such as example.com'],
    ['acme.example.', '"email_domain" is not a domain such as example.com'],
  ])('is that %j is no e-mail domain', (email_domain, message) => {
    expect(issuesOf(entry({ email_domain }))).toMatchObject([
      { path: [...at, 'email_domain'], at: 'value', message },
    ])
    expect(issuesOf(entry({ email_domain: ['acme.example', email_domain] }))).toMatchObject([
      { path: [...at, 'email_domain', 1], at: 'value', message },
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

  it.each<[string, Input, string[]]>([
    ['one word', { server_url: 'https://idp/realms/x' }, ['server_url']],
    ['one word with a port', { server_url: 'https://idp:8443' }, ['server_url']],
    ['one word, twice', { server_url: 'https://idp', jwks_uri: 'https://idp/keys' }, ['server_url']],
    ['a whole name', { server_url: 'https://idp.acme' }, []],
    ['this machine', { server_url: 'https://localhost:8443' }, []],
    ['a number', { server_url: 'https://[2001:db8::1]' }, []],
  ])('is a host that only its own network knows: %s', (_, change, keys) => {
    const said = (from = baseUrl) =>
      issuesOf(entry(change), from).flatMap(({ code, path }) => (code === 'host_without_dot' ? path[3] : []))
    expect(said()).toEqual(keys)
    // There Doorward may be in the same network.
    expect(said(baseUrlOf('https://sso'))).toEqual([])
    expect(said(baseUrlOf('http://localhost:8787'))).toEqual([])
  })

  it('is that a server of another machine is on http, also while Doorward runs on this one', () => {
    expect(
      issuesOf(entry({ server_url: 'http://idp.example' }), baseUrlOf('http://localhost:8080')),
    ).toHaveLength(1)
  })

  it('is that an id is there twice, in whatever case', () => {
    const names = ['A', 'B', 'C'].map((name) => ({ ...provider, name }))
    const ids = ['okta', 'other', 'OKTA']
    expect(issuesOf(fileWith(...names.map((one, index) => ({ ...one, id: ids[index] }))))).toEqual([
      {
        code: 'id_twice',
        path: ['sso', 'identity_providers', 2, 'id'],
        at: 'value',
        message: '"id" is used twice: entry 1 of the list has it already',
        fix: 'give each identity provider its own id',
      },
    ])
  })

  it.each(['Acme', 'ACME', 'acme', 'Ａｃｍｅ'])('is that a name is there twice: %s', (name) => {
    const twice = fileWith({ ...provider, name: 'Acme' }, { ...provider, id: 'other', name })
    expect(issuesOf(twice)).toMatchObject([
      { code: 'name_twice', path: ['sso', 'identity_providers', 1, 'name'] },
    ])
  })

  it.each([
    [{}, 'provider_missing'],
    [{ identity_providers: [] }, 'provider_missing'],
    [{ identity_providers: null }, 'key_without_value'],
  ])('is that there is no identity provider in %j', (sso, code) => {
    expect(issuesOf(file(sso)).map((issue) => issue.code)).toEqual([code])
  })

  it.each(['OpenID', 'OICD', 'Oidc', 'LDAP', 7, {}])('is that the protocol is %j', (protocol) => {
    const issues = issuesOf(entry({ protocol }))
    expect(issues[0]).toMatchObject({
      code: 'choice_unknown',
      path: [...at, 'protocol'],
      at: 'value',
      message: '"protocol" must be one of OIDC, SAML',
    })
    expect(issues).toHaveLength(1)
    const isNear = ['Oidc', 'OICD', 'OpenID'].some((one) => one === protocol)
    expect(issues[0]?.fix).toBe(isNear ? 'did you mean "OIDC"?' : 'write "OIDC" or "SAML"')
  })

  it('is that a choice is none of the choices, with the one that was meant', () => {
    expect(issuesOf(file({ selection_mode: 'email_adress', identity_providers: [provider] }))).toEqual([
      {
        code: 'choice_unknown',
        path: ['sso', 'selection_mode'],
        at: 'value',
        message: '"selection_mode" must be one of email_address, lowest_weight',
        fix: 'did you mean "email_address"?',
      },
    ])
    expect(issuesOf(file({ selection_mode: 'lowest', identity_providers: [provider] }))).toMatchObject([
      { fix: 'did you mean "lowest_weight"?' },
    ])
    expect(issuesOf(file({ selection_mode: 'domain', identity_providers: [provider] }))).toMatchObject([
      { fix: 'write "email_address" or "lowest_weight"' },
    ])
    expect(issuesOf(entry({ token_auth_method: 'tls_client_auth' }))).toMatchObject([
      {
        fix: 'write "client_secret_basic", "client_secret_post", "private_key_jwt" or "none"',
        message:
          '"token_auth_method" must be one of client_secret_basic, client_secret_post, private_key_jwt, none',
      },
    ])
  })

  it.each([
    ['yes', 'write "enabled: true", without quotes'],
    ['True', 'write "enabled: true", without quotes'],
    [1, 'write "enabled: true", without quotes'],
    ['off', 'write "enabled: false", without quotes'],
    [0, 'write "enabled: false", without quotes'],
    ['perhaps', 'write one of the two, without quotes'],
    [[true], 'write one of the two, without quotes'],
    [{ toString: 1 }, 'write one of the two, without quotes'],
  ])('is that a switch is %j', (enabled, fix) => {
    expect(issuesOf(file({ enabled, identity_providers: [provider] }))).toEqual([
      {
        code: 'type_wrong',
        path: ['sso', 'enabled'],
        at: 'value',
        message: '"enabled" must be true or false',
        fix,
      },
    ])
  })

  it.each([
    ['client_secert', 'did you mean "client_secret"?'],
    ['emailDomain', 'did you mean "email_domain"?'],
    ['weigth', 'did you mean "weight"?'],
    ['selection_mode', 'it belongs below "sso:"'],
    ['entity_id', 'it belongs in an entry with "protocol: SAML"'],
    ['organization', 'it belongs in another section'],
    ['PKCE', 'remove it: PKCE is on unless "enable_pkce: false" below "sso:" says otherwise'],
    ['callback-url', 'remove it: "doorward urls" prints what is registered at the provider'],
    [
      'want_assertions_encrypted',
      'remove it: with keys in DOORWARD_SAML_KEYS answers may be encrypted, and the provider is told there to encrypt them',
    ],
    ['colour', 'remove it, or look for a typing error'],
  ])('is that %s is no key of an OpenID Provider', (key, fix) => {
    expect(issuesOf(entry({ [key]: 'x' }))).toEqual([
      { code: 'key_unknown', path: [...at, key], at: 'key', message: `unknown key "${key}"`, fix },
    ])
  })

  it.each([
    [{ protocol: 'SAML', attribute_mapping: { user_id: 'x' } }, 'did you mean "uid"?'],
    [{ protocol: 'SAML', attribute_mapping: { group: 'x' } }, 'did you mean "groups"?'],
    [{ claims_mapping: { last_name: 'x' } }, 'did you mean "family_name"?'],
    [{ authorization: { mapping: [{ groups: 'x' }] } }, 'did you mean "group"?'],
    [{ authorization: { groups_claim: 'x', mapping: [] } }, 'did you mean "groups_claims"?'],
  ])('is a key of another section, where one of its own is near: %j', (rest, fix) => {
    expect(issuesOf(entry(rest)).filter(({ code }) => code === 'key_unknown')).toContainEqual(
      expect.objectContaining({ fix }),
    )
  })

  it.each([
    ['My Azure', 'id_invalid', /no spaces/],
    ['azür', 'id_invalid', /no accents/],
  ])('is that an id is %j, with what to write', (id, code, fix) => {
    expect(issuesOf(entry({ id }))).toMatchObject([{ code, fix: expect.stringMatching(fix) }])
  })

  it.each([
    ['acme', 'url_invalid', /^write the whole address/],
    ['https://idp.example.com/?a=b', 'url_with_query', /^remove the "\?" or "#"/],
  ])('is that an address is %s, with what to do', (server_url, code, fix) => {
    expect(issuesOf(entry({ server_url }))).toMatchObject([{ code, fix: expect.stringMatching(fix) }])
  })

  it('is that a list is none, with how its entries begin', () => {
    expect(issuesOf({ sso: { enabled: true, identity_providers: provider } })).toMatchObject([
      { code: 'type_wrong', fix: expect.stringMatching(/^begin each entry with a dash, "- id: …"/) },
    ])
  })

  it.each(['hunter2:', 'client_secret:hunter2', 'x'.repeat(41), 'a b', 'ä'])(
    'does not quote an unknown key that may be more than that: %j',
    (key) => {
      expect(issuesOf(entry({ [key]: null }))).toMatchObject([
        { code: 'key_unknown', message: 'there is no such key' },
      ])
    },
  )

  it('is an unknown key at every level', () => {
    const input = {
      ...file({ identity_providers: [{ ...provider, claims_mapping: { v: 'x' }, w: 'x' }], x: 1 }),
      y: 1,
      rate_limits: { enabled: true, z: 1 },
    }
    expect(
      issuesOf(input)
        .map(({ message }) => message)
        .sort(),
    ).toEqual(['v', 'w', 'x', 'y', 'z'].map((key) => `unknown key "${key}"`))
  })

  it.each(['__proto__', 'constructor', 'prototype'])(
    'is a key that reaches into objects, at every level: %s',
    (key) => {
      const own = (value: unknown) => JSON.parse(`{"${key}": ${JSON.stringify(value)}}`) as Input
      const input = {
        ...file({
          identity_providers: [{ ...provider, ...own({ client_id: 'x' }), claims_mapping: own('x') }],
        }),
        ...own({ sso: {} }),
      }
      expect(
        issuesOf(input)
          .filter(({ code }) => code === 'key_reserved')
          .map(({ path }) => path),
      ).toEqual([[key], [...at, key], [...at, 'claims_mapping', key]])
      expect(parse(input).compiled).toBeUndefined()
      expect(({} as Input)['client_id']).toBeUndefined()
    },
  )

  it('is that a key which would restrict access has no effect yet', () => {
    expect(issuesOf(entry({ create_users: false }))).toMatchObject([
      { code: 'no_effect_yet', path: [...at, 'create_users'] },
    ])
    const basic = { basic: { login: { enabled: false }, registration: { enabled: true } } }
    expect(issuesOf(file({ identity_providers: [provider] }, basic))).toMatchObject([
      { code: 'no_effect_yet', path: ['basic', 'login', 'enabled'] },
    ])
  })

  it.each([
    [undefined, 'the file must be a mapping: keys with values, indented below it'],
    [null, 'the file must be a mapping: keys with values, indented below it'],
    ['text', 'the file must be a mapping: keys with values, indented below it'],
    [[], 'the file must be a mapping: keys with values, indented below it'],
    [{ rate_limits: { enabled: true } }, '"sso" is missing: nothing says who may sign in'],
    [{ sso: null }, '"sso" has no value'],
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
    expect(parse(input).compiled).toBeUndefined()
  })
})

describe('a warning', () => {
  it('leaves the configuration usable', () => {
    const { compiled, issues } = parse(fileWith(without('email_domain')))
    expect(compiled?.connections).toHaveLength(1)
    expect(issues).toEqual([
      {
        code: 'provider_never_chosen',
        path: at,
        at: 'key',
        message: expect.stringContaining('nobody is sent to this identity provider'),
        fix: 'add "email_domain: example.com", or "default: true"',
      },
    ])
  })

  it.each([
    ['where no address is asked for', { selection_mode: 'lowest_weight' }, {}],
    ['of the default', {}, { default: true }],
    ['where addresses are named', {}, { email_addresses: 'user@acme.example' }],
  ])('that nobody is sent there is not given %s', (_, sso, change) => {
    const input = file({ ...sso, identity_providers: [{ ...without('email_domain'), ...change }] })
    expect(issuesOf(input)).toEqual([])
  })

  it('that nobody is sent there is not given of what is off', () => {
    const codesOf = (sso: Input, change: Input = {}) =>
      issuesOf(file({ ...sso, identity_providers: [{ ...without('email_domain'), ...change }] })).map(
        ({ code }) => code,
      )
    expect(codesOf({ enabled: false })).toEqual(['nobody_comes_in'])
    expect(codesOf({}, { enabled: false })).toEqual(['nobody_comes_in'])
  })

  it('tells that everything is switched off, and nothing where something is on', () => {
    const off = { ...provider, enabled: false }
    const on = { ...provider, id: 'other', name: 'Other', email_domain: 'other.example' }
    const social = { social_account: { enabled: true, github: { client_id: 'Iv1.x', client_secret: 'x' } } }
    const codes = (input: Input) => issuesOf(input).map(({ code }) => code)
    expect(codes(fileWith(off))).toEqual(['nobody_comes_in'])
    expect(codes(fileWith(off, on))).toEqual([])
    expect(codes(file({ identity_providers: [off] }, social))).toEqual([])
    expect(codes(file({ enabled: false, identity_providers: [on] }, social))).toEqual([])
    expect(codes(file({ enabled: false, identity_providers: [on] }))).toEqual(['nobody_comes_in'])
    expect(codes(file({ enabled: false }))).toEqual([])
    expect(open(fileWith(off))).toMatchObject([{ isOffered: false, reach: { domains: ['acme.example'] } }])
  })

  it('tells what is lost without PKCE', () => {
    expect(issuesOf(file({ enable_pkce: false, identity_providers: [provider] }))).toMatchObject([
      { code: 'pkce_off', path: ['sso', 'enable_pkce'], at: 'value' },
    ])
    expect(issuesOf(file({ enable_pkce: true, identity_providers: [provider] }))).toEqual([])
    expect(open(entry({ code_challenge_method: 'none' }))).toMatchObject([{ pkce: false }])
  })
})

describe('several issues', () => {
  const wrong = { client_id: 7, email_domain: 'user@acme.example', colour: 'blue' }
  const saml = {
    id: 'x',
    name: 'X',
    entity_id: 'urn:x',
    metadata_url: 'http://x.example',
    sso_binding: 'get',
  }

  it.each<[string, Input, string[]]>([
    ['is misspelt', { ...provider, ...wrong, protocol: 'OICD' }, ['client_id', 'email_domain', 'colour']],
    ['is missing', { ...without('protocol'), ...wrong }, ['client_id', 'email_domain', 'colour']],
    ['is in words', { ...provider, server_url: 'x', protocol: 'OpenID Connect' }, ['server_url']],
    [
      'is missing with SAML',
      { ...saml, email_domain: 'x y' },
      ['metadata_url', 'sso_binding', 'email_domain'],
    ],
  ])('are said beside the protocol where that %s', (_, value, keys) => {
    const said = issuesOf(fileWith(value)).map(({ path }) => String(path[3] ?? ''))
    expect(said).toEqual(expect.arrayContaining(keys))
    expect(parse(fileWith(value)).compiled).toBeUndefined()
  })

  it('are not guessed at where nothing says which protocol is meant', () => {
    const unclear = { ...without('server_url'), entity_id: 'urn:x', protocol: 'LDAP', colour: 'blue' }
    expect(issuesOf(fileWith(unclear)).map(({ path }) => path[3])).toEqual(['protocol'])
  })

  it('are reported all at once, in the order of the list', () => {
    const input = {
      rate_limits: { enabled: 'no' },
      sso: {
        enabled: 'yes',
        identity_providers: [
          { ...provider, id: 'a b', server_url: 'http://idp.example' },
          { ...without('client_secret'), id: 'one', name: 'One', email_domain: 'not a domain' },
          { ...provider, id: 'one', name: 'Other', colour: 'blue' },
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
