import { watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { BaseUrl, Configuration } from '@doorward/core'
import { countProblems, readConfigurationFile, reportProblems, shortPath } from 'doorward'

/** Where the launcher says something to the person. */
export type Say = (text: string) => void

/**
 * Reads the configuration and says what is wrong with it, if anything.
 *
 * @returns undefined when it can not be used
 */
export async function loadConfigurationFile(
  path: string,
  baseUrl: BaseUrl,
  say: Say,
): Promise<Configuration | undefined> {
  const file = await readConfigurationFile(path, baseUrl)
  if (file.problems.length > 0) {
    say(reportProblems(file, process.stdout.hasColors?.() === true))
    say(`${shortPath(path)}: ${countProblems(file.problems)}`)
  }
  return file.configuration
}

/** How long a file must rest before it is read, in milliseconds: editors write in several steps. */
const REST = 40

/**
 * Calls `onChange` whenever the file was saved, until `signal` fires. Watches the folder, because many editors save by
 * replacing the file.
 */
export function watchFile(path: string, signal: AbortSignal, onChange: () => void): void {
  let rest: NodeJS.Timeout | undefined
  watch(dirname(path), { signal }, (_, name) => {
    if (name !== null && name !== basename(path)) return
    clearTimeout(rest)
    rest = setTimeout(onChange, REST)
  })
}
