import type { BaseUrl } from '../config/base-url.ts'
import type { SamlConnection, ServiceProviderDescription } from '../config/connection.ts'
import { callbackUrl, samlEntityId, samlLogoutUrl } from '../config/urls.ts'
import type { ClaimedAfter } from '../login/protocol.ts'
import type { LogoutProtocol } from '../login/provider-logout.ts'
import { createSamlLogout } from './logout.ts'
import { createMetadataSource } from './metadata/source.ts'
import { buildServiceProviderMetadata } from './metadata/sp.ts'
import { createSamlProtocol, type SamlServices } from './saml-protocol.ts'

/** What being a service provider takes. */
export interface ServiceProviderOptions extends SamlServices {
  readonly baseUrl: BaseUrl
  /** Who runs this, and whom to turn to. */
  readonly description: ServiceProviderDescription
}

/** Doorward as a service provider of SAML. */
export interface ServiceProvider {
  readonly protocol: ClaimedAfter<SamlConnection>
  readonly logout: LogoutProtocol<SamlConnection>
  /** What we tell the identity provider of `connection` about ourselves: an XML document. */
  metadata(connection: SamlConnection): string
}

/**
 * Makes a service provider, to be created once for each isolate or process. Does no cryptography and calls nobody yet.
 *
 * @param options without `keys`, nothing is signed and nothing that is encrypted can be read
 */
export function createServiceProvider(options: ServiceProviderOptions): ServiceProvider {
  const { baseUrl, description, keys } = options
  const metadataSource = createMetadataSource(options)
  return {
    protocol: createSamlProtocol(options, metadataSource),
    logout: createSamlLogout(options, metadataSource),
    metadata: (connection) =>
      buildServiceProviderMetadata({
        entityId: samlEntityId(connection, baseUrl),
        acsUrl: callbackUrl(connection, baseUrl),
        sloUrl: samlLogoutUrl(connection, baseUrl),
        keys,
        signsRequests: keys === undefined ? false : connection.signsRequests,
        wantsSignedAssertions: connection.wantsSignedAssertions,
        nameIdFormat: connection.nameIdFormat,
        description,
      }),
  }
}
