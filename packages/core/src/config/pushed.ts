import { sha256 } from '../encoding/digest.ts'
import { MAX_SEALED_CONFIGURATION_LENGTH, type Sealer } from '../encoding/seal.ts'
import { SsoError, shown } from '../errors/index.ts'
import type { BaseUrl } from './base-url.ts'
import { type CompiledConfiguration, loadConfiguration } from './compile.ts'

/** Under which key of the shared cache a pushed configuration is. */
export const PUSHED_CONFIGURATION_KEY = 'configuration'

/** By how much the clock of whoever compiled may be ahead of ours, in milliseconds. */
const CLOCK_TOLERANCE = 5 * 60 * 1000

/** Longer than any header, in characters: of what is something else, no more is looked at. */
const MAX_HEADER_LENGTH = 256

/** What a pushed configuration must fit. */
export interface PushedTo {
  readonly sealer: Sealer
  /** Where people reach this installation. */
  readonly baseUrl: BaseUrl
  /** The time, in milliseconds since the epoch. Without end for one that was accepted before, whatever a clock says now. */
  readonly now: number
}

/** What stands in front, sealed by itself, so that little has to be opened to see that the rest is not wanted. */
interface Header {
  readonly version: number
  /** The SHA-256 of the sealed rest. */
  readonly digest: string
}

/**
 * Makes of a compiled configuration what may lie where others can read and write: who lacks the installation's secret
 * learns nothing of it and can not make one. That an old one is not put back is for the reader to see to, by its version.
 *
 * @returns `header.body`, each sealed
 * @throws SsoError `installation_invalid` when it is too large to be pushed
 */
export async function sealConfiguration(compiled: CompiledConfiguration, sealer: Sealer): Promise<string> {
  const body = await sealer.seal('configuration', '', JSON.stringify(compiled))
  const header: Header = { version: compiled.version, digest: await sha256(body) }
  const sealed = `${await sealer.seal('configuration-header', '', JSON.stringify(header))}.${body}`
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
 * @param isWanted is asked before anything large is opened, with a version that is genuine; what it throws is passed on
 * @returns undefined when it is not wanted
 * @throws SsoError `configuration_unreadable` when it was altered, cut, or sealed with a secret that is not in use here;
 *   `installation_invalid` when it is genuine and still does not fit this installation
 */
export async function openConfiguration(
  unverifiedSealed: string,
  to: PushedTo,
): Promise<CompiledConfiguration>
export async function openConfiguration(
  unverifiedSealed: string,
  to: PushedTo,
  isWanted: (version: number) => boolean,
): Promise<CompiledConfiguration | undefined>
export async function openConfiguration(
  unverifiedSealed: string,
  { sealer, baseUrl, now }: PushedTo,
  isWanted?: (version: number) => boolean,
): Promise<CompiledConfiguration | undefined> {
  // We made nothing longer: it is not even hashed.
  if (unverifiedSealed.length > MAX_SEALED_CONFIGURATION_LENGTH) throw unreadable()
  const headerLength = unverifiedSealed.slice(0, MAX_HEADER_LENGTH).indexOf('.')
  const header = await openHeader(unverifiedSealed.slice(0, Math.max(headerLength, 0)), sealer)
  if (isWanted && !isWanted(header.version)) return undefined

  const compiled = await openBody(unverifiedSealed.slice(headerLength + 1), header, sealer)
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

async function openHeader(unverifiedHeader: string, sealer: Sealer): Promise<Header> {
  const text = await sealer.open('configuration-header', '', unverifiedHeader)
  if (text === undefined) throw unreadable()
  // Only we seal headers; but perhaps another version of us.
  const header = JSON.parse(text) as Header
  if (!Number.isSafeInteger(header.version)) throw unreadable()
  return header
}

async function openBody(
  unverifiedBody: string,
  { version, digest }: Header,
  sealer: Sealer,
): Promise<CompiledConfiguration> {
  if ((await sha256(unverifiedBody)) !== digest) throw unreadable()
  const text = await sealer.open('configuration', '', unverifiedBody)
  if (text === undefined) throw unreadable()
  const compiled = read(text)
  if (compiled.version !== version) throw unreadable()
  return compiled
}

function unreadable(): SsoError {
  return new SsoError(
    'configuration_unreadable',
    'the pushed configuration was altered, or sealed with a secret that is not in use here',
  )
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
