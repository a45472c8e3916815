import { watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { countProblems, type ReadSource, readSource, reportProblems, type Settings } from 'doorward'

/** Where the launcher says something to the person. */
export type Say = (text: string) => void

/**
 * Reads the configuration and says what is wrong with it, if anything.
 *
 * @returns undefined when it can not be used
 */
export async function loadConfiguration(settings: Settings, say: Say): Promise<ReadSource['compiled']> {
  const read = await readSource(settings, { secretsLater: false })
  if (read.problems.length > 0) {
    say(reportProblems(read, process.stdout.hasColors?.() === true))
    say(`${read.name}: ${countProblems(read.problems)}`)
  }
  return read.compiled
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
