import type { BaseUrl } from './base-url.ts'
import type { Connection } from './connection.ts'

/**
 * The address at which an identity provider answers: what is registered there as redirect URI. Made from the
 * configuration alone, never from a request's `Host`.
 */
export function callbackUrl(connection: Connection, baseUrl: BaseUrl): string {
  return `${baseUrl}/api/auth/${connection.protocol}/${connection.id}/login/callback/`
}

/** The address at which a login at `connection` begins. */
export function loginUrl(connection: Connection, baseUrl: BaseUrl): URL {
  return new URL(`/api/auth/${connection.protocol}/${connection.id}/login/`, baseUrl)
}
