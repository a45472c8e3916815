/** What `doorward compile` made of the installation's auth_config.yml; package.json says where it is. */
declare module '#configuration' {
  import type { CompiledConfiguration } from '@doorward/core'

  const compiled: CompiledConfiguration
  export default compiled
}
