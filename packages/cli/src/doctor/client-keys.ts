import { SsoError } from '@doorward/core'
import {
  type CompiledConfiguration,
  loadConfiguration,
  type OidcConnection,
  privateKeyProblem,
} from '@doorward/core/config'
import { importClientKey } from '@doorward/core/oidc'
import { environmentOf } from '../read-configuration.ts'
import type { Settings } from '../settings.ts'
import { about, type Finding } from './finding.ts'

/**
 * Reads the private keys that sign in place of a secret, as a login does; those that are not set here, nobody can. Nothing
 * of a key is shown.
 */
export async function checkClientKeys(
  compiled: CompiledConfiguration,
  { env }: Settings,
): Promise<readonly Finding[]> {
  const { connections } = loadConfiguration(compiled, environmentOf(env))
  const found = await Promise.all(
    connections.map((configured) => {
      const connection = configured.open()
      return connection.protocol === 'oidc' ? checkClientKey(connection) : undefined
    }),
  )
  return found.filter((finding) => finding !== undefined)
}

async function checkClientKey({
  id,
  clientPrivateKey: secret,
}: OidcConnection): Promise<Finding | undefined> {
  const text = secret && revealed(() => secret.reveal())
  if (secret === undefined || text === undefined) return undefined
  const key = about('client_key', 'client key')
  const problem = privateKeyProblem(text)
  if (problem) return key.error(`of "${id}": it ${problem.found}`, problem.fix, 'private_key_invalid')
  try {
    const { alg } = await importClientKey(secret, 'RS256')
    // Which of its two ways an RSA key takes is decided with the provider.
    return key.ok(`of "${id}": can sign (${alg === 'RS256' || alg === 'PS256' ? 'RSA' : alg})`)
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    return key.error(
      `of "${id}": none that can sign`,
      'RSA from 2048 bits on, P-256, P-384, P-521 or Ed25519; docs/oidc.md says how one is made',
      'private_key_invalid',
    )
  }
}

/** @returns undefined where the environment here has none: that is said with the secrets */
function revealed(reveal: () => string): string | undefined {
  try {
    return reveal()
  } catch (error) {
    if (error instanceof SsoError) return undefined
    throw error
  }
}
