import { resolve } from 'node:path'
import { type BaseUrl, parseBaseUrl } from '@doorward/core/config'

/** What every command needs to know. */
export interface Settings {
  /** Absolute. */
  readonly configPath: string
  readonly baseUrl: BaseUrl
}

/** What the person typed and what the environment says. */
interface Given {
  readonly configPath: string | undefined
  readonly baseUrl: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
}

/** @returns the settings, or what is missing and how to give it */
export function readSettings({ configPath, baseUrl, env }: Given): Settings | { readonly problem: string } {
  const path = configPath ?? env['AUTH_CONFIG_PATH']
  if (!path) {
    return { problem: 'no configuration file: name it, or set AUTH_CONFIG_PATH=path/to/auth_config.yml' }
  }
  const address = baseUrl ?? env['DOORWARD_BASE_URL']
  if (!address) {
    return {
      problem:
        'no base URL: use --base-url, or set DOORWARD_BASE_URL=https://sso.example.com, where people reach this',
    }
  }
  const parsed = parseBaseUrl(address)
  if ('problem' in parsed) return { problem: `the base URL "${address}" will not do: ${parsed.problem}` }
  return { configPath: resolveFromCaller(path, env), baseUrl: parsed.baseUrl }
}

/** Relative to where the person is, also when a package manager or wrangler changed the folder in between. */
export function resolveFromCaller(path: string, env: Readonly<Record<string, string | undefined>>): string {
  return resolve(env['INIT_CWD'] ?? process.cwd(), path)
}
