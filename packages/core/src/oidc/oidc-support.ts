import type { OidcConnection } from '../config/connection.ts'
import type { ClaimedBefore } from '../login/protocol.ts'
import { createOidcLogout, type OidcLogout } from './logout.ts'
import { createOidcProtocol } from './oidc-protocol.ts'
import { createPublished, type OidcServices } from './published.ts'

/** Logins by OpenID Connect, and signing out of them. */
export interface OidcSupport {
  readonly protocol: ClaimedBefore<OidcConnection>
  readonly logout: OidcLogout
}

/** Makes both, which ask a provider once for what both need. */
export function createOidcSupport(services: OidcServices): OidcSupport {
  const published = createPublished(services)
  return {
    protocol: createOidcProtocol(services, published),
    logout: createOidcLogout(services, published),
  }
}
