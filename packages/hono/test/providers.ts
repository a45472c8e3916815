import {
  createOpenIdProvider,
  type LogoutStart,
  type OpenIdProvider,
  type Personality,
  type PersonalityName,
  personalities,
  type User,
} from '@doorward/testkit'
import {
  createSamlIdentityProvider,
  type SamlIdentityProviderOptions,
  type SamlPersonalityName,
} from '@doorward/testkit/saml'

/** The client registration that every provider knows. */
export const client = {
  client_id: 'doorward',
  client_secret: 'test-only-client-secret',
  redirect_uris: 'any',
  post_logout_redirect_uris: 'any',
} as const

const member: User = {
  sub: 'user-1',
  email: 'user@acme.example',
  email_verified: true,
  name: 'User One',
  groups: ['engineering'],
}

/** Who can log in, chosen by the second half of the login hint. */
export const users = {
  member,
  outsider: { ...member, sub: 'user-2', email: 'user@elsewhere.example' },
  unverified: { ...member, email_verified: false },
  colleague: { ...member, sub: 'user-4', email: 'colleague@acme.example' },
  /** Of acme's domain, and named by another connection. */
  guest: { ...member, sub: 'user-5', email: 'guest@acme.example' },
  'without-address': { sub: 'user-3', name: 'User Three' },
  'of-many-groups': {
    ...member,
    groups: Array.from({ length: 200 }, (_, i) => `group-${i}-${'x'.repeat(72)}`),
  },
} as const satisfies Record<string, User>

/** What operators bring, in tests and nowhere else. */
export const OPERATOR_TOKEN = 'an-operator-token-for-tests-and-nothing-else'

/** A login hint that tells the provider how to behave, for this login alone, and perhaps how to call its session. */
export function hint(
  personality: PersonalityName,
  user: keyof typeof users = 'member',
  sid?: string,
): string {
  return [personality, user, ...(sid === undefined ? [] : [sid])].join('/')
}

/** How the provider behind the connections that work behaves: as the login hint says. */
function byHint(parameters: URLSearchParams): { personality: PersonalityName; user: User; sid: string } {
  const [personality, user, sid] = (parameters.get('login_hint') ?? '').split('/')
  return {
    sid: sid || crypto.randomUUID(),
    personality: (personality || 'good') as PersonalityName,
    user: users[(user || 'member') as keyof typeof users],
  }
}

/** The ways in which discovery and keys can be bad; those belong to a provider, not to a login. */
export const brokenProviders = [
  'other-discovery-issuer',
  'discovery-500',
  'endpoint-on-http',
  'html-at-discovery',
  'invalid-json-at-discovery',
  'huge-at-discovery',
  'slow-at-discovery',
  'drip-at-discovery',
  'redirecting-at-discovery',
  'html-at-jwks',
  'huge-at-jwks',
  'slow-at-jwks',
  'redirecting-at-jwks',
] as const satisfies readonly PersonalityName[]

/** The ways in which an answer by SAML comes: all that the protocol refuses is tried by its own tests. */
export const samlProviders = [
  'good',
  'many-groups',
  'xsw1',
  'tampered-attribute',
  'expired',
  'authentication-failed',
  'other-relay-state',
  'missing-in-response-to',
  'email-of-another-domain',
] as const satisfies readonly SamlPersonalityName[]

/** Signs nobody out, as Google does. */
const withoutEndSession: Personality = {
  ...personalities.good,
  name: 'no-end-session',
  hooks: {
    discoveryDocument: ({ end_session_endpoint: _, ...others }) => others,
  },
}

/** Providers behind one listener, each below a path of its own name. */
export interface Providers {
  /** Follows the login hint. */
  readonly good: OpenIdProvider
  fetch(request: Request): Promise<Response>
}

/** Whatever answers below its path. */
interface Provider {
  fetch(request: Request): Promise<Response>
}

/** The same person as `member`. */
const samlMember = {
  nameId: 'user-1',
  attributes: [
    { name: 'email', values: ['user@saml.example'] },
    { name: 'groups', values: ['engineering'] },
  ],
}

/** Below which the good provider gives a logout token to whoever asks. */
const LOGOUT_TOKEN = 'logout-token'

/** Asks the good provider for a logout token. @param loginUrl where people log in there */
export async function fetchLogoutToken(
  loginUrl: string,
  start: Readonly<Partial<Record<'sub' | 'sid' | 'personality', string>>>,
): Promise<string> {
  const response = await fetch(new URL(`/${LOGOUT_TOKEN}?${new URLSearchParams(start)}`, loginUrl))
  return response.text()
}

function readLogout(parameters: URLSearchParams): LogoutStart {
  return { ...(Object.fromEntries(parameters) as Partial<LogoutStart>), clientId: client.client_id }
}

/** @param url where they are served */
export async function createProviders(url: string): Promise<Providers> {
  const create = (name: string, options: Partial<Parameters<typeof createOpenIdProvider>[0]>) =>
    createOpenIdProvider({ issuer: `${url}/${name}`, clients: [client], user: member, ...options })
  const good = await create('good', {
    personality: (parameters) => byHint(parameters).personality,
    user: (parameters) => byHint(parameters).user,
    sid: (parameters) => byHint(parameters).sid,
  })
  const byName = new Map<string, Provider>([
    ['good', good],
    [
      'no-end-session',
      await create('no-end-session', { personality: withoutEndSession, user: users.outsider }),
    ],
  ])
  for (const personality of samlProviders) {
    const name = `saml-${personality}`
    const options: SamlIdentityProviderOptions = { baseUrl: `${url}/${name}`, personality, user: samlMember }
    byName.set(name, await createSamlIdentityProvider(options))
  }
  for (const name of brokenProviders) byName.set(name, await create(name, { personality: name }))
  return {
    good,
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url)
      const name = pathname.split('/')[1] ?? ''
      if (name === LOGOUT_TOKEN) return new Response(await good.logoutToken(readLogout(searchParams)))
      return byName.get(name)?.fetch(request) ?? new Response(null, { status: 404 })
    },
  }
}

/**
 * The configuration that the login suite needs, in the format of auth_config.yml.
 *
 * @param providersUrl where {@link createProviders} is served
 * @param deadUrl where nobody listens
 */
export function suiteConfiguration(providersUrl: string, deadUrl: string): unknown {
  const provider = (id: string, server_url: string, extra: object = {}) => ({
    id,
    name: id,
    protocol: 'OIDC',
    server_url,
    client_id: client.client_id,
    client_secret: client.client_secret,
    ...extra,
  })
  return {
    rate_limits: { enabled: false },
    sso: {
      enabled: true,
      identity_providers: [
        provider('acme', `${providersUrl}/good`, {
          email_domain: 'acme.example',
          authorization: { case_sensitive: false, mapping: [{ group: 'Engineering', root_role: 'worker' }] },
        }),
        provider('partner', `${providersUrl}/good`, {
          email_domain: ['partner.example', '*.partner.example'],
          email_addresses: 'guest@acme.example',
        }),
        provider('off', `${providersUrl}/good`, { email_domain: 'off.example', enabled: false }),
        provider('acme-twin', `${providersUrl}/good/`, { email_domain: 'twin.example', weight: 1 }),
        provider('twin-too', `${providersUrl}/good`, { email_domain: 'twin.example' }),
        provider('leaving', `${providersUrl}/good`, { idp_logout: true }),
        provider('leaving-nowhere', `${providersUrl}/no-end-session`, { idp_logout: true }),
        provider('open', `${providersUrl}/good`, { token_auth_method: 'client_secret_basic' }),
        provider('posted', `${providersUrl}/good`, { response_mode: 'form_post' }),
        provider('wandb', `${providersUrl}/good`, { callback_path: '/oidc/callback' }),
        provider('clearml', `${providersUrl}/good`, {
          callback_path: '/callback_clearml',
          response_mode: 'form_post',
        }),
        provider('implicit', `${providersUrl}/good`, {
          response_type: 'id_token',
          client_secret: undefined,
        }),
        provider('down', deadUrl, { email_domain: 'down.example' }),
        ...brokenProviders.map((name) => provider(name, `${providersUrl}/${name}`)),
        ...samlProviders.map((name) => ({
          id: `saml-${name}`,
          name,
          protocol: 'SAML',
          entity_id: `${providersUrl}/saml-${name}/metadata`,
          metadata_url: `${providersUrl}/saml-${name}/metadata`,
          email_domain: 'saml.example',
          attribute_mapping: { email: 'email', groups: 'groups' },
        })),
      ],
    },
  }
}
