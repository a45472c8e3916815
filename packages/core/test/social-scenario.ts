import { loadConfiguration } from '../src/config/compile.ts'
import type { SocialConnection } from '../src/config/connection.ts'
import { parseConfiguration } from '../src/config/parse.ts'
import { randomId } from '../src/encoding/random.ts'
import { createSealer } from '../src/encoding/seal.ts'
import { Secret } from '../src/encoding/secret.ts'
import { SsoError } from '../src/errors/index.ts'
import { beginLogin, type LoginWishes } from '../src/login/begin.ts'
import { completeLogin, openLogin } from '../src/login/complete.ts'
import { DEFAULT_RETURN_TO } from '../src/login/return-to.ts'
import type { LoginServices } from '../src/login/services.ts'
import { createOidcProtocol } from '../src/oidc/oidc-protocol.ts'
import { createMemoryDocumentCache } from '../src/ports/memory/document-cache.ts'
import { createMemoryLedger } from '../src/ports/memory/ledger.ts'
import { createMemorySessionStore } from '../src/ports/memory/session-store.ts'
import { sealDocuments } from '../src/ports/sealed-documents.ts'
import type { Identity } from '../src/ports/session-store.ts'
import { createSelector } from '../src/selection/select.ts'
import { createSessions } from '../src/session/sessions.ts'
import { createSocialProtocol } from '../src/social/social-protocol.ts'
import { createFixedClock, type FixedClock } from '../src/testing/fixed-clock.ts'
import { baseUrl, parseOptionsWith } from './configured.ts'
import { urlOf } from './scenario.ts'

/** Whoever answers for a provider. */
interface StandIn {
  fetch(request: Request): Promise<Response>
}

/** Doorward as a file configures it, and the stand-in for one social provider, in one process. */
export interface SocialScenario {
  readonly clock: FixedClock
  readonly services: LoginServices
  /** Where a login leads. */
  depart(wishes?: Partial<LoginWishes>): Promise<URL>
  /** A whole login. @param change what happens to the answer on its way @returns who is signed in */
  logIn(change?: (answer: URLSearchParams) => void): Promise<Identity>
  /** @returns the code with which a whole login was refused @throws when it was not */
  refusal(change?: (answer: URLSearchParams) => void): Promise<SsoError>
}

/**
 * @param input the configuration, in the format of auth_config.yml
 * @param standIn made with the clock of the scenario
 */
export async function createSocialScenario(
  id: SocialConnection['id'],
  input: object,
  standIn: (now: () => number) => StandIn | Promise<StandIn>,
): Promise<SocialScenario> {
  const clock = createFixedClock(Date.UTC(2026, 0, 1))
  const provider = await standIn(clock.now)
  const { compiled, issues } = parseConfiguration(input, parseOptionsWith())
  if (!compiled) throw new Error(issues.map(({ message }) => message).join('; '))
  const configuration = loadConfiguration(compiled, () => undefined)
  const fetch = (url: string, init: RequestInit) => provider.fetch(new Request(url, init))
  const sealer = createSealer([new Secret(randomId(32))])
  const documents = sealDocuments(createMemoryDocumentCache(clock.now), sealer)
  const oidc = createOidcProtocol({ fetch, clock: clock.now, documents })
  const store = createMemorySessionStore(clock.now)
  const connections = configuration.connections.map(({ summary }) => summary.id)
  const services: LoginServices = {
    baseUrl,
    selector: createSelector(configuration),
    protocols: { oidc, social: createSocialProtocol({ fetch, oidc }) },
    ledger: createMemoryLedger(clock.now),
    sessions: createSessions({ store, sealer, clock: clock.now, connections }),
    sealer,
    clock: clock.now,
  }
  const connection = services.selector.byId('social', id)
  const wishes: LoginWishes = { returnTo: DEFAULT_RETURN_TO, loginHint: undefined, forceLogin: false }

  async function logIn(change: (answer: URLSearchParams) => void = () => undefined): Promise<Identity> {
    const { departure, transaction } = await beginLogin(connection, wishes, services)
    const response = await provider.fetch(new Request(urlOf(departure), { redirect: 'manual' }))
    const location = response.headers.get('location')
    if (location === null) throw new Error(`nobody was sent back: ${await response.text()}`)
    const answer = new URL(location).searchParams
    change(answer)
    const reference = { connection, transactionId: transaction.id, sealedTransaction: transaction.sealed }
    const login = await openLogin(reference, services)
    return (await completeLogin(login, answer, services)).record.identity
  }

  return {
    clock,
    services,
    depart: async (changes) =>
      urlOf((await beginLogin(connection, { ...wishes, ...changes }, services)).departure),
    logIn,
    async refusal(change) {
      try {
        await logIn(change)
      } catch (error) {
        if (error instanceof SsoError) return error
        throw error
      }
      throw new Error('nothing was refused')
    },
  }
}
