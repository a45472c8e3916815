import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../test/configured.ts'
import { seedsOf } from '../../test/fixtures.ts'
import { loadConfiguration } from './compile.ts'
import { type Problem, readConfiguration } from './yaml.ts'

const soap = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const namedAttributes = {
  uid: ['uidAttribute'],
  username: ['usernameAttribute'],
  email: ['emailAttribute'],
  emailVerified: ['emailVerifiedAttribute'],
  givenName: ['firstNameAttribute'],
  familyName: ['lastNameAttribute'],
}
const byAddress = { selectionMode: 'email_address' }
const byWeight = { selectionMode: 'lowest_weight' }
const atExampleCom = { domains: ['example.com'], wildcards: [], addresses: [], isDefault: false }
const oidc = { protocol: 'oidc', isOffered: true, reach: atExampleCom, responseType: 'code', pkce: true }
const saml = { protocol: 'saml', isOffered: true, reach: atExampleCom }
const nowhere = { domains: [], wildcards: [], addresses: [], isDefault: false }

/** What each means: the configuration, its connection, the secret, and what there is to say. */
const meant: Readonly<
  Record<string, { of: object; connection?: object; secret?: string; problems?: readonly Problem[] }>
> = {
  'azure-oidc': {
    of: byAddress,
    connection: {
      ...oidc,
      id: 'azure-oidc',
      name: 'Azure OIDC-based IdP',
      serverUrl: 'https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0',
      clientId: '66666666-7777-4888-9999-aaaaaaaaaaaa',
    },
    secret: 'change-me-azure',
  },
  'okta-oidc': {
    of: byAddress,
    connection: {
      ...oidc,
      id: 'okta-oidc',
      name: 'Okta OIDC-based IdP',
      serverUrl: 'https://acme.okta.com',
      clientId: '0oa1example2okta3oidc4',
    },
    secret: 'change-me-okta',
  },
  'auth0-oidc': {
    of: byAddress,
    connection: {
      ...oidc,
      id: 'auth0-oidc',
      name: 'Auth0 OIDC-based IdP',
      serverUrl: 'https://acme.eu.auth0.com',
      clientId: 'exampleAuth0OidcClientId12345678',
    },
    secret: 'change-me-auth0',
  },
  'keycloak-oidc': {
    of: byAddress,
    connection: {
      ...oidc,
      id: 'keycloak-oidc',
      name: 'Keycloak OIDC-based Identity Provider',
      serverUrl: 'https://keycloak.example.com/realms/acme',
      clientId: 'cvat',
    },
    secret: 'change-me-keycloak',
  },
  'oidc-idp': {
    of: byAddress,
    connection: {
      ...oidc,
      id: 'oidc-idp',
      name: 'OIDC-based IdP',
      serverUrl: 'https://example.com',
      clientId: 'xxx',
    },
    secret: 'xxx',
  },
  'azure-saml': {
    of: byAddress,
    connection: {
      ...saml,
      id: 'azure-saml',
      entityId: 'https://sts.windows.net/11111111-2222-4333-8444-555555555555/',
      metadata: {
        kind: 'url',
        url: 'https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/federationmetadata/2007-06/federationmetadata.xml?appid=bbbbbbbb-cccc-4ddd-8eee-ffffffffffff',
      },
      attributes: {
        uid: [`${soap}/uid`],
        username: [`${soap}/nameidentifier`],
        email: [`${soap}/emailaddress`],
        emailVerified: [],
        givenName: [`${soap}/givenname`],
        familyName: [`${soap}/surname`],
      },
    },
  },
  'okta-saml': {
    of: byAddress,
    connection: {
      ...saml,
      id: 'okta-saml',
      entityId: 'http://www.okta.com/exk1example2okta3saml4',
      metadata: {
        kind: 'url',
        url: 'https://acme.okta.com/app/exk1example2okta3saml4/sso/saml/metadata',
      },
      attributes: {
        uid: ['uid'],
        username: ['username'],
        email: ['email'],
        emailVerified: ['emailVerified'],
        givenName: ['firstName'],
        familyName: ['lastName'],
      },
    },
  },
  'auth0-saml': {
    of: byAddress,
    connection: {
      ...saml,
      id: 'auth0-saml',
      entityId: 'urn:acme.eu.auth0.com',
      metadata: {
        kind: 'url',
        url: 'https://acme.eu.auth0.com/samlp/metadata/exampleAuth0SamlClientId12345678',
      },
      attributes: {
        uid: [`${soap}/nameidentifier`],
        username: [`${soap}/username`],
        email: [`${soap}/emailaddress`],
        emailVerified: [`${soap}/emailverified`],
        givenName: [`${soap}/givenname`],
        familyName: [`${soap}/surname`],
      },
    },
  },
  'keycloak-saml': {
    of: byAddress,
    connection: {
      ...saml,
      id: 'keycloak-saml',
      entityId: 'https://keycloak.example.com/realms/acme',
      metadata: { kind: 'url', url: 'https://keycloak.example.com/realms/acme/protocol/saml/descriptor' },
      attributes: namedAttributes,
    },
  },
  'saml-idp-metadata': {
    of: byWeight,
    connection: {
      ...saml,
      id: 'saml-idp',
      reach: nowhere,
      weight: 1,
      entityId: 'https://example.com/path/to/saml/entity',
      metadata: { kind: 'url', url: 'https://example.com/path/to/saml/metadata/' },
      attributes: namedAttributes,
    },
  },
  'saml-idp-certificate': {
    of: byWeight,
    connection: {
      ...saml,
      id: 'saml-idp',
      reach: nowhere,
      weight: 1,
      entityId: 'https://example.com/path/to/saml/entity',
      metadata: {
        kind: 'settings',
        ssoUrl: 'https://example.com/path/to/saml/login/',
        certificates: [expect.stringMatching(/^MIIDAzCCAeug[A-Za-z0-9+/]*cr1luhsRIg==$/)],
      },
      attributes: namedAttributes,
    },
  },
  skeleton: { of: byAddress },
  'social-google': {
    of: byAddress,
    connection: {
      protocol: 'social',
      id: 'google',
      provider: 'google',
      isOffered: true,
      emailVerification: 'require',
      clientId: '111111111111-example.apps.googleusercontent.com',
    },
    secret: 'change-me-google',
  },
  'social-github': {
    of: byAddress,
    connection: {
      protocol: 'social',
      id: 'github',
      provider: 'github',
      clientId: 'Ov23liExampleGithub1',
      serverUrl: 'https://github.com',
      apiUrl: 'https://api.github.com',
      allowedOrganizations: [],
      groups: 'none',
    },
    secret: 'change-me-github',
  },
  'social-amazon-cognito': {
    of: byAddress,
    connection: {
      protocol: 'social',
      id: 'amazon-cognito',
      provider: 'amazon-cognito',
      clientId: '1example2cognito3client4id',
      domain: 'https://acme.auth.us-east-1.amazoncognito.com',
    },
    secret: 'change-me-amazon-cognito',
  },
  'social-amazon-cognito-custom-domain': {
    of: byAddress,
    connection: { protocol: 'social', id: 'amazon-cognito', domain: 'https://auth.example.com' },
    secret: 'change-me-amazon-cognito',
  },
  'clearml-auth0': {
    of: byWeight,
    connection: {
      ...oidc,
      id: 'auth0',
      name: 'Auth0',
      reach: nowhere,
      serverUrl: 'https://acme.eu.auth0.com',
      endpoints: {
        authorization: 'https://acme.eu.auth0.com/authorize',
        token: 'https://acme.eu.auth0.com/oauth/token',
      },
      clientId: 'exampleAuth0ClearmlId1234567890a',
      audience: 'https://clearml.example.com/',
    },
    secret: 'change-me-clearml-auth0',
  },
  'clearml-keycloak': {
    of: byWeight,
    connection: {
      ...oidc,
      id: 'keycloak',
      name: 'Keycloak',
      reach: nowhere,
      serverUrl: 'https://keycloak.example.com/realms/acme',
      endpoints: {
        authorization: 'https://keycloak.example.com/realms/acme/protocol/openid-connect/auth',
        token: 'https://keycloak.example.com/realms/acme/protocol/openid-connect/token',
      },
      clientId: 'clearml',
      logsOutAtProvider: true,
    },
    secret: 'change-me-clearml-keycloak',
    problems: [],
  },
}

describe('an example that others publish', () => {
  it.each(seedsOf('loads'))('loads as it is meant: $name', ({ name, text }) => {
    const { of, connection, secret, problems = [] } = meant[name] ?? {}
    const read = readConfiguration(text, parseOptionsWith())
    expect(read.problems).toEqual(problems)
    if (!read.compiled) throw new Error('it is refused')
    const loaded = loadConfiguration(read.compiled, () => undefined)
    expect(loaded).toMatchObject(of ?? {})
    const opened = loaded.connections.map((configured) => configured.open())
    expect(opened).toMatchObject(connection ? [connection] : [])
    const secrets = opened.map((one) => ('clientSecret' in one ? one.clientSecret?.reveal() : undefined))
    expect(secrets).toEqual(connection ? [secret] : [])
  })

  it('is compared for every file', () => {
    expect(
      seedsOf('loads')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(meant).sort())
  })

  it.each([
    ['as-stored', 14],
    ['as-stored-filled', 16],
  ] as const)('without its indentation is told so, at the first section: %s', (folder, count) => {
    expect(seedsOf(folder)).toHaveLength(count)
    for (const { name, text } of seedsOf(folder)) {
      const before = text.slice(0, text.search(/(sso|social_account):/)).split('\n')
      const ofSso = text.includes('sso:')
      expect(readConfiguration(text, parseOptionsWith()), name).toEqual({
        compiled: undefined,
        problems: [
          {
            severity: 'error',
            code: 'indentation_lost',
            line: before.length,
            column: (before.at(-1) ?? '').length + 1,
            message:
              'the indentation was lost, as when copied from a printed page: YAML needs it to tell what belongs to what',
            fix: ofSso
              ? 'indent all that belongs to "sso:" by two spaces, and what belongs to a "- id:" so that it stands below "id"'
              : 'indent all that belongs to "social_account:" by two spaces, and each part\'s own keys by four',
          },
        ],
      })
    }
  })
})

/** What is said about each, in full. */
const said: Readonly<Record<string, readonly Problem[]>> = {
  'azure-host-missing': [
    {
      severity: 'error',
      line: 8,
      column: 19,
      code: 'azure_host_missing',
      message: 'the host is missing in "server_url", as in CVAT\'s example: the first part is the tenant ID',
      fix: 'write https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0',
    },
  ],
  'azure-secret-id': [
    {
      severity: 'error',
      line: 9,
      column: 18,
      code: 'azure_secret_id',
      message: '"client_id" is not the "Secret ID", whatever the example says',
      fix: 'take the "Application (client) ID" from the Overview of the app registration',
    },
  ],
  'placeholders-left': [
    {
      severity: 'error',
      line: 5,
      column: 11,
      code: 'placeholder_left',
      message: '"id" still holds the placeholder <idp-id:okta-oidc> of an example',
      fix: 'replace it, brackets and all, by your own value',
    },
    {
      severity: 'error',
      line: 8,
      column: 19,
      code: 'placeholder_left',
      message: '"server_url" still holds the placeholder <okta_domain> of an example',
      fix: 'replace it, brackets and all, by your own value',
    },
    {
      severity: 'error',
      line: 9,
      column: 18,
      code: 'placeholder_left',
      message: '"client_id" still holds the placeholder <client_id> of an example',
      fix: 'replace it, brackets and all, by your own value',
    },
    {
      severity: 'error',
      line: 10,
      column: 22,
      code: 'placeholder_left',
      message: '"client_secret" still holds the placeholder of an example',
      fix: 'replace it, brackets and all, by your own value',
    },
    {
      severity: 'error',
      line: 11,
      column: 21,
      code: 'placeholder_left',
      message: '"email_domain" still holds the placeholder <company_email_domain> of an example',
      fix: 'replace it, brackets and all, by your own value',
    },
  ],
  'saml-http-metadata': [
    {
      severity: 'error',
      line: 12,
      column: 21,
      code: 'url_not_https',
      message: '"metadata_url" must begin with https://',
      fix: 'use https://: whoever changes the metadata on its way decides which keys are trusted',
    },
  ],
  'saml-metadata-beside-certificate': [
    {
      severity: 'warning',
      line: 13,
      column: 7,
      code: 'metadata_beside_certificate',
      message:
        '"sso_url" and "x509_cert" beside "metadata_url" are not used: one of the two says where keys come from',
      fix: 'remove one of the two; "metadata_url" is used until then',
    },
  ],
  'social-goolge': [
    {
      severity: 'error',
      line: 4,
      column: 3,
      code: 'google_misprinted',
      message: '"goolge" is a misprint of CVAT\'s documentation: the key is "google"',
      fix: 'write "google:"',
    },
  ],
}

describe('a misprint that is followed to the letter', () => {
  it.each(seedsOf('misprints'))('is explained: $name', ({ name, text }) => {
    const { compiled, problems } = readConfiguration(text, parseOptionsWith())
    expect(problems).toEqual(said[name])
    expect(compiled === undefined).toBe(problems.some(({ severity }) => severity === 'error'))
  })

  it('is compared for every file', () => {
    expect(
      seedsOf('misprints')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(said).sort())
  })
})
