import { type CompiledConfiguration, loadConfiguration, secretVariables } from '@doorward/core/config'

/**
 * The secrets that may be set where Doorward runs, and have a default in the file: `${NAME:-default}`.
 *
 * @returns their names, without those that another place of the file can not do without
 */
export function optionalSecrets(compiled: CompiledConfiguration): string[] {
  const needed = secretVariables(compiled)
  const names = new Set<string>()
  const { connections } = loadConfiguration(compiled, (name) => {
    names.add(name)
    return undefined
  })
  // Opening one looks its secrets up, and with that says which they are.
  for (const connection of connections) connection.open()
  return [...names].filter((name) => !needed.includes(name))
}
