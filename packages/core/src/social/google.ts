import type { GoogleConnection, OidcConnection } from '../config/connection.ts'
import { GOOGLE_ISSUER } from '../config/google.ts'
import { verifiedIdentity } from '../login/identity.ts'
import type { ClaimedBefore } from '../login/protocol.ts'

/**
 * Logins by Google: OpenID Connect with a provider that is known
 * ([Google, OpenID Connect](https://developers.google.com/identity/openid-connect/openid-connect)).
 *
 * @param oidc what speaks it
 */
export function createGoogle(oidc: ClaimedBefore<OidcConnection>): ClaimedBefore<GoogleConnection> {
  const known = new WeakMap<GoogleConnection, OidcConnection>()

  function asOidc(connection: GoogleConnection): OidcConnection {
    const made = known.get(connection) ?? openIdConnectionOf(connection)
    known.set(connection, made)
    return made
  }

  return {
    claims: 'before',
    begin: (input) => oidc.begin({ ...input, connection: asOidc(input.connection) }),
    async complete(input) {
      const { identity } = await oidc.complete({ ...input, connection: asOidc(input.connection) })
      return {
        identity: verifiedIdentity({ ...identity, protocol: 'social' }),
        providerSession: { protocol: 'social' },
      }
    },
  }
}

function openIdConnectionOf({ provider: _, ...connection }: GoogleConnection): OidcConnection {
  return {
    ...connection,
    protocol: 'oidc',
    serverUrl: GOOGLE_ISSUER,
    discovers: true,
    configuredIssuer: GOOGLE_ISSUER,
    endpoints: {},
    clientAuthentication: 'automatic',
    clientPrivateKey: undefined,
    clientKeyId: undefined,
    clientCertificate: undefined,
    assertionAudience: 'issuer',
    responseType: 'code',
    responseMode: 'query',
    pkce: true,
    scopes: ['openid', 'email', 'profile'],
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
      groups: [],
    },
    tenants: [],
    groupsOverage: 'refuse',
    logsOutAtProvider: false,
  }
}
