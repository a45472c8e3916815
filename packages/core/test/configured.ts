import { type BaseUrl, parseBaseUrl } from '../src/config/base-url.ts'
import type { Configuration, OidcConnection } from '../src/config/connection.ts'
import { Secret } from '../src/encoding/secret.ts'

/** A base URL for tests. @throws Error when `text` is none */
export function baseUrlOf(text: string): BaseUrl {
  const parsed = parseBaseUrl(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.baseUrl
}

/** Where the installation of most tests is reached. */
export const baseUrl: BaseUrl = baseUrlOf('https://sso.example.com')

/** A connection that vouches for no domain, after some changes. */
export function connectionWith(changes: Partial<OidcConnection> = {}): OidcConnection {
  return {
    protocol: 'oidc',
    id: 'acme',
    name: 'Acme',
    emailDomains: [],
    weight: 10,
    serverUrl: 'https://idp.example',
    clientId: 'client-1',
    clientSecret: new Secret('secret of client 1: 100% +'),
    clientAuthentication: 'automatic',
    pkce: true,
    ...changes,
  }
}

/** A configuration with these connections, after some changes. */
export function configurationWith(
  connections: readonly OidcConnection[],
  changes: Partial<Configuration> = {},
): Configuration {
  return { baseUrl, selectionMode: 'email_address', rateLimits: true, connections, ...changes }
}
