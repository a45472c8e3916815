import type { PersonalityHooks } from '@doorward/testkit'
import type { OidcConnection } from '../src/config/connection.ts'
import type { Fetch } from '../src/ports/fetch.ts'
import { createScenario, type Scenario, spoilt } from './scenario.ts'

/** Two organisations, and that of private accounts. */
export const tenantA = '11111111-2222-4333-8444-555555555555'
export const tenantB = '22222222-3333-4444-8555-666666666666'
export const privateAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad'

/** What a test wants of Entra ID. */
export interface EntraOptions {
  readonly loginHost?: string
  /** What stands for the tenant in `server_url`. */
  readonly whose?: string
  /** What the metadata says, where that is not what Microsoft's would. */
  readonly issuer?: string
  /** Whose account it is. */
  readonly tid?: unknown
  /** Other claims of the ID Token. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly connection?: Partial<OidcConnection>
  readonly hooks?: PersonalityHooks
  /** Answers what is asked of hosts that are not for signing in. */
  readonly graph?: Fetch
}

/** A login at something that speaks as Entra ID documents it, on the wire. */
export function createEntra(options: EntraOptions = {}): Promise<Scenario> {
  const { loginHost = 'login.microsoftonline.com', whose = 'organizations', tid = tenantA } = options
  const serverUrl = `https://${loginHost}/${whose}/v2.0`
  const published = { consumers: privateAccounts, common: '{tenantid}', organizations: '{tenantid}' }[whose]
  const issuer = options.issuer ?? `https://${loginHost}/${published ?? whose}/v2.0`
  const personality = spoilt({
    discoveryDocument: (good) => ({
      ...good,
      issuer,
      authorization_response_iss_parameter_supported: undefined,
    }),
    authorizationResponse: (good) => new URLSearchParams([...good].filter(([name]) => name !== 'iss')),
    idTokenClaims: (good) => ({
      ...good,
      iss: `https://${loginHost}/${tid}/v2.0`,
      tid,
      email_verified: undefined,
      ...options.claims,
    }),
    ...options.hooks,
  })
  const graph = options.graph
  return createScenario({
    provider: { issuer: serverUrl, personality },
    connection: { serverUrl, issuer: serverUrl, tenants: [tenantA, tenantB], ...options.connection },
    ...(graph && {
      intercept: (provider) => (url, init) =>
        new URL(url).host === loginHost ? provider(url, init) : graph(url, init),
    }),
  })
}
