import {
  createSamlIdentityProvider,
  generateSamlKey,
  type SamlIdentityProvider,
  type SamlIdentityProviderOptions,
} from '@doorward/testkit/saml'
import type { SamlConnection } from '../src/config/connection.ts'
import { callbackUrl } from '../src/config/urls.ts'
import { randomId } from '../src/encoding/random.ts'
import { createSealer } from '../src/encoding/seal.ts'
import { Secret } from '../src/encoding/secret.ts'
import type { ClaimedAfter, Departure, ProtocolState, UnclaimedAnswer } from '../src/login/protocol.ts'
import type { LogoutProtocol } from '../src/login/provider-logout.ts'
import type { Fetch } from '../src/ports/fetch.ts'
import { createMemoryDocumentCache } from '../src/ports/memory/document-cache.ts'
import { sealDocuments } from '../src/ports/sealed-documents.ts'
import { createServiceProvider } from '../src/saml/service-provider.ts'
import type { ServiceProviderKeys } from '../src/saml/sp-keys.ts'
import { createFixedClock, type FixedClock } from '../src/testing/fixed-clock.ts'
import { baseUrl, samlConnectionWith } from './configured.ts'

/** What may differ from one scenario to the next. */
export interface SamlScenarioOptions {
  readonly idp?: Partial<SamlIdentityProviderOptions>
  readonly connection?: Partial<SamlConnection>
  readonly keys?: ServiceProviderKeys
  /** Stands between us and the identity provider. */
  readonly intercept?: (idp: Fetch) => Fetch
}

/** Doorward's SAML with one connection, and the identity provider of testkit that it leads to, in one process. */
export interface SamlScenario {
  readonly clock: FixedClock
  readonly idp: SamlIdentityProvider
  readonly connection: SamlConnection
  readonly protocol: ClaimedAfter<SamlConnection>
  readonly logout: LogoutProtocol<SamlConnection>
}

const IDP = 'https://idp.example'

/** RSA keys take long to make, and nobody changes this one. */
const savedKeys = { current: await generateSamlKey('RSA', 'current.idp.example') }

/** Trusts what the identity provider's metadata says. */
export async function createSamlScenario(options: SamlScenarioOptions = {}): Promise<SamlScenario> {
  const clock = createFixedClock(Date.UTC(2026, 0, 1))
  const idp = await createSamlIdentityProvider({ baseUrl: IDP, now: clock.now, savedKeys, ...options.idp })
  const connection = samlConnectionWith({
    entityId: idp.entityId,
    metadata: { kind: 'url', url: idp.metadataUrl },
    ...options.connection,
  })
  const direct: Fetch = (url, init) => idp.fetch(new Request(url, init))
  const fetch = options.intercept?.(direct) ?? direct
  const documents = sealDocuments(
    createMemoryDocumentCache(clock.now),
    createSealer([new Secret(randomId(32))]),
  )
  const { protocol, logout } = createServiceProvider({
    fetch,
    clock: clock.now,
    documents,
    keys: options.keys,
    baseUrl,
    description: { organization: undefined, contacts: [] },
  })
  return { clock, idp, connection, protocol, logout }
}

/** A login of which the browser has just come back. */
export interface SamlReturned {
  readonly transactionId: string
  readonly state: ProtocolState
  readonly answer: URLSearchParams
}

/** The first half of a login: to the identity provider and back. */
export async function goAndReturn(scenario: SamlScenario): Promise<SamlReturned> {
  const { connection, protocol, idp } = scenario
  const transactionId = randomId(16)
  const begun = {
    connection,
    baseUrl,
    answerUrl: callbackUrl(connection, baseUrl),
    transactionId,
    loginHint: undefined,
    forceLogin: false,
  }
  const { departure, state } = await protocol.begin(begun)
  const { parameters } = await idp.answer(requestOf(departure))
  return { transactionId, state, answer: parameters }
}

/** What a browser sends to the identity provider. */
export function requestOf(departure: Departure): Request {
  return departure.kind === 'redirect'
    ? new Request(departure.url)
    : new Request(departure.action, { method: 'POST', body: new URLSearchParams({ ...departure.fields }) })
}

/** The second half. */
export function verify(
  { connection, protocol, clock }: SamlScenario,
  { transactionId, state, answer }: SamlReturned,
): Promise<UnclaimedAnswer> {
  return protocol.complete({
    connection,
    baseUrl,
    answerUrl: callbackUrl(connection, baseUrl),
    transactionId,
    state,
    unverifiedAnswer: answer,
    now: clock.now(),
  })
}

/** A whole login, by the protocol alone. */
export async function logIn(scenario: SamlScenario): Promise<UnclaimedAnswer> {
  return verify(scenario, await goAndReturn(scenario))
}
