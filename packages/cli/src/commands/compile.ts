import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Configuration, compileConfiguration, isLoopback } from '@doorward/core/config'
import type { Output } from '../output.ts'
import { readConfigurationFile } from '../read-file.ts'
import { countProblems, reportProblems, shortPath } from '../report.ts'
import type { Settings } from '../settings.ts'

/** `doorward compile`: makes of the file what runs on the edge. @returns the exit code: 0, or 1 with nothing written */
export async function compile(
  { configPath, baseUrl }: Settings,
  out: string,
  output: Output,
): Promise<number> {
  if (isLoopback(new URL(baseUrl).hostname)) {
    output.error(`${baseUrl} is this machine alone: compile for the address where people will reach Doorward`)
    return 1
  }
  const file = await readConfigurationFile(configPath, baseUrl)
  if (file.problems.length > 0) output.error(reportProblems(file, output.colours))
  if (!file.configuration) {
    output.error(`${shortPath(configPath)}: ${countProblems(file.problems)}. Nothing was written.`)
    return 1
  }
  await writeCompiled(file.configuration, resolve(out))
  const count = file.configuration.connections.length
  output.log(
    `Compiled ${shortPath(configPath)} for ${baseUrl}: ${count} identity provider${count === 1 ? '' : 's'}.`,
  )
  return 0
}

/** Writes the compiled form whole or not at all, readable by its owner alone: it holds secrets. */
export async function writeCompiled(configuration: Configuration, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.tmp`
  await writeFile(draft, `${JSON.stringify(compileConfiguration(configuration))}\n`, { mode: 0o600 })
  await rename(draft, path)
}
