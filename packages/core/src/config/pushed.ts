import { MAX_SEALED_CONFIGURATION_LENGTH, type Sealer } from '../encoding/seal.ts'
import { SsoError, shown } from '../errors/index.ts'
import type { BaseUrl } from './base-url.ts'
import { type CompiledConfiguration, loadConfiguration } from './compile.ts'

/** Under which key of the shared cache a pushed configuration is. */
export const PUSHED_CONFIGURATION_KEY = 'configuration'

/** By how much the clock of whoever compiled may be ahead of ours, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60 * 1000

/** What a pushed configuration must fit. */
export interface PushedTo {
  readonly sealer: Sealer
  /** Where people reach this installation. */
  readonly baseUrl: BaseUrl
  /** The time, in milliseconds since the epoch. */
  readonly now: number
}

/**
 * Makes of a compiled configuration what may lie where others can read and write: who lacks the installation's secret
 * learns nothing of it and can not make one. That an old one is not put back is for the reader to see to, by its version.
 *
 * @throws SsoError `installation_invalid` when it is too large to be pushed
 */
export async function sealConfiguration(compiled: CompiledConfiguration, sealer: Sealer): Promise<string> {
  const sealed = await sealer.seal('configuration', '', JSON.stringify(compiled))
  if (sealed.length > MAX_SEALED_CONFIGURATION_LENGTH) {
    throw new SsoError(
      'installation_invalid',
      'the configuration is too large to be pushed: deploy it instead',
      {
        details: { length: sealed.length, maxLength: MAX_SEALED_CONFIGURATION_LENGTH },
      },
    )
  }
  return sealed
}

/**
 * Opens what {@link sealConfiguration} sealed.
 *
 * @throws SsoError `configuration_unreadable` when it was altered, cut, or sealed with a secret that is not in use here;
 *   `installation_invalid` when it is genuine and still does not fit this installation
 */
export async function openConfiguration(
  unverifiedSealed: string,
  { sealer, baseUrl, now }: PushedTo,
): Promise<CompiledConfiguration> {
  const text = await sealer.open('configuration', '', unverifiedSealed)
  if (text === undefined) {
    throw new SsoError(
      'configuration_unreadable',
      'the pushed configuration was altered, or sealed with a secret that is not in use here',
    )
  }
  const compiled = read(text)
  const { base_url, version } = compiled
  if (base_url !== baseUrl) {
    throw new SsoError('installation_invalid', 'the pushed configuration is for another base URL', {
      details: { expected: baseUrl, received: shown(base_url) },
    })
  }
  // One from the future would stand in the way of all that are pushed until then.
  if (version > now + CLOCK_TOLERANCE) {
    throw new SsoError(
      'installation_invalid',
      'the pushed configuration is from the future: the clock where it was compiled is ahead',
      { details: { version, now } },
    )
  }
  return compiled
}

/** What is sealed was validated when it was compiled, but perhaps by another version of Doorward. */
function read(text: string): CompiledConfiguration {
  try {
    const compiled = JSON.parse(text) as CompiledConfiguration
    loadConfiguration(compiled, () => undefined)
    if (Number.isSafeInteger(compiled.version)) return compiled
  } catch (error) {
    if (error instanceof SsoError) throw error
  }
  throw new SsoError('configuration_unreadable', 'what was pushed is no configuration')
}
