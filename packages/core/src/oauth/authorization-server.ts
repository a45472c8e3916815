import type { OidcConnection } from '../config/connection.ts'

/**
 * What is known of an authorization server, in the wire spelling of its metadata
 * ([RFC 8414, section 2](https://www.rfc-editor.org/rfc/rfc8414#section-2)). A type and not an interface, because the
 * OAuth library takes only what has an index signature.
 */
export type AuthorizationServer = {
  /** To the letter as the server writes it: the only form that is compared with. */
  readonly issuer: string
  readonly authorization_endpoint: string
  readonly token_endpoint: string
  readonly pushed_authorization_request_endpoint?: string
  readonly require_pushed_authorization_requests?: boolean
  readonly token_endpoint_auth_methods_supported?: string[]
  readonly token_endpoint_auth_signing_alg_values_supported?: string[]
  readonly authorization_response_iss_parameter_supported?: boolean
}

/** Who we are there. */
export type OAuthClient = Pick<OidcConnection, 'clientId' | 'clientSecret' | 'clientAuthentication'> &
  Partial<
    Pick<OidcConnection, 'clientPrivateKey' | 'clientKeyId' | 'clientCertificate' | 'assertionAudience'>
  >
