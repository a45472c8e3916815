import { registrationsOf, secretVariables } from '@doorward/core/config'
import type { Output } from '../output.ts'
import { type ReadSource, readSource } from '../read-configuration.ts'
import { countProblems, reportProblems } from '../report.ts'
import type { Settings } from '../settings.ts'

/**
 * `doorward check`: says everything that is wrong with the configuration, and what is still to be done with it.
 *
 * @param asJson for programs: one object on standard output, and nothing else
 * @returns the exit code: 0, or 1 with errors
 */
export async function check(settings: Settings, asJson: boolean, output: Output): Promise<number> {
  const read = await readSource(settings, { secretsLater: true })
  if (asJson) output.log(JSON.stringify(toJson(read, settings), undefined, 2))
  else say(read, settings, output)
  return read.compiled ? 0 : 1
}

function say(read: ReadSource, { baseUrl }: Settings, output: Output): void {
  const { name, compiled, problems } = read
  if (problems.length > 0) output.error(reportProblems(read, output.colours))
  output[compiled ? 'log' : 'error'](`${name}: ${countProblems(problems)}`)
  if (!compiled) return
  for (const connection of compiled.connections) {
    for (const { what, url } of registrationsOf(connection, baseUrl)) {
      output.log(`${what} to register for "${connection.id}": ${url}`)
    }
  }
  for (const variable of secretVariables(compiled)) {
    output.log(`secret to set where Doorward runs: npx wrangler secret put ${variable}`)
  }
}

/** Stable: programs read it. */
function toJson({ name, compiled, problems }: ReadSource, { baseUrl }: Settings): object {
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
  }
}
