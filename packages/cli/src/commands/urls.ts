import { registrationsOf } from '@doorward/core/config'
import type { Output } from '../output.ts'
import { jsonText, plain } from '../plain.ts'
import { readSource } from '../read-configuration.ts'
import { registrationLine } from '../registration.ts'
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
  const registrations = read.compiled.connections.map((connection) => ({
    connection: connection.id,
    name: (JSON.parse(connection.settings) as { name: string }).name,
    protocol: connection.protocol,
    registrations: registrationsOf(connection, settings.baseUrl),
  }))
  if (asJson) output.log(jsonText(registrations))
  else
    for (const { connection, name, registrations: list } of registrations) {
      output.log(plain(`${name} ("${connection}")`))
      for (const registration of list) output.log(plain(registrationLine(registration, settings.env)))
    }
  return 0
}
