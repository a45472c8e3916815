import { registrationsOf, secretVariables } from '@doorward/core/config'
import type { Output } from '../output.ts'
import { jsonText, plain } from '../plain.ts'
import { type ReadSource, readSource } from '../read-configuration.ts'
import { countProblems, reportProblems } from '../report.ts'
import type { Settings } from '../settings.ts'
import { takenLines } from '../taken.ts'

/**
 * `doorward check`: says everything that is wrong with the configuration, and what is still to be done with it.
 *
 * @param asJson for programs: one object on standard output, and nothing else
 * @returns the exit code: 0, or 1 with errors
 */
export async function check(settings: Settings, asJson: boolean, output: Output): Promise<number> {
  const read = await readSource(settings, { secretsLater: true })
  if (asJson) output.log(jsonText(toJson(read, settings)))
  else say(read, settings, output)
  return read.compiled ? 0 : 1
}

function say(read: ReadSource, { baseUrl }: Settings, output: Output): void {
  const { name, compiled, problems, taken } = read
  if (problems.length > 0) output.error(reportProblems(read, output.colours))
  output[compiled ? 'log' : 'error'](`${plain(name)}: ${countProblems(problems)}`)
  for (const line of takenLines(taken)) output[compiled ? 'log' : 'error'](plain(line))
  if (!compiled) return
  for (const connection of compiled.connections) {
    for (const { what, url } of registrationsOf(connection, baseUrl)) {
      output.log(plain(`${what} to register for "${connection.id}": ${url}`))
    }
  }
  for (const variable of secretVariables(compiled)) {
    output.log(`secret to set where Doorward runs; in apps/worker: npx wrangler secret put ${variable}`)
  }
}

/** Stable: programs read it. */
function toJson({ name, compiled, problems, taken }: ReadSource, { baseUrl }: Settings): object {
  return {
    source: name,
    valid: compiled !== undefined,
    problems,
    registrations: (compiled?.connections ?? []).flatMap((connection) =>
      registrationsOf(connection, baseUrl).map((registration) => ({
        connection: connection.id,
        ...registration,
      })),
    ),
    secrets: compiled ? secretVariables(compiled) : [],
    environment: taken,
  }
}
