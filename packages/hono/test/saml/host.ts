import {
  type BaseUrl,
  type Configuration,
  createMemoryDocumentCache,
  createMemoryLedger,
  createMemoryLimiter,
  createMemorySessionStore,
  type ErrorCode,
  parseBaseUrl,
  type SamlConnection,
  Secret,
  type SsoEvent,
  systemClock,
} from '@doorward/core'
import { expect } from 'vitest'
import type { PublicErrorCode } from '../../src/contract.ts'
import { type DoorwardOptions, doorward } from '../../src/index.ts'
import type { Browser } from '../browser.ts'
import { createDriver, type Driver, location } from '../suite/driver.ts'
import { type Said, samlResponseOf, tellingSaml } from './telling-saml.ts'

/** A running Doorward whose connections speak SAML, with what happened there. */
export interface SamlHost {
  readonly app: ReturnType<typeof doorward>
  readonly events: SsoEvent[]
  open(): Browser
  /** Who is signed in. */
  readonly session: Driver['session']
  /** Fails unless the browser is sent to the page with this code, for this reason, and nobody is signed in. */
  expectRefused(
    browser: Browser,
    response: Response,
    code: PublicErrorCode,
    reason?: ErrorCode,
  ): Promise<void>
}

/** @returns a base URL. @throws Error when `text` is none */
function baseUrlOf(text: string): BaseUrl {
  const parsed = parseBaseUrl(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed.baseUrl
}

/** What a host of these tests may differ in. */
export interface SamlHostOptions extends Partial<DoorwardOptions> {
  readonly origin?: string
  /** Below which every connection has its identity provider. */
  readonly identityProviders?: string
  readonly rateLimits?: boolean
}

/** Makes a host of its own, with memory adapters where the options bring no others. */
export function createSamlHost(options: SamlHostOptions = {}): SamlHost {
  const { origin = 'http://localhost:8787', identityProviders = 'https://idp.example' } = options
  const { rateLimits = false, ...others } = options
  const events: SsoEvent[] = []
  const clock = options.clock ?? systemClock
  const app = doorward({
    configuration: configuration(baseUrlOf(origin), identityProviders, rateLimits),
    secrets: [new Secret('a secret for tests, not for anything else')],
    ledger: createMemoryLedger(clock),
    sessions: createMemorySessionStore(clock),
    documents: createMemoryDocumentCache(clock),
    saml: tellingSaml,
    limiter: createMemoryLimiter(3, clock),
    events: { emit: (event) => events.push(event) },
    fetch: () => Promise.reject(new Error('nobody is called')),
    clock,
    clientAddress: () => '192.0.2.1',
    ...others,
  })
  const send = async (request: Request) => app.fetch(request)
  const { open, session, expectRefused } = createDriver(() => ({
    origin,
    send,
    tokenRequests: async () => 0,
  }))
  return {
    app,
    events,
    open,
    session,
    async expectRefused(browser, response, code, reason) {
      await expectRefused(browser, response, code)
      const requestId = response.headers.get('x-request-id')
      if (reason) expect(events).toContainEqual(expect.objectContaining({ requestId, code: reason }))
    },
  }
}

/**
 * Of `bound` the domain is known; `posting` is left by a form; the portals take answers that nobody asked for; who came by
 * `leaving` and signs out is to be signed out at the identity provider too.
 */
function configuration(baseUrl: BaseUrl, identityProviders: string, rateLimits: boolean): Configuration {
  const connection = (id: string, changes: Partial<SamlConnection>) => {
    const entityId = `${identityProviders}/${id}`
    const metadata = { kind: 'url', url: `${entityId}/metadata` } as const
    return connectionWith({ id, name: id, entityId, metadata, ...changes })
  }
  const connections = [
    connection('acme', {}),
    connection('bound', { reach: { ...nobody, domains: ['bound.example'] } }),
    connection('posting', { ssoBinding: 'post', name: `Post & "Son's" <b>` }),
    connection('portal', { acceptsIdpInitiated: true }),
    connection('other-portal', { acceptsIdpInitiated: true }),
    connection('leaving', { logsOutAtProvider: true }),
    connection('leaving-too', { logsOutAtProvider: true }),
    connection('off', { isOffered: false }),
  ]
  return {
    baseUrl,
    selectionMode: 'email_address',
    rateLimits,
    serviceProvider: { organization: undefined, contacts: [] },
    connections: connections.map((summary) => ({ summary, open: () => summary })),
  }
}

const nobody = { domains: [], wildcards: [], addresses: [], isDefault: false } as const

function connectionWith(changes: Partial<SamlConnection>): SamlConnection {
  const none: readonly string[] = []
  return {
    protocol: 'saml',
    id: 'acme',
    name: 'Acme',
    isOffered: true,
    reach: nobody,
    weight: 10,
    callbackPath: undefined,
    issuer: undefined,
    emailVerification: 'automatic',
    synchronizesGroups: true,
    roles: { isCaseSensitive: true, rules: [] },
    entityId: 'https://idp.example',
    metadata: { kind: 'url', url: 'https://idp.example/metadata' },
    attributes: {
      uid: none,
      username: none,
      email: none,
      emailVerified: none,
      name: none,
      givenName: none,
      familyName: none,
      picture: none,
      groups: none,
    },
    nameIdFormat: undefined,
    forceAuthn: false,
    authnContext: undefined,
    ssoBinding: 'automatic',
    acceptsIdpInitiated: false,
    signsRequests: 'automatic',
    wantsSignedAssertions: false,
    wantsSignedResponse: false,
    logsOutAtProvider: false,
    ...changes,
  }
}

let assertions = 0

/** An id that no assertion had. */
export function newAssertion(): string {
  return `_assertion-${++assertions}-${crypto.randomUUID()}`
}

/** Where answers to `id` are posted. */
export function acs(id: string): string {
  return `/api/auth/saml/${id}/acs/`
}

/** Begins a login. @returns the transaction, as the identity provider is told it */
export async function begin(browser: Browser, id = 'acme', query = ''): Promise<string> {
  const started = await browser.navigate(`/api/auth/saml/${id}/login/${query}`)
  return new URL(location(started)).searchParams.get('RelayState') ?? ''
}

/** The form with a genuine answer, after some changes. */
export function answerTo(transactionId: string, changes: Partial<Said> = {}): Record<string, string> {
  const said = { inResponseTo: transactionId, assertion: newAssertion(), ...changes }
  return { SAMLResponse: samlResponseOf(said), RelayState: transactionId }
}

/** A whole login, at a connection that is left by a redirect. @returns what the assertion consumer service says */
export async function logIn(
  browser: Browser,
  id = 'acme',
  changes: Partial<Said> & { readonly query?: string } = {},
): Promise<Response> {
  const { query, ...said } = changes
  return browser.post(acs(id), answerTo(await begin(browser, id, query), said))
}

/** What a form on a page holds, as a browser reads it. */
export function formOn(text: string): { readonly action: string; readonly fields: Record<string, string> } {
  // https://html.spec.whatwg.org/#preprocessing-the-input-stream
  const page = text.replace(/\r\n?/g, '\n')
  const action = /<form [^>]*?method="post" action="([^"]*)">/.exec(page)?.[1] ?? ''
  const inputs = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/?>/g)
  return {
    action: unescaped(action),
    fields: Object.fromEntries(
      Array.from(inputs, ([, name = '', value = '']) => [unescaped(name), unescaped(value)]),
    ),
  }
}

function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
  return text.replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_, code?: string, name?: string) =>
    code === undefined ? (named[name ?? ''] ?? '') : String.fromCharCode(Number(code)),
  )
}

/** Makes hosts; one on another runtime brings its own stores. */
export type CreateSamlHost = (options?: SamlHostOptions) => SamlHost
