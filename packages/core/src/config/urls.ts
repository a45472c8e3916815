import type { BaseUrl } from './base-url.ts'
import type { ConnectionSummary } from './connection.ts'

/** What of a connection is part of its addresses. */
type Addressed = Pick<ConnectionSummary, 'protocol' | 'id'>

/**
 * The address at which an identity provider answers: what is registered there as redirect URI. Made from the
 * configuration alone, never from a request's `Host`.
 */
export function callbackUrl(connection: Addressed, baseUrl: BaseUrl): string {
  return connection.protocol === 'saml'
    ? `${baseUrl}/api/auth/saml/${connection.id}/acs/`
    : `${baseUrl}/api/auth/${connection.protocol}/${connection.id}/login/callback/`
}

/** The address at which a login at `connection` begins. */
export function loginUrl(connection: Addressed, baseUrl: BaseUrl): URL {
  return new URL(`/api/auth/${connection.protocol}/${connection.id}/login/`, baseUrl)
}

/** Something to be registered at an identity provider. */
export interface Registration {
  /** What the standard calls it. */
  readonly what: 'redirect URI' | 'entity ID' | 'assertion consumer service (ACS) URL'
  readonly url: string
}

/** All that is registered at the identity provider of `connection`. */
export function registrationsOf(connection: Addressed, baseUrl: BaseUrl): readonly Registration[] {
  const url = callbackUrl(connection, baseUrl)
  if (connection.protocol !== 'saml') return [{ what: 'redirect URI', url }]
  return [
    { what: 'entity ID', url: `${baseUrl}/api/auth/saml/${connection.id}/metadata/` },
    { what: 'assertion consumer service (ACS) URL', url },
  ]
}
