import {
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  modifyAssertion,
  None,
  PrivateKeyJwt,
} from 'oauth4webapi'
import { decodeBase64 } from '../encoding/base64.ts'
import { encodeBase64Url } from '../encoding/base64url.ts'
import { SsoError } from '../errors/index.ts'
import type { AuthorizationServer, OAuthClient } from './authorization-server.ts'
import { importClientKey, type RsaAlgorithm } from './client-key.ts'

/** How a client proves who it is, in the words of OpenID Connect. */
type Method = 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none'

/**
 * How we prove who we are
 * ([OpenID Connect Core, section 9](https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication)).
 * Where nothing is configured: with the key if there is one; with the secret in the body if the server says that it takes
 * that, since some decode the header wrongly; else in the header, the standard's default.
 */
export function clientAuthenticationMethod(
  { clientSecret, clientPrivateKey, clientAuthentication: configured }: OAuthClient,
  server: Pick<AuthorizationServer, 'token_endpoint_auth_methods_supported'>,
): Method {
  if (configured === 'private_key_jwt') return configured
  if (configured === 'automatic' && clientPrivateKey !== undefined) return 'private_key_jwt'
  if (clientSecret === undefined) return 'none'
  const supported = server.token_endpoint_auth_methods_supported ?? []
  const isAdvertised = supported.includes('client_secret_post')
  return configured === 'client_secret_post' || (configured === 'automatic' && isAdvertised)
    ? 'client_secret_post'
    : 'client_secret_basic'
}

/** One request in which we prove who we are. */
export interface AuthenticatedRequest {
  /** Where it goes. */
  readonly endpoint: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The same, with the secret or the key, in the form that the OAuth library takes. */
export function clientAuthentication(
  client: OAuthClient,
  server: AuthorizationServer,
  request: AuthenticatedRequest,
): ClientAuth {
  const method = clientAuthenticationMethod(client, server)
  if (method === 'private_key_jwt') {
    return async (...message) => (await signedAssertion(client, server, request))(...message)
  }
  if (client.clientSecret === undefined) return None()
  const secret = client.clientSecret.reveal()
  return method === 'client_secret_post' ? ClientSecretPost(secret) : ClientSecretBasic(secret)
}

/** For how long an assertion of ours is good, in seconds: it is used at once. */
const ASSERTION_LIFETIME = 60

/**
 * A JWT in place of a secret ([RFC 7523, section 2.2](https://www.rfc-editor.org/rfc/rfc7523#section-2.2)). It is for one
 * audience, as one text: with several, one server could use it at another.
 */
async function signedAssertion(
  client: OAuthClient,
  server: AuthorizationServer,
  { endpoint, now }: AuthenticatedRequest,
): Promise<ClientAuth> {
  const { clientPrivateKey, clientKeyId, clientCertificate, assertionAudience } = client
  if (clientPrivateKey === undefined) {
    throw new SsoError('installation_invalid', 'there is no private key for the client')
  }
  const { key, alg, kid } = await importClientKey(clientPrivateKey, rsaAlgorithmFor(client, server))
  const issuedAt = Math.floor(now / 1000)
  const thumbprint = clientCertificate === undefined ? undefined : await thumbprintOf(clientCertificate)
  return PrivateKeyJwt(key, {
    [modifyAssertion](header, payload) {
      // The library has no choice of names, and a clock of its own.
      header['alg'] = alg === 'EdDSA' ? edwardsName(server) : alg
      header['typ'] = 'JWT'
      const keyId = clientKeyId ?? kid
      if (keyId !== undefined) header['kid'] = keyId
      if (thumbprint !== undefined) header['x5t#S256'] = thumbprint
      payload['aud'] = assertionAudience === 'endpoint' ? endpoint : server.issuer
      payload['iat'] = issuedAt
      payload['nbf'] = issuedAt
      payload['exp'] = issuedAt + ASSERTION_LIFETIME
    },
  })
}

/**
 * PS256 where a certificate stands for the key, as Entra ID wants it, and RS256 elsewhere, which everybody knows; unless
 * the server says that it knows but one of the two.
 */
function rsaAlgorithmFor({ clientCertificate }: OAuthClient, server: AuthorizationServer): RsaAlgorithm {
  const liked: readonly RsaAlgorithm[] =
    clientCertificate === undefined ? ['RS256', 'PS256'] : ['PS256', 'RS256']
  const supported = server.token_endpoint_auth_signing_alg_values_supported ?? []
  return liked.find((algorithm) => supported.includes(algorithm)) ?? liked[0] ?? 'RS256'
}

/** Its newer name ([RFC 9864](https://www.rfc-editor.org/rfc/rfc9864)) where the server knows that one alone. */
function edwardsName({
  token_endpoint_auth_signing_alg_values_supported: supported = [],
}: AuthorizationServer) {
  return supported.includes('Ed25519') && !supported.includes('EdDSA') ? 'Ed25519' : 'EdDSA'
}

/** `x5t#S256` ([RFC 7515, section 4.1.8](https://www.rfc-editor.org/rfc/rfc7515#section-4.1.8)). */
async function thumbprintOf(certificate: string): Promise<string> {
  const der = decodeBase64(certificate) ?? new Uint8Array()
  return encodeBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', der)))
}
