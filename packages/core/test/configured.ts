import { type BaseUrl, parseBaseUrl } from '../src/config/base-url.ts'
import type {
  Configuration,
  Connection,
  OidcConnection,
  Reach,
  SamlConnection,
} from '../src/config/connection.ts'
import type { ParseOptions } from '../src/config/parse.ts'
import { Secret } from '../src/encoding/secret.ts'

/** A base URL for tests. @throws Error when `text` is none */
export function baseUrlOf(text: string): BaseUrl {
  const parsed = parseBaseUrl(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.baseUrl
}

/** Where the installation of most tests is reached. */
export const baseUrl: BaseUrl = baseUrlOf('https://sso.example.com')

/** A reach that names nothing, after some changes. */
export function reachWith(changes: Partial<Reach> = {}): Reach {
  return { domains: [], wildcards: [], addresses: [], isDefault: false, ...changes }
}

/** A connection that vouches for no domain, after some changes. */
export function connectionWith(changes: Partial<OidcConnection> = {}): OidcConnection {
  return {
    protocol: 'oidc',
    id: 'acme',
    name: 'Acme',
    isOffered: true,
    reach: reachWith(),
    weight: 10,
    issuer: 'https://idp.example',
    callbackPath: undefined,
    emailVerification: 'automatic',
    synchronizesGroups: true,
    roles: { isCaseSensitive: true, rules: [] },
    serverUrl: 'https://idp.example',
    discovers: true,
    endpoints: {},
    clientId: 'client-1',
    clientSecret: new Secret(CLIENT_SECRET),
    clientAuthentication: 'automatic',
    clientPrivateKey: undefined,
    clientKeyId: undefined,
    clientCertificate: undefined,
    assertionAudience: 'issuer',
    responseType: 'code',
    responseMode: 'query',
    pkce: true,
    scopes: ['openid', 'profile', 'email'],
    audience: undefined,
    resource: undefined,
    pushedRequests: 'automatic',
    asks: { prompt: [], maxAge: undefined, acrValues: [], domainHint: undefined },
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
    ...changes,
  }
}

/** A SAML connection that vouches for no domain, after some changes. */
export function samlConnectionWith(changes: Partial<SamlConnection> = {}): SamlConnection {
  return {
    protocol: 'saml',
    id: 'acme',
    name: 'Acme',
    isOffered: true,
    reach: reachWith(),
    weight: 10,
    callbackPath: undefined,
    issuer: 'https://idp.example',
    emailVerification: 'automatic',
    synchronizesGroups: true,
    roles: { isCaseSensitive: true, rules: [] },
    entityId: 'https://idp.example',
    metadata: {
      kind: 'settings',
      ssoUrl: 'https://idp.example/sso',
      sloUrl: undefined,
      certificates: [],
    },
    attributes: {
      uid: [],
      username: [],
      email: ['email'],
      emailVerified: [],
      name: [],
      givenName: [],
      familyName: [],
      picture: [],
      groups: ['groups'],
    },
    nameIdFormat: undefined,
    forceAuthn: false,
    authnContext: undefined,
    ssoBinding: 'automatic',
    acceptsIdpInitiated: false,
    signsRequests: 'automatic',
    wantsSignedAssertions: false,
    wantsSignedResponse: false,
    logsOutAtProvider: false,
    ...changes,
  }
}

/** The secret of `connectionWith`'s client. */
export const CLIENT_SECRET = 'secret of client 1: 100% +'

/** A configuration with these connections, after some changes. */
export function configurationWith(
  connections: readonly Connection[],
  changes: Partial<Configuration> = {},
): Configuration {
  const configured = connections.map((connection) => ({ summary: connection, open: () => connection }))
  return {
    baseUrl,
    selectionMode: 'email_address',
    rateLimits: true,
    serviceProvider: { organization: undefined, contacts: [] },
    connections: configured,
    ...changes,
  }
}

/** What a configuration is read with, after some changes: nothing in the environment, no files, in 2026. */
export function parseOptionsWith(changes: Partial<ParseOptions> = {}): ParseOptions {
  return {
    baseUrl,
    environment: () => undefined,
    secretsLater: false,
    now: Date.UTC(2026, 0, 1),
    readFile: () => ({ problem: 'there is no such file' }),
    ...changes,
  }
}
