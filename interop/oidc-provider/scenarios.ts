import type { ClientMetadata, Configuration } from 'oidc-provider'
import type { ClientKey } from '../setup/client-key.ts'
import type { Entry } from '../setup/doorward.ts'

/**
 * One connection of ours to oidc-provider, and how its administrator set it up. Each has an issuer of its own, as each
 * realm of Keycloak has: `http://127.0.0.1:PORT/ID`.
 */
export interface Scenario {
  /** Our connection is `op-ID`, its domain is `ID.op.example`, and its one person is `person` there. */
  readonly id: string
  /** Further keys of the connection in auth_config.yml. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** We prove who we are by a key in place of a secret. */
  readonly byKey?: true
  /** What else is registered of us, in the words of OpenID Connect Dynamic Client Registration. */
  readonly registration?: Partial<ClientMetadata>
  /** People have another application there, which is not ours. */
  readonly hasNeighbour?: true
  /** What else is set at the provider. */
  readonly provider?: Configuration
}

/** A provider that lets every client in by this one way, and says no other in its metadata. */
const only = (method: 'client_secret_basic' | 'client_secret_post'): Partial<Scenario> => ({
  registration: { token_endpoint_auth_method: method },
  provider: { clientAuthMethods: [method] },
})

const signedWith = (id_token_signed_response_alg: 'PS256' | 'ES256' | 'EdDSA' | 'Ed25519') => ({
  registration: { id_token_signed_response_alg },
  settings: { idp_logout: true },
})

/** So that a test sees in the browser what is asked for. */
const unpushed = { pushed_authorization_requests: 'never' }

/** All of them, in one auth_config.yml. */
export const scenarios: readonly Scenario[] = [
  // Nothing is said on our side: what the provider's metadata says decides.
  { id: 'basic', ...only('client_secret_basic') },
  { id: 'post', ...only('client_secret_post') },
  // Its metadata has both, and this one client may do one of them.
  {
    id: 'basic-of-both',
    settings: { token_auth_method: 'client_secret_basic' },
    registration: { token_endpoint_auth_method: 'client_secret_basic' },
  },
  {
    id: 'key',
    byKey: true,
    registration: { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256' },
  },
  { id: 'pkce', settings: unpushed, provider: { pkce: { required: () => true } } },
  { id: 'pushed', registration: { require_pushed_authorization_requests: true } },

  { id: 'ps256', ...signedWith('PS256') },
  { id: 'es256', ...signedWith('ES256') },
  { id: 'eddsa', ...signedWith('EdDSA') },
  { id: 'ed25519', ...signedWith('Ed25519') },

  // Its own default, and what the standard wants where there is an access token.
  { id: 'thin-tokens', settings: { idp_logout: true }, provider: { conformIdTokenClaims: true } },

  { id: 'slow', settings: { response_mode: 'form_post', ...unpushed } },

  { id: 'new-key' },
  // A browser's tests can hold a form back, and not a redirection.
  { id: 'new-key-meanwhile', settings: { response_mode: 'form_post' } },

  { id: 'sign-out', settings: { idp_logout: true }, hasNeighbour: true },
]

/** What we are called there, and our secret: with characters that the header has to be careful with. */
export const CLIENT_ID = 'doorward'
export const CLIENT_SECRET = 'a-secret:for%this+test=only'

/** @returns the address of the one person of a scenario */
export function addressOf(id: string): string {
  return `person@${domainOf(id)}`
}

/** @returns the connection in the words of auth_config.yml. @param origin the provider's */
export function entryOf({ id, settings = {}, byKey }: Scenario, origin: string, key: ClientKey): Entry {
  return {
    id: `op-${id}`,
    protocol: 'OIDC',
    name: `oidc-provider, ${id}`,
    server_url: `${origin}/${id}`,
    client_id: CLIENT_ID,
    ...(byKey ? { client_private_key: key.privateKey } : { client_secret: CLIENT_SECRET }),
    email_domain: domainOf(id),
    ...settings,
  }
}

function domainOf(id: string): string {
  return `${id}.op.example`
}
