import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test/serve-providers.ts listens. */
    providersPort: number
    /** The address of what test/serve-conformance.ts serves. */
    conformanceStage: string
  }
}
