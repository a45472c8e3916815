import type { ExpectedResponse } from '../../src/saml/expected.ts'
import { createVerificationKey, type VerificationKey } from '../../src/saml/keys.ts'
import type { KeyPair } from '../../src/saml/sp-keys.ts'
import { baseUrl } from '../configured.ts'

/** When everything happens, in milliseconds since the epoch. */
export const now: number = Date.UTC(2026, 10, 22, 12)

/** The identity provider, us, and the login that is under way. */
export const names = {
  idp: 'https://idp.example/metadata',
  audience: `${baseUrl}/api/auth/saml/acme/metadata/`,
  acsUrl: `${baseUrl}/api/auth/saml/acme/acs/`,
  logoutUrl: `${baseUrl}/api/auth/saml/acme/sls/`,
  requestId: '_request-1',
} as const

/** What an answer to the login is held to. */
export function expectedWith(
  certificates: readonly string[],
  keyPairs: readonly KeyPair[],
): ExpectedResponse {
  return {
    entityId: names.idp,
    keys: keysOf(certificates),
    audience: names.audience,
    acsUrl: names.acsUrl,
    requestId: names.requestId,
    wantsSignedAssertions: false,
    wantsSignedResponse: false,
    authenticatedSince: undefined,
    authnContext: undefined,
    keyPairs,
    now,
  }
}

const known = new Map<string, readonly VerificationKey[]>()

/** @param certificates X.509 in base64 */
export function keysOf(certificates: readonly string[]): readonly VerificationKey[] {
  const id = certificates.join()
  const keys = known.get(id) ?? certificates.flatMap((one) => createVerificationKey(one) ?? [])
  known.set(id, keys)
  return keys
}
