import type { ClientKey } from '../setup/client-key.ts'
import type { Entry } from '../setup/doorward.ts'
import { CLIENT_SECRET, domainOf, REALM } from './entries.ts'
import { groupMapper, type Representation, roleMapper, userinfoMappers } from './mappers.ts'

/** One connection of ours to Keycloak by OpenID Connect, and how its administrator set up our client. */
export interface OpenIdScenario {
  /** Our connection and the client are `keycloak-ID`, its domain is `ID.keycloak.example`, and its one person is `person-ID`. */
  readonly id: string
  /** Where it is not the realm of all. */
  readonly realm?: string
  /** Further keys of the connection in auth_config.yml. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** We prove who we are by a key in place of a secret. */
  readonly byKey?: true
  /** What the console sets apart from mappers and addresses. */
  readonly client?: Representation
  readonly attributes?: Readonly<Record<string, string>>
  readonly mappers?: readonly Representation[]
  /** Signing out at Keycloak is told to us by a frame; without it, from server to server. */
  readonly logoutByFrame?: true
}

/** "ID token signature algorithm". */
const signedWith = (alg: string) => ({
  attributes: { 'id.token.signed.response.alg': alg },
  settings: { idp_logout: true },
})

/** So that a test sees in the browser what is asked for. */
const unpushed = { pushed_authorization_requests: 'never' }

/** All of them, in one auth_config.yml. */
export const openIdScenarios: readonly OpenIdScenario[] = [
  // "Require PKCE", "PKCE Method". The secret goes in the header here, and in the body elsewhere:
  // Keycloak takes both, and says so.
  {
    id: 'pkce',
    settings: { token_auth_method: 'client_secret_basic', ...unpushed },
    attributes: { 'pkce.code.challenge.method': 'S256' },
  },
  // "Client Authenticator: Signed JWT", "Pushed authorization request required".
  { id: 'pushed', byKey: true, attributes: { 'require.pushed.authorization.requests': 'true' } },

  { id: 'ps256', ...signedWith('PS256') },
  { id: 'es256', ...signedWith('ES256') },
  { id: 'eddsa', ...signedWith('EdDSA') },

  {
    id: 'thin-tokens',
    settings: { scope: 'openid', idp_logout: true },
    // The usual scopes put their claims into the ID Token as well.
    client: { defaultClientScopes: ['basic'], optionalClientScopes: [] },
    mappers: userinfoMappers,
  },

  { id: 'slow', settings: { response_mode: 'form_post', ...unpushed } },

  { id: 'new-key', realm: 'new-key' },
  {
    id: 'new-key-meanwhile',
    realm: 'new-key-meanwhile',
    // A browser's tests can hold a form back, and not a redirection.
    settings: { response_mode: 'form_post' },
  },

  { id: 'sign-out', settings: { idp_logout: true } },
  { id: 'sign-out-by-frame', logoutByFrame: true },

  { id: 'group-paths', mappers: [groupMapper('paths', 'true')] },
  { id: 'group-both', mappers: [groupMapper('names', 'false'), groupMapper('paths', 'true')] },
  { id: 'roles', settings: { groups_claim: 'realm_access.roles' }, mappers: [roleMapper] },
]

/** @returns the scenario with this id */
export function openIdScenario(id: string): OpenIdScenario {
  const found = openIdScenarios.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`there is no scenario ${id}`)
  return found
}

/** @returns the realm of a scenario */
export function realmOf({ realm = REALM }: OpenIdScenario): string {
  return realm
}

/** Our side of them. @param keycloak its origin */
export function openIdEntries(keycloak: string, key: ClientKey): readonly Entry[] {
  return openIdScenarios.map((scenario) => ({
    id: `keycloak-${scenario.id}`,
    protocol: 'OIDC',
    name: `Keycloak, ${scenario.id}`,
    server_url: `${keycloak}/realms/${realmOf(scenario)}`,
    client_id: `keycloak-${scenario.id}`,
    ...(scenario.byKey ? { client_private_key: key.privateKey } : { client_secret: CLIENT_SECRET }),
    email_domain: domainOf(scenario.id),
    ...scenario.settings,
  }))
}

/** The client of a scenario. @param doorward where people reach it */
export function openIdClient(scenario: OpenIdScenario, doorward: string, key: ClientKey): Representation {
  const { id, byKey, client, attributes, mappers = [groupMapper('groups', 'false')] } = scenario
  const ours = `${doorward}/api/auth/oidc/keycloak-${id}`
  return {
    protocol: 'openid-connect',
    clientId: `keycloak-${id}`,
    publicClient: false,
    ...(byKey ? { clientAuthenticatorType: 'client-jwt' } : { secret: CLIENT_SECRET }),
    redirectUris: [`${ours}/login/callback/`],
    frontchannelLogout: scenario.logoutByFrame ?? false,
    ...client,
    attributes: {
      'post.logout.redirect.uris': `${ours}/post-logout/`,
      ...(scenario.logoutByFrame
        ? {
            'frontchannel.logout.url': `${ours}/frontchannel-logout/`,
            'frontchannel.logout.session.required': 'true',
          }
        : {
            'backchannel.logout.url': `${ours}/backchannel-logout/`,
            'backchannel.logout.session.required': 'true',
          }),
      ...(byKey
        ? { 'use.jwks.string': 'true', 'jwks.string': JSON.stringify({ keys: [key.publicKey] }) }
        : {}),
      ...attributes,
    },
    protocolMappers: mappers,
  }
}
