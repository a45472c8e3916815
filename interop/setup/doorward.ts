import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Launch, launch } from '@doorward/demo/test/launcher'

const run = promisify(execFile)

/** Where Doorward will be, and where its files are. */
interface Place {
  readonly port: number
  readonly folder: string
  /** Takes all that it prints: the reasons for refusals are there. */
  readonly logPath: string
}

/** An entry of `identity_providers`: the keys as in auth_config.yml. */
export type Entry = Readonly<Record<string, unknown>>

/**
 * Starts Doorward as `pnpm dev` does: the worker in workerd, and the built page.
 *
 * @param entries every connection, in the words of auth_config.yml
 * @throws Error with all that it printed, when it does not start
 */
export async function startDoorward(place: Place, entries: readonly Entry[]): Promise<Launch> {
  const { port, folder, logPath } = place
  const configPath = join(folder, 'auth_config.yml')
  // JSON is YAML.
  const file = { sso: { enabled: true, identity_providers: entries }, rate_limits: { enabled: false } }
  await writeFile(configPath, JSON.stringify(file, undefined, 2))
  await writeFile(logPath, '')
  const keys = await makeKeys()
  const env = { PORT: String(port), AUTH_CONFIG_PATH: configPath, DOORWARD_SAML_KEYS: keys }
  const doorward = await launch(env, logPath)
  // Whatever ends this process, Doorward ends with it.
  process.once('exit', () => {
    if (doorward.processes().length > 0) doorward.signal('SIGKILL', 'group')
  })
  try {
    await doorward.sees('is running')
    return doorward
  } catch (error) {
    await doorward.close()
    throw error
  }
}

/** As an administrator makes them. */
async function makeKeys(): Promise<string> {
  const cli = join(import.meta.dirname, '../../packages/cli/bin/doorward.mjs')
  const { stdout } = await run(process.execPath, [cli, 'keygen', 'saml-keys', '--host', 'localhost'])
  return stdout.trim()
}
