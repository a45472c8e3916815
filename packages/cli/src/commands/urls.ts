import { registrationsOf } from '@doorward/core/config'
import type { Output } from '../output.ts'
import { jsonText, plain } from '../plain.ts'
import { readSource } from '../read-configuration.ts'
import { registrationJson, registrationLines } from '../registration.ts'
import { countProblems, reportProblems } from '../report.ts'
import type { Settings } from '../settings.ts'

/**
 * `doorward urls`: what to register at each identity provider, to be copied.
 *
 * @param asJson for programs: one list on standard output
 * @returns the exit code: 0, or 1 when the configuration has errors
 */
export async function urls(settings: Settings, asJson: boolean, output: Output): Promise<number> {
  const read = await readSource(settings, { secretsLater: true })
  if (!read.compiled) {
    output.error(reportProblems(read, output.colours))
    output.error(`${plain(read.name)}: ${countProblems(read.problems)}`)
    return 1
  }
  const { baseUrl, env } = settings
  const found = read.compiled.connections.map((connection) => ({
    connection: connection.id,
    name: (JSON.parse(connection.settings) as { name: string }).name,
    protocol: connection.protocol,
    registrations: registrationsOf(connection, baseUrl),
  }))
  if (asJson) {
    output.log(
      jsonText(found.map((one) => ({ ...one, registrations: one.registrations.map(registrationJson) }))),
    )
    return 0
  }
  for (const { connection, name, registrations } of found) {
    output.log(plain(`${name} ("${connection}")`))
    for (const line of registrationLines(registrations, env)) output.log(plain(line))
  }
  return 0
}
