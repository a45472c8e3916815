import {
  createMemoryDocumentCache,
  createMemoryLedger,
  createMemoryLimiter,
  createMemorySessionStore,
  Secret,
  type SsoEvent,
  systemClock,
} from '@doorward/core'
import { parseBaseUrl } from '@doorward/core/config'
import { createServiceProvider } from '@doorward/core/saml'
import { listen } from '@doorward/testkit/node'
import { type DoorwardOptions, doorward } from '../src/index.ts'
import { configurationOf } from './configured.ts'
import { createProviders, OPERATOR_TOKEN, type Providers, suiteConfiguration } from './providers.ts'
import type { Host } from './suite/driver.ts'

export const ORIGIN = 'http://localhost:8787'

/** Doorward on Node, with memory adapters where a test does not bring its own. */
export interface NodeHost extends Host {
  /** What it reported. */
  readonly events: SsoEvent[]
  readonly app: ReturnType<typeof doorward>
}

/** The identity providers of the suite, over sockets, and hosts that know them. */
export interface Installation {
  /** Makes a host of its own. */
  createHost(options?: Partial<DoorwardOptions>, rateLimits?: boolean): NodeHost
  close(): Promise<void>
}

/** Serves the suite's identity providers. */
export async function install(): Promise<Installation> {
  let providers: Providers | undefined
  const listener = await listen(async (url) => {
    providers = await createProviders(url)
    return providers
  })
  const baseUrl = parseBaseUrl(ORIGIN)
  if ('problem' in baseUrl) throw new Error(baseUrl.problem)
  // The discard port: nobody listens there.
  const input = suiteConfiguration(listener.url, 'http://127.0.0.1:9')
  const configuration = configurationOf(input, baseUrl.baseUrl)

  return {
    close: () => listener.close(),
    createHost(options = {}, rateLimits = false) {
      const events: SsoEvent[] = []
      const clock = options.clock ?? systemClock
      const app = doorward({
        configuration: { ...configuration, rateLimits },
        secrets: [new Secret('a secret for tests, not for anything else')],
        operatorTokens: [new Secret(OPERATOR_TOKEN)],
        ledger: createMemoryLedger(clock),
        sessions: createMemorySessionStore(clock),
        documents: createMemoryDocumentCache(clock),
        limiter: createMemoryLimiter(0, clock),
        events: { emit: (event) => events.push(event) },
        fetch: (url, init) => fetch(url, init),
        clock,
        saml: (services) =>
          createServiceProvider({
            ...services,
            baseUrl: configuration.baseUrl,
            description: configuration.serviceProvider,
            keys: undefined,
          }),
        clientAddress: (request) => request.headers.get('x-test-address') ?? '',
        ...options,
      })
      return {
        origin: ORIGIN,
        app,
        events,
        send: async (request) => app.fetch(request),
        tokenRequests: async () => providers?.good.requests.count('token') ?? 0,
      }
    },
  }
}
