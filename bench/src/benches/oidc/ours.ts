import { createMemoryDocumentCache, type Fetch, type OidcConnection, systemClock } from '@doorward/core'
import { type BaseUrl, loadConfiguration, parseBaseUrl, parseConfiguration } from '@doorward/core/config'
import { createOidcProtocol } from '@doorward/core/oidc'
import type { Checker } from './checker.ts'
import type { Input } from './input.ts'
import { DOORWARD, WITH_REQUEST } from './names.ts'
import { createTokenEndpoint } from './token-endpoint.ts'

type Answer = Awaited<ReturnType<ReturnType<typeof createOidcProtocol>['complete']>>

/** As a login does it. The token response is here already: what is checked is all that comes, and all of it. */
export function createOurs(input: Input): Checker<Answer> {
  let body = ''
  const fetch = createTokenEndpoint(input.provider, () => body)
  const exchange = async () => JSON.parse(body)
  const protocol = createOidcProtocol({ ...services, fetch }, undefined, exchange)
  return checkerOf(DOORWARD, input, (answer, tokenResponse) => {
    body = tokenResponse
    return protocol.complete(answer)
  })
}

/** The same with the request for tokens. */
export function createOursWithRequest(input: Input): Checker<Answer> {
  let body = ''
  const fetch: Fetch = createTokenEndpoint(input.provider, () => body)
  const protocol = createOidcProtocol({ ...services, fetch })
  return checkerOf(`${DOORWARD}, ${WITH_REQUEST}`, input, (answer, tokenResponse) => {
    body = tokenResponse
    return protocol.complete(answer)
  })
}

const services = { clock: systemClock, documents: createMemoryDocumentCache(systemClock) }

type CompleteInput = Parameters<ReturnType<typeof createOidcProtocol>['complete']>[0]

function checkerOf(
  name: string,
  { provider, login }: Input,
  complete: (answer: CompleteInput, tokenResponse: string) => Promise<Answer>,
): Checker<Answer> {
  const { baseUrl, connection } = configure(provider.metadata.issuer, login)
  const known = {
    connection,
    baseUrl,
    answerUrl: login.redirectUri,
    transactionId: login.state,
    state: { nonce: login.nonce, codeVerifier: login.codeVerifier },
  }
  return {
    name,
    sees: ['address', 'token', 'at_hash'],
    check: ({ url, tokenResponse }) =>
      complete({ ...known, unverifiedAnswer: url.searchParams, now: systemClock() }, tokenResponse),
    personOf: ({ identity }) => ({
      sub: identity.subject,
      email: identity.email,
      email_verified: identity.emailVerified,
      preferred_username: identity.username,
      name: identity.name,
      given_name: identity.givenName,
      family_name: identity.familyName,
      groups: identity.groups,
    }),
  }
}

/** A provider as a configuration has it. */
function configure(
  issuer: string,
  { clientId, clientSecret }: Input['login'],
): { readonly baseUrl: BaseUrl; readonly connection: OidcConnection } {
  const base = parseBaseUrl('https://sso.example.com')
  if ('problem' in base) throw new Error(base.problem)
  const { baseUrl } = base
  const entry = {
    id: 'acme',
    protocol: 'OIDC',
    name: 'Login of Acme',
    server_url: issuer,
    client_id: clientId,
    client_secret: clientSecret,
    email_domain: ['acme.example'],
  }
  const { compiled, issues } = parseConfiguration(
    { sso: { enabled: true, identity_providers: [entry] } },
    {
      baseUrl,
      environment: () => undefined,
      secretsLater: false,
      now: 0,
      readFile: () => ({ problem: 'there are no files' }),
    },
  )
  if (!compiled) throw new Error(issues[0]?.message)
  const connection = loadConfiguration(compiled, () => undefined).connections[0]?.open()
  if (connection?.protocol !== 'oidc') throw new Error('there is no OpenID Provider')
  return { baseUrl, connection }
}
