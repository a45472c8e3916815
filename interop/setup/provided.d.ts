import 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where people reach Doorward. */
    doorward: string
    /** The file with all that it printed. */
    doorwardLog: string
    /** The origins of the two. */
    simpleSamlPhp: { readonly open: string; readonly strict: string }
    /** Keycloak's origin. */
    keycloak: string
    /** oidc-provider's origin. */
    oidcProvider: string
  }
}
