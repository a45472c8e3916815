import { resolve } from 'node:path'
import { type CompiledConfiguration, isLoopback } from '@doorward/core/config'
import type { Output } from '../output.ts'
import { plain } from '../plain.ts'
import { readSource } from '../read-configuration.ts'
import { countProblems, reportProblems } from '../report.ts'
import type { Settings } from '../settings.ts'
import { takenLines } from '../taken.ts'
import { writeWhole } from '../write-whole.ts'

/** `doorward compile`: makes of the configuration what runs on the edge. @returns the exit code: 0, or 1 with nothing written */
export async function compile(settings: Settings, out: string, output: Output): Promise<number> {
  // Wrangler says what it builds for: what it runs on this machine may be reached here alone.
  const isLocal = settings.env['WRANGLER_COMMAND'] === 'dev'
  const compiled = await compileForEdge(settings, output, { isLocal })
  if (!compiled) {
    output.error('Nothing was written.')
    return 1
  }
  await writeCompiled(compiled, resolve(out))
  return 0
}

/**
 * Reads a configuration for the edge, and says what is wrong with it.
 *
 * @param isLocal whether an address of this machine alone will do
 * @returns undefined when it can not be used
 */
export async function compileForEdge(
  settings: Settings,
  output: Output,
  { isLocal = false }: { readonly isLocal?: boolean } = {},
): Promise<CompiledConfiguration | undefined> {
  const { baseUrl } = settings
  if (!isLocal && isLoopback(new URL(baseUrl).hostname)) {
    output.error(`${baseUrl} is this machine alone: compile for the address where people will reach Doorward`)
    return undefined
  }
  const read = await readSource(settings, { secretsLater: true })
  if (read.problems.length > 0) output.error(reportProblems(read, output.colours))
  for (const line of takenLines(read.taken)) output.log(plain(line))
  if (!read.compiled) {
    output.error(`${plain(read.name)}: ${countProblems(read.problems)}`)
    return undefined
  }
  const count = read.compiled.connections.length
  output.log(
    `Compiled ${plain(read.name)} for ${baseUrl}: ${count} identity provider${count === 1 ? '' : 's'}.`,
  )
  return read.compiled
}

/** Writes the compiled form whole or not at all, readable by its owner alone: it may hold secrets. */
export async function writeCompiled(compiled: CompiledConfiguration, path: string): Promise<void> {
  await writeWhole(path, `${JSON.stringify(compiled)}\n`, 0o600)
}
