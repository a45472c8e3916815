import { callbackUrl } from '@doorward/core/config'
import type { Output } from '../output.ts'
import { readConfigurationFile } from '../read-file.ts'
import { countProblems, reportProblems, shortPath } from '../report.ts'
import type { Settings } from '../settings.ts'

/** `doorward check`: says everything that is wrong with the file. @returns the exit code: 0, or 1 with errors */
export async function check({ configPath, baseUrl }: Settings, output: Output): Promise<number> {
  const file = await readConfigurationFile(configPath, baseUrl)
  if (file.problems.length > 0) output.error(reportProblems(file, output.colours))
  const { configuration } = file
  output[configuration ? 'log' : 'error'](`${shortPath(configPath)}: ${countProblems(file.problems)}`)
  if (!configuration) return 1
  for (const connection of configuration.connections) {
    output.log(`redirect URI to register for "${connection.id}": ${callbackUrl(connection, baseUrl)}`)
  }
  return 0
}
