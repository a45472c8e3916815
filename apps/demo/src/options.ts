import { join } from 'node:path'
import { type BaseUrl, parseBaseUrl } from '@doorward/core'
import { readSettings, type Source } from 'doorward'

/** What a start of `dev` was asked for. */
export interface DevOptions {
  readonly port: number
  readonly baseUrl: BaseUrl
  /** The person's own configuration; without one there is a demo identity provider. */
  readonly source: Source | undefined
  readonly env: NodeJS.ProcessEnv
  /** What this start writes: configuration, state. One folder for each port, so that two starts do not meet. */
  readonly workFolder: string
}

/**
 * Reads PORT, DOORWARD_BASE_URL and AUTH_CONFIG_PATH, or the variables that other products use in place of a file.
 *
 * @returns the options, or what is wrong with them
 */
export function readOptions(env: NodeJS.ProcessEnv): DevOptions | { readonly problem: string } {
  const port = Number(env['PORT'] || 8787)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    return { problem: `PORT=${env['PORT']} is not a port: a whole number from 1 to 65535` }
  }
  const address = env['DOORWARD_BASE_URL'] || `http://localhost:${port}`
  const parsed = parseBaseUrl(address)
  if ('problem' in parsed) return { problem: `DOORWARD_BASE_URL=${address} will not do: ${parsed.problem}` }
  const settings = readSettings({ configPath: undefined, baseUrl: address, env })
  return {
    port,
    baseUrl: parsed.baseUrl,
    source: 'problem' in settings ? undefined : settings.source,
    env,
    workFolder: join(import.meta.dirname, '..', '.generated', String(port)),
  }
}
