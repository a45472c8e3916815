import { revocationRequest } from 'oauth4webapi'
import type { BackChannel } from '../back-channel/back-channel.ts'
import { SsoError } from '../errors/index.ts'
import type { AuthorizationServer, OAuthClient } from './authorization-server.ts'
import { clientAuthentication } from './client-authentication.ts'
import { libraryOptions } from './library-options.ts'

/** What giving a token back needs. */
interface Revocation {
  readonly client: OAuthClient
  readonly server: AuthorizationServer
  /** Where tokens are given back. */
  readonly endpoint: string
  readonly token: string
  readonly kind: 'access_token' | 'refresh_token'
  readonly backChannel: BackChannel
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Gives a token back that nobody needs any more
 * ([RFC 7009, section 2](https://www.rfc-editor.org/rfc/rfc7009#section-2)).
 *
 * @throws SsoError `provider_response_invalid` unless it was taken, or another of the provider codes
 */
export async function revokeToken(revocation: Revocation): Promise<void> {
  const { client, server, endpoint, token, kind, backChannel, now } = revocation
  const { status } = await revocationRequest(
    { ...server, revocation_endpoint: endpoint },
    { client_id: client.clientId },
    clientAuthentication(client, server, { endpoint, now }),
    token,
    { ...libraryOptions(backChannel), additionalParameters: { token_type_hint: kind } },
  )
  if (status === 200) return
  const message = 'the revocation endpoint answered with an error status'
  throw new SsoError('provider_response_invalid', message, { details: { status } })
}
