import {
  type BaseUrl,
  type CompiledConfiguration,
  type Configuration,
  loadConfiguration,
  parseConfiguration,
} from '@doorward/core/config'

/** Compiles a configuration of a test, without an environment. @throws Error with the first thing that is wrong */
export function compiledOf(input: unknown, baseUrl: BaseUrl): CompiledConfiguration {
  const { compiled, issues } = parseConfiguration(input, {
    baseUrl,
    environment: () => undefined,
    secretsLater: false,
    now: 0,
    readFile: () => ({ problem: 'there are no files' }),
  })
  if (!compiled) throw new Error(`${issues[0]?.path.join('.')}: ${issues[0]?.message}`)
  return compiled
}

/** The same, ready for use. */
export function configurationOf(input: unknown, baseUrl: BaseUrl): Configuration {
  return loadConfiguration(compiledOf(input, baseUrl), () => undefined)
}
