import { existsSync } from 'node:fs'
import { run } from './process.ts'

/** How long a download may take, in milliseconds. */
const LIMIT = 5 * 60_000

/** Installs packages of Debian where we may. Whether they are there afterwards, is for the caller to see. */
export async function installDebianPackages(names: readonly string[]): Promise<void> {
  const [program, ...become] = whoMayInstall()
  if (program === undefined || !existsSync('/usr/bin/apt-get')) return
  const apt = [...become, 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
  await run(program, [...apt, 'update'], { limit: LIMIT })
  await run(program, [...apt, 'install', '-y', '--no-install-recommends', ...names], { limit: LIMIT })
}

/** Root may; and in CI, whoever becomes root without being asked. A person's own machine is theirs. */
function whoMayInstall(): readonly string[] {
  if (process.getuid?.() === 0) return ['env']
  return process.env['CI'] ? ['sudo', '-n', 'env'] : []
}
