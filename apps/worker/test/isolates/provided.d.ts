import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The bundle that setup.ts made of entry.ts. */
    workerScript: string
    workerCompatibilityDate: string
    /** Where the identity provider is served. */
    issuer: string
  }
}
