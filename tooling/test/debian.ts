import { existsSync } from 'node:fs'
import { run } from './process.ts'

/** How long a download may take, in milliseconds. */
const LIMIT = 5 * 60_000

/** Installs packages of Debian where we may. Whether they are there afterwards, is for the caller to see. */
export async function installDebianPackages(names: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, limit: LIMIT }
  await run('apt-get', ['update'], options)
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...names], options)
}
