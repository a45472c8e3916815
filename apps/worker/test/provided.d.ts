import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test/serve-providers.ts listens. */
    providersPort: number
  }
}
