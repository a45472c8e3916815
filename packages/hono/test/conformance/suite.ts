import { describe, it } from 'vitest'
import { allModules } from './all-modules.ts'
import { startProvider } from './provider.ts'
import { configurationFor } from './registration.ts'
import { type Installed, perform } from './run.ts'
import { runsOf } from './runs.ts'

export { ORIGIN } from './registration.ts'

/** Where modules are tried. */
export interface ConformanceHost {
  /** Where the providers are: the address of `stage/stage.ts`. */
  readonly stage: string
  /** Makes a Doorward. @param configuration in the format of auth_config.yml */
  install(configuration: unknown): Installed
}

/** On machines that do other things too. */
const PATIENT = 30_000

/**
 * What Doorward does in each situation that the OpenID Foundation's conformance suite has a module for: modelled on it, in files
 * that are named after its modules.
 *
 * @param host gives the host; called in each test
 */
export function conformanceSuite(host: () => ConformanceHost): void {
  for (const [name, module] of Object.entries(allModules)) {
    describe(name, () => {
      for (const run of runsOf(name, module)) {
        const title = `${module.outcome} (${run.flow}, at a provider by ${run.author})`
        it(title, { timeout: PATIENT }, async () => {
          const { stage, install } = host()
          const provider = await startProvider(stage, name, run)
          await perform(module, provider, install(configurationFor(provider.issuer, run.flow, module)))
        })
      }
    })
  }
}
