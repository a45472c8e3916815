import { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'
import type { BaseUrl } from './base-url.ts'
import type { Configuration, Connection } from './connection.ts'

/** Rises when the compiled form changes; one that another version compiled is refused, not guessed at. */
const FORMAT = 1

/** A validated configuration as JSON: what runs where nothing can read YAML. Holds secrets. */
export interface CompiledConfiguration {
  readonly format: typeof FORMAT
  readonly base_url: string
  readonly selection_mode: Configuration['selectionMode']
  readonly rate_limits: boolean
  readonly connections: readonly (Omit<Connection, 'clientSecret'> & { readonly clientSecret: string })[]
}

/** Turns a configuration into JSON. The result holds secrets: it belongs where the program is, nowhere else. */
export function compileConfiguration(configuration: Configuration): CompiledConfiguration {
  return {
    format: FORMAT,
    base_url: configuration.baseUrl,
    selection_mode: configuration.selectionMode,
    rate_limits: configuration.rateLimits,
    connections: configuration.connections.map((connection) => ({
      ...connection,
      clientSecret: connection.clientSecret.reveal(),
    })),
  }
}

/**
 * Takes a compiled configuration into use. It was validated when it was compiled and is not validated again.
 *
 * @throws SsoError `installation_invalid` when another version of Doorward compiled it
 */
export function loadConfiguration(compiled: CompiledConfiguration): Configuration {
  if (compiled.format !== FORMAT) {
    throw new SsoError(
      'installation_invalid',
      'the configuration was compiled by another version: compile it again',
    )
  }
  return {
    baseUrl: compiled.base_url as BaseUrl,
    selectionMode: compiled.selection_mode,
    rateLimits: compiled.rate_limits,
    connections: compiled.connections.map((connection) => ({
      ...connection,
      clientSecret: new Secret(connection.clientSecret),
    })),
  }
}
