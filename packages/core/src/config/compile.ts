import { SsoError } from '../errors/index.ts'
import type { BaseUrl } from './base-url.ts'
import type {
  Configuration,
  ConfiguredConnection,
  Connection,
  ConnectionSummary,
  SelectionMode,
  ServiceProviderDescription,
} from './connection.ts'
import { type Environment, neededVariables, readSecret } from './variables.ts'

/** Rises when the compiled form changes; one that another version compiled is refused, not guessed at. */
const FORMAT = 4

/**
 * A validated configuration as JSON: what runs where nothing can read YAML. Secrets are in it as they were configured:
 * themselves, or as `${NAME}`, which is looked up where Doorward runs.
 */
export interface CompiledConfiguration {
  readonly format: typeof FORMAT
  /** When it was compiled, in milliseconds since the epoch: the newer of two counts. */
  readonly version: number
  readonly base_url: string
  readonly selection_mode: SelectionMode
  readonly rate_limits: boolean
  readonly service_provider: ServiceProviderDescription
  readonly connections: readonly CompiledConnection[]
}

/** What selection needs, and all the rest as JSON within JSON: unpacked when the connection is first used. */
interface CompiledConnection extends ConnectionSummary {
  readonly settings: string
}

/** The settings that are secrets. */
const SECRETS = ['clientSecret', 'clientPrivateKey'] as const

/** The same as they were configured. */
type Secrets = Readonly<Partial<Record<(typeof SECRETS)[number], string>>>

/** A connection whose secrets are still as they were configured. */
export type ConnectionSettings = WithSecretText<Connection>

type WithSecretText<C> = C extends unknown
  ? { readonly [K in keyof C]: K extends keyof Secrets ? string | undefined : C[K] }
  : never

/** What a configuration says before it is compiled. */
export interface ConfigurationSettings {
  readonly baseUrl: BaseUrl
  readonly selectionMode: SelectionMode
  readonly rateLimits: boolean
  readonly serviceProvider: ServiceProviderDescription
  readonly connections: readonly ConnectionSettings[]
}

/**
 * Turns what was validated into JSON.
 *
 * @param now the time, in milliseconds since the epoch
 */
export function compileConfiguration(settings: ConfigurationSettings, now: number): CompiledConfiguration {
  return {
    format: FORMAT,
    version: now,
    base_url: settings.baseUrl,
    selection_mode: settings.selectionMode,
    rate_limits: settings.rateLimits,
    service_provider: settings.serviceProvider,
    connections: settings.connections.map(compileConnection),
  }
}

function compileConnection(connection: ConnectionSettings): CompiledConnection {
  const { id, protocol, isOffered, reach, weight, issuer, callbackPath, ...rest } = connection
  const summary = { id, protocol, isOffered, reach, weight, issuer, callbackPath }
  return { ...summary, settings: JSON.stringify(rest) }
}

/** The secrets that are looked up where Doorward runs: the names that `${NAME}` has in secret settings. */
export function secretVariables({ connections }: CompiledConfiguration): string[] {
  const names = connections.flatMap(({ settings }) => {
    const read = JSON.parse(settings) as Secrets
    return SECRETS.flatMap((name) => neededVariables(read[name] ?? ''))
  })
  return [...new Set(names)]
}

/**
 * Takes a compiled configuration into use. It was validated when it was compiled and is not validated again.
 *
 * @param environment where secrets that are named, not written, come from
 * @throws SsoError `installation_invalid` when another version of Doorward compiled it
 */
export function loadConfiguration(compiled: CompiledConfiguration, environment: Environment): Configuration {
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
    serviceProvider: compiled.service_provider,
    connections: compiled.connections.map((connection) => configured(connection, environment)),
  }
}

function configured(compiled: CompiledConnection, environment: Environment): ConfiguredConnection {
  let connection: Connection | undefined
  return {
    summary: compiled,
    open() {
      connection ??= unpack(compiled, environment)
      return connection
    },
  }
}

function unpack({ settings, ...summary }: CompiledConnection, environment: Environment): Connection {
  const rest = JSON.parse(settings) as Secrets
  const secrets = SECRETS.flatMap((name) => {
    const text = rest[name]
    return text === undefined ? [] : [[name, readSecret(text, environment)] as const]
  })
  return { ...summary, ...rest, ...Object.fromEntries(secrets) } as unknown as Connection
}
