import { userInfoRequest } from 'oauth4webapi'
import type { BackChannel } from '../back-channel/back-channel.ts'
import { readJsonObject } from '../back-channel/json.ts'
import type { OidcConnection } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import { libraryOptions } from '../oauth/library-options.ts'
import type { ProviderMetadata } from './discovery.ts'

declare const brand: unique symbol

/** Claims from the userinfo endpoint that are about the person of the ID Token. */
export type UserinfoClaims = Readonly<Record<string, unknown>> & { readonly [brand]: 'UserinfoClaims' }

/**
 * Asks the provider for more claims
 * ([OpenID Connect Core, section 5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo)).
 *
 * @param subject the verified `sub` of the ID Token: an answer about anybody else is refused
 * @throws SsoError `userinfo_subject_mismatch`, or one of the provider codes
 */
export async function requestUserinfo(
  {
    connection,
    metadata,
    backChannel,
  }: { connection: OidcConnection; metadata: ProviderMetadata; backChannel: BackChannel },
  accessToken: string,
  subject: string,
): Promise<UserinfoClaims> {
  const client = { client_id: connection.clientId }
  const response = await userInfoRequest(metadata, client, accessToken, libraryOptions(backChannel))
  if (response.status !== 200) {
    const details = { status: response.status }
    throw new SsoError('provider_response_invalid', 'the userinfo endpoint answered with an error status', {
      details,
    })
  }
  const claims = await readJsonObject(response, metadata.userinfo_endpoint ?? metadata.issuer)
  if (claims['sub'] !== subject) {
    throw new SsoError('userinfo_subject_mismatch', 'the userinfo response is about somebody else')
  }
  return claims as UserinfoClaims
}
