// Written by `doorward compile` before each build, so it is not in the repository.
declare module '*/.generated/configuration.json' {
  import type { CompiledConfiguration } from '@doorward/core'

  const compiled: CompiledConfiguration
  export default compiled
}
