import { type ClientAuth, ClientSecretBasic, ClientSecretPost, None } from 'oauth4webapi'
import type { AuthorizationServer, OAuthClient } from './authorization-server.ts'

/**
 * How we prove who we are
 * ([OpenID Connect Core, section 9](https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication)).
 * Where nothing is configured: in the body if the server says that it takes that, since some decode the header
 * wrongly; else in the header, the standard's default.
 */
export function clientAuthenticationMethod(
  { clientSecret, clientAuthentication: configured }: OAuthClient,
  server: Pick<AuthorizationServer, 'token_endpoint_auth_methods_supported'>,
): 'client_secret_basic' | 'client_secret_post' | 'none' {
  if (clientSecret === undefined) return 'none'
  const supported = server.token_endpoint_auth_methods_supported ?? []
  const isAdvertised = supported.includes('client_secret_post')
  return configured === 'client_secret_post' || (configured === 'automatic' && isAdvertised)
    ? 'client_secret_post'
    : 'client_secret_basic'
}

/** The same, with the secret, in the form that the OAuth library takes. */
export function clientAuthentication(client: OAuthClient, server: AuthorizationServer): ClientAuth {
  if (client.clientSecret === undefined) return None()
  const secret = client.clientSecret.reveal()
  return clientAuthenticationMethod(client, server) === 'client_secret_post'
    ? ClientSecretPost(secret)
    : ClientSecretBasic(secret)
}
