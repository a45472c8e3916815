import type { BaseUrl } from '../../config/base-url.ts'
import type { SamlConnection } from '../../config/connection.ts'
import { encodeUtf8 } from '../../encoding/bytes.ts'
import { SsoError } from '../../errors/index.ts'
import type { Clock } from '../../ports/clock.ts'
import { type IdpMetadata, readIdpMetadata } from './idp.ts'

/**
 * The metadata of connections that have it in their configuration, as a document or in settings. What is configured does
 * not change, so it is read once, and until it expires; what is refused once is refused.
 *
 * @returns a function that throws SsoError `saml_metadata_invalid` or `saml_metadata_expired`
 */
export function createConfiguredMetadata(
  clock: Clock,
): (connection: SamlConnection, baseUrl: BaseUrl) => IdpMetadata {
  const known = new WeakMap<SamlConnection, IdpMetadata | SsoError>()

  return (connection, baseUrl) => {
    let metadata = known.get(connection)
    if (!metadata || isOver(metadata, clock())) {
      metadata = read(connection, baseUrl, clock())
      known.set(connection, metadata)
    }
    if (metadata instanceof SsoError) throw metadata
    return metadata
  }
}

function isOver(metadata: IdpMetadata | SsoError, now: number): boolean {
  const { validUntil = Number.POSITIVE_INFINITY } = metadata instanceof SsoError ? {} : metadata
  return validUntil <= now
}

function read(connection: SamlConnection, baseUrl: BaseUrl, now: number): IdpMetadata | SsoError {
  const { metadata, entityId } = connection
  if (metadata.kind === 'settings') return fromSettings(connection, metadata)
  const xml = metadata.kind === 'document' ? metadata.xml : ''
  try {
    return readIdpMetadata(encodeUtf8(xml), { entityId, now, baseUrl })
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    return error
  }
}

/** A connection that names an address and certificates, which were checked with the configuration. */
function fromSettings(
  { entityId, ssoBinding }: SamlConnection,
  { ssoUrl, sloUrl, certificates }: Extract<SamlConnection['metadata'], { readonly kind: 'settings' }>,
): IdpMetadata {
  const binding = ssoBinding === 'post' ? 'post' : 'redirect'
  const at = (location: string) => ({ location, responseLocation: undefined })
  return {
    entityId,
    singleSignOn: [{ binding, ...at(ssoUrl) }],
    singleLogout: sloUrl === undefined ? [] : [{ binding: 'redirect', ...at(sloUrl) }],
    signingCertificates: certificates,
    wantsSignedRequests: false,
    validUntil: undefined,
    cacheDuration: undefined,
  }
}
