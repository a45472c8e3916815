import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { type BaseUrl, isLoopback, parseBaseUrl } from '@doorward/core/config'

/** The variables of an environment, by name. */
export type Variables = Readonly<Record<string, string | undefined>>

/** Where the configuration is: in a file, or in the variables that other products use in place of one. */
export type Source =
  | { readonly kind: 'file' /** Absolute. */; readonly path: string }
  | { readonly kind: 'environment' }

/** What every command about a configuration needs to know. */
export interface Settings {
  readonly source: Source
  readonly baseUrl: BaseUrl
  readonly env: Variables
}

/** What the person typed and what the environment says. */
interface Given {
  readonly configPath: string | undefined
  readonly baseUrl: string | undefined
  readonly env: Variables
}

/** What is missing and how to give it. */
interface SettingsProblem {
  readonly problem: string
}

/** Variables that are a configuration by themselves: ClearML's and W&B's. */
const WITHOUT_FILE = /^(CLEARML__.*__login__sso__.*|OIDC_(ISSUER|CLIENT_ID))$/i

/** @returns whether the environment holds a configuration by itself */
export function hasVariables(env: Variables): boolean {
  return Object.keys(env).some((name) => env[name] && WITHOUT_FILE.test(name))
}

/** @returns the settings, or what is missing and how to give it */
export function readSettings({ configPath, baseUrl, env }: Given): Settings | SettingsProblem {
  const path = configPath ?? env['AUTH_CONFIG_PATH']
  if (!path && !hasVariables(env)) {
    return {
      problem:
        'no configuration: name a file, or set AUTH_CONFIG_PATH=path/to/auth_config.yml; "doorward init" writes a first one',
    }
  }
  const address = readBaseUrl(baseUrl, env)
  if ('problem' in address) return { problem: `${fileMissing(path, configPath, env)}${address.problem}` }
  const source: Source = path ? { kind: 'file', path: resolveFromCaller(path, env) } : { kind: 'environment' }
  return { source, baseUrl: address.baseUrl, env }
}

/** Said first: a misspelt name is what somebody has to mend, whatever else there is. @returns the beginning of a sentence */
function fileMissing(path: string | undefined, typed: string | undefined, env: Variables): string {
  if (!path || existsSync(resolveFromCaller(path, env))) return ''
  return `${path}${typed === undefined ? ' of AUTH_CONFIG_PATH' : ''}: there is no such file; and `
}

/** @returns where people reach Doorward, or what is missing or wrong about it */
export function readBaseUrl(
  given: string | undefined,
  env: Variables,
): { readonly baseUrl: BaseUrl } | SettingsProblem {
  const [name, address] = [
    ['--base-url', given] as const,
    ['DOORWARD_BASE_URL', env['DOORWARD_BASE_URL']] as const,
    ['CVAT_BASE_URL', env['CVAT_BASE_URL']] as const,
    ['CVAT_HOST', ofHost(env['CVAT_HOST'])] as const,
  ].find(([, value]) => value) ?? ['', undefined]
  if (!address) {
    return {
      problem:
        'no base URL: use --base-url, or set DOORWARD_BASE_URL=https://sso.example.com, where people reach this',
    }
  }
  const parsed = parseBaseUrl(address)
  return 'problem' in parsed
    ? { problem: `the base URL "${address}" of ${name} will not do: ${parsed.problem}` }
    : parsed
}

/** A host alone is reached over https, this machine apart. */
function ofHost(host: string | undefined): string | undefined {
  if (!host || host.includes('://')) return host
  const name = URL.parse(`http://${host}`)?.hostname ?? ''
  return `${isLoopback(name) ? 'http' : 'https'}://${host}`
}

/** Relative to where the person is, also when a package manager or wrangler changed the folder in between. */
export function resolveFromCaller(path: string, env: Variables): string {
  return resolve(env['INIT_CWD'] ?? process.cwd(), path)
}

/** @returns `path` as a person in the current folder would type it */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : short
}
