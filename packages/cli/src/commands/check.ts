import {
  type CompiledConfiguration,
  encryptionHabitOf,
  loadConfiguration,
  registrationsOf,
  secretVariables,
} from '@doorward/core/config'
import { optionalSecrets } from '../optional-secrets.ts'
import type { Output } from '../output.ts'
import { jsonText, plain } from '../plain.ts'
import { type ReadSource, readSource } from '../read-configuration.ts'
import { registrationJson } from '../registration.ts'
import { countProblems, reportProblems } from '../report.ts'
import { hasSamlKeys, needText, SAML_KEYS, samlKeysNeeds } from '../saml-keys-need.ts'
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

function say(read: ReadSource, { baseUrl, env }: Settings, output: Output): void {
  const { name, compiled, problems, taken } = read
  if (problems.length > 0) output.error(reportProblems(read, output.colours))
  output[compiled ? 'log' : 'error'](`${plain(name)}: ${countProblems(problems)}`)
  for (const line of takenLines(taken)) output[compiled ? 'log' : 'error'](plain(line))
  if (!compiled) return
  const registrations = compiled.connections.flatMap((connection) =>
    registrationsOf(connection, baseUrl).map((registration) => ({ connection, ...registration })),
  )
  for (const { connection, what, url } of registrations.filter(({ isRequired }) => isRequired)) {
    output.log(plain(`${what} to register for "${connection.id}": ${url}`))
  }
  if (registrations.some(({ isRequired }) => !isRequired)) {
    output.log('what else can be registered, for signing out and for portals: doorward urls')
  }
  for (const variable of secretVariables(compiled)) {
    output.log(`secret to set where Doorward runs; in apps/worker: npx wrangler secret put ${variable}`)
  }
  for (const variable of optionalSecrets(compiled)) {
    output.log(
      `secret that may be set where Doorward runs, else its default in the file is used; in apps/worker: npx wrangler secret put ${variable}`,
    )
  }
  const needs = samlKeysNeeds(compiled)
  if (needs.length > 0 && !hasSamlKeys(env)) {
    const who = needs.map(needText).join('; ')
    output.log(
      plain(`keys to set where Doorward runs: ${SAML_KEYS}, for ${who}; made by: doorward keygen saml-keys`),
    )
  }
  for (const { connection, what, fix } of encryptionNotes(compiled)) {
    output.log(plain(`about encryption by "${connection}": ${what}: ${fix}`))
  }
}

/** What to know before a provider encrypts. */
function encryptionNotes(compiled: CompiledConfiguration) {
  // No secret is needed, so none is there to be lost.
  return loadConfiguration(compiled, () => undefined).connections.flatMap(({ summary, open }) => {
    if (summary.protocol !== 'saml') return []
    const connection = open()
    const habit = connection.protocol === 'saml' ? encryptionHabitOf(connection) : undefined
    return habit ? [{ connection: summary.id, what: habit.what, fix: habit.fix }] : []
  })
}

/** Stable: programs read it. */
function toJson({ name, compiled, problems, taken }: ReadSource, { baseUrl, env }: Settings): object {
  return {
    source: name,
    valid: compiled !== undefined,
    problems,
    registrations: (compiled?.connections ?? []).flatMap((connection) =>
      registrationsOf(connection, baseUrl).map((registration) => ({
        connection: connection.id,
        ...registrationJson(registration),
      })),
    ),
    secrets: compiled ? secretVariables(compiled) : [],
    optional_secrets: compiled ? optionalSecrets(compiled) : [],
    saml_keys: { needed: compiled ? samlKeysNeeds(compiled) : [], set_here: hasSamlKeys(env) },
    encryption: compiled ? encryptionNotes(compiled) : [],
    environment: taken,
  }
}
