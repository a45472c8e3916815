import { decodeJwt } from 'jose'
import type { OidcConnection } from '../config/connection.ts'
import { issuerForTenant, tenantOf } from '../config/entra.ts'
import { SsoError, shown } from '../errors/index.ts'
import type { ProviderMetadata } from './discovery.ts'
import type { IdTokenClaims } from './id-token.ts'

/*
 * Entra ID publishes one issuer for all tenants, with a gap in it; tokens have the tenant there. The gap is filled only
 * where the connection names tenants: elsewhere nothing equals an issuer that has one. Whose tokens are let in is checked
 * last, of what was verified.
 * https://learn.microsoft.com/entra/identity-platform/claims-validation#validate-the-issuer
 */

/** @returns the metadata of the tenant that an answer says it is from, if it says so */
export function metadataOfAnswer(
  { tenants }: OidcConnection,
  metadata: ProviderMetadata,
  unverified: URLSearchParams,
): ProviderMetadata {
  if (tenants.length === 0) return metadata
  const issuer = issuerForTenant(metadata.issuer, tenantOf(unverified.get('iss') ?? ''))
  return { ...metadata, issuer }
}

/** @returns which issuer an ID Token must be from, if it is from the tenant that it says */
export function issuerOfToken(
  { tenants }: OidcConnection,
  { issuer }: ProviderMetadata,
  unverifiedIdToken: string,
): string {
  if (tenants.length === 0) return issuer
  try {
    return issuerForTenant(issuer, decodeJwt(unverifiedIdToken)['tid'])
  } catch {
    // Said by whoever verifies it.
    return issuer
  }
}

/** @returns what sessions and messages from the provider of a connection may say to be from */
export function issuersOf({ tenants }: OidcConnection, { issuer }: ProviderMetadata): readonly string[] {
  return tenants.length > 0 ? tenants.map((tenant) => issuerForTenant(issuer, tenant)) : [issuer]
}

/** @throws SsoError `tenant_not_allowed` for an account of an organisation that the connection does not name */
export function checkTenant({ tenants }: OidcConnection, { tid }: IdTokenClaims): void {
  if (tenants.length > 0 && !tenants.some((tenant) => tenant === tid)) {
    const details = { tenant: shown(tid) }
    throw new SsoError('tenant_not_allowed', 'the connection does not name the organisation of the account', {
      details,
    })
  }
}
