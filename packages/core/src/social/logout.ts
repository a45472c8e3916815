import type { BaseUrl } from '../config/base-url.ts'
import type { SocialConnection } from '../config/connection.ts'
import { socialPostLogoutUrl } from '../config/urls.ts'

/**
 * Where a browser signs out at a social provider, and comes back from: of a user pool, its
 * [logout endpoint](https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html). It takes back no
 * `state`: who comes back is known by a cookie alone.
 *
 * @returns undefined where that is not wanted, or there is no such address, as at Google and GitHub
 */
export function socialLogoutUrl(connection: SocialConnection, baseUrl: BaseUrl): URL | undefined {
  if (connection.provider !== 'amazon-cognito' || !connection.logsOutAtProvider) return undefined
  const url = new URL('/logout', connection.domain)
  url.searchParams.set('client_id', connection.clientId)
  url.searchParams.set('logout_uri', socialPostLogoutUrl(connection, baseUrl))
  return url
}
