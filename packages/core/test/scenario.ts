import {
  type Client,
  createOpenIdProvider,
  type OpenIdProvider,
  type OpenIdProviderOptions,
  type Personality,
  type PersonalityHooks,
  personalities,
} from '@doorward/testkit'
import type { OidcConnection } from '../src/config/connection.ts'
import { callbackUrl, postLogoutUrl } from '../src/config/urls.ts'
import { randomId } from '../src/encoding/random.ts'
import { createSealer } from '../src/encoding/seal.ts'
import { Secret } from '../src/encoding/secret.ts'
import { SsoError } from '../src/errors/index.ts'
import type { VerifiedIdentity } from '../src/login/identity.ts'
import type { ClaimedBefore, Departure, ProtocolState, VerifiedAnswer } from '../src/login/protocol.ts'
import type { LoginServices } from '../src/login/services.ts'
import type { OidcLogout } from '../src/oidc/logout.ts'
import { createOidcSupport } from '../src/oidc/oidc-support.ts'
import type { DocumentCache } from '../src/ports/document-cache.ts'
import type { SsoEvent } from '../src/ports/events.ts'
import type { Fetch } from '../src/ports/fetch.ts'
import { createMemoryDocumentCache } from '../src/ports/memory/document-cache.ts'
import { createMemoryLedger } from '../src/ports/memory/ledger.ts'
import { createMemorySessionStore } from '../src/ports/memory/session-store.ts'
import { sealDocuments } from '../src/ports/sealed-documents.ts'
import type { SessionStore } from '../src/ports/session-store.ts'
import { createSelector } from '../src/selection/select.ts'
import { createSessions } from '../src/session/sessions.ts'
import { createFixedClock, type FixedClock } from '../src/testing/fixed-clock.ts'
import { baseUrl, CLIENT_SECRET, configurationWith, connectionWith } from './configured.ts'

/** What may differ from one scenario to the next. */
export interface ScenarioOptions {
  readonly provider?: Partial<OpenIdProviderOptions>
  readonly connection?: Partial<OidcConnection>
  /** Stands between us and the provider. */
  readonly intercept?: (provider: Fetch) => Fetch
}

/** Doorward with one connection, and the OpenID Provider of testkit that the connection leads to, in one process. */
export interface Scenario {
  readonly clock: FixedClock
  readonly provider: OpenIdProvider
  readonly connection: OidcConnection
  readonly protocol: ClaimedBefore<OidcConnection>
  readonly logout: OidcLogout
  readonly services: LoginServices
  /** What the sessions of `services` are kept in. */
  readonly store: SessionStore
  /** What a second process would share with this one: the cache, sealed. */
  readonly documents: DocumentCache
  readonly fetch: Fetch
  /** What was reported. */
  readonly events: SsoEvent[]
}

/** Elliptic keys, because RSA keys take long to make. */
export async function createScenario(options: ScenarioOptions = {}): Promise<Scenario> {
  const clock = createFixedClock(Date.UTC(2026, 0, 1))
  const connection = connectionWith(options.connection)
  const provider = await createOpenIdProvider({
    issuer: 'https://idp.example',
    algorithm: 'ES256',
    now: clock.now,
    clients: [registrationOf(connection)],
    ...options.provider,
  })
  const direct: Fetch = (url, init) => provider.fetch(new Request(url, init))
  const fetch = options.intercept?.(direct) ?? direct
  const sealer = createSealer([new Secret(randomId(32))])
  const documents = sealDocuments(createMemoryDocumentCache(clock.now), sealer)
  const events: SsoEvent[] = []
  const sink = { emit: (event: SsoEvent) => void events.push(event) }
  const { protocol, logout } = createOidcSupport({ fetch, clock: clock.now, documents, events: sink })
  const store = createMemorySessionStore(clock.now)
  const connections = [connection.id]
  const services: LoginServices = {
    baseUrl,
    selector: createSelector(configurationWith([connection])),
    protocols: { oidc: protocol },
    ledger: createMemoryLedger(clock.now),
    sessions: createSessions({ store, sealer, clock: clock.now, connections }),
    sealer,
    clock: clock.now,
  }
  return { clock, provider, connection, protocol, logout, services, store, documents, fetch, events }
}

/** How the provider knows us: by a secret, or as a public client where the connection has none. */
function registrationOf(connection: OidcConnection): Client {
  const known = {
    client_id: connection.clientId,
    redirect_uris: [callbackUrl(connection, baseUrl)],
    post_logout_redirect_uris: [postLogoutUrl(connection, baseUrl)],
  }
  return connection.clientSecret === undefined
    ? { ...known, token_endpoint_auth_method: 'none' }
    : { ...known, client_secret: CLIENT_SECRET }
}

/** Where a browser is sent by an address alone. */
export function urlOf(departure: Departure): URL {
  if (departure.kind !== 'redirect') throw new Error('the browser is to post a form')
  return departure.url
}

/** Goes to the provider as the browser does. @returns what the provider sends back with it */
export async function visit({ provider }: Scenario, url: URL): Promise<URLSearchParams> {
  const response = await provider.fetch(new Request(url, { redirect: 'manual' }))
  if (response.status === 200) return formOn(await response.text())
  const location = response.headers.get('location')
  if (location === null)
    throw new Error(`the provider did not send the browser back: ${await response.text()}`)
  return new URL(location).searchParams
}

/** What the browser is to post. @throws Error when there is no form on the page */
function formOn(page: string): URLSearchParams {
  if (!page.includes('<form method="post"')) throw new Error(`the provider shows a page: ${page}`)
  const inputs = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)
  return new URLSearchParams(Array.from(inputs, ([, name = '', value = '']) => [name, value]))
}

/** A login of which the browser has just come back. */
export interface Returned {
  readonly transactionId: string
  readonly state: ProtocolState
  readonly answer: URLSearchParams
}

/** The first half of a login, by the protocol alone. */
export async function goAndReturn(scenario: Scenario, { forceLogin = false } = {}): Promise<Returned> {
  const transactionId = randomId(16)
  const { connection, protocol } = scenario
  const { departure, state } = await protocol.begin({
    connection,
    baseUrl,
    answerUrl: callbackUrl(connection, baseUrl),
    transactionId,
    loginHint: undefined,
    forceLogin,
  })
  return { transactionId, state, answer: await visit(scenario, urlOf(departure)) }
}

/** The second half. */
export function verify(
  scenario: Scenario,
  { transactionId, state, answer }: Returned,
): Promise<VerifiedAnswer> {
  const { connection, protocol, clock } = scenario
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
export async function logIn(scenario: Scenario): Promise<VerifiedIdentity> {
  return (await verify(scenario, await goAndReturn(scenario))).identity
}

/** @returns the code with which `attempt` was refused. @throws whatever else it rejects with, and when it succeeds */
export async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof SsoError) return error.code
    throw error
  }
  throw new Error('nothing was refused')
}

/** A provider that is good but for these steps. */
export function spoilt(hooks: PersonalityHooks): Personality {
  return { ...personalities.good, name: 'spoilt for one test', hooks }
}
