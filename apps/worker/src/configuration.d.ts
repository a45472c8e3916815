/** What `doorward compile` made of the installation's auth_config.yml; wrangler.jsonc says where it is. */
declare module 'doorward-configuration' {
  import type { CompiledConfiguration } from '@doorward/core'

  const compiled: CompiledConfiguration
  export default compiled
}
