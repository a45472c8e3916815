import type { BaseUrl } from '../config/base-url.ts'
import type { SamlConnection } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import { createVerificationKey, type VerificationKey } from './keys.ts'
import type { IdpMetadata } from './metadata/idp.ts'
import type { MetadataSource } from './metadata/source.ts'

/** At which connection something is verified. */
interface Verification {
  readonly connection: SamlConnection
  readonly baseUrl: BaseUrl
  readonly metadataSource: MetadataSource
}

/**
 * The keys of an identity provider, as they are known.
 *
 * @throws SsoError `saml_metadata_invalid`, `saml_metadata_expired`, or one of the provider codes
 */
export async function knownKeys({
  connection,
  baseUrl,
  metadataSource,
}: Verification): Promise<readonly VerificationKey[]> {
  return keysOf(await metadataSource.of(connection, baseUrl))
}

/**
 * Verifies with the keys of an identity provider. A signature that fails may be by a key that is newer than what we know:
 * then the keys are looked up anew, as often as `MetadataSource.refreshed` allows.
 *
 * @param verify is called once, or twice: it may change nothing
 * @throws SsoError whatever `verify` throws, `saml_metadata_invalid`, `saml_metadata_expired`, or one of the provider codes
 */
export async function verifyWithCurrentKeys<T>(
  { connection, baseUrl, metadataSource }: Verification,
  verify: (keys: readonly VerificationKey[]) => Promise<T>,
): Promise<T> {
  const known = await metadataSource.of(connection, baseUrl)
  try {
    return await verify(keysOf(known))
  } catch (error) {
    if (!isAboutKeys(error)) throw error
    const newer = await metadataSource.refreshed(connection, baseUrl, known)
    if (!newer) throw error
    return verify(keysOf(newer))
  }
}

/** Made once for each state of the metadata: importing a key takes as long as using it. */
const verificationKeys = new WeakMap<IdpMetadata, readonly VerificationKey[]>()

function keysOf(metadata: IdpMetadata): readonly VerificationKey[] {
  const known = verificationKeys.get(metadata)
  if (known) return known
  const keys = metadata.signingCertificates.flatMap((der) => createVerificationKey(der) ?? [])
  verificationKeys.set(metadata, keys)
  return keys
}

/** Not where the keys were good for what is around it: how long it takes would say what was encrypted. */
function isAboutKeys(error: unknown): boolean {
  return (
    error instanceof SsoError &&
    error.code === 'saml_signature_invalid' &&
    error.details['within'] === undefined
  )
}
