import * as oauth from 'oauth4webapi'
import type { Checker } from '../checker.ts'
import type { Callback, Input, Person } from '../input.ts'
import { WITH_REQUEST } from '../names.ts'
import { createTokenEndpoint } from '../token-endpoint.ts'

const NAME = 'oauth4webapi'

/** What ours was built on, by itself: each of its checks, the signature with them. */
export function createOauth4webapi(input: Input): Checker<Partial<Person>> {
  const { login } = input
  const client = createClient(input)
  const headers = { 'content-type': 'application/json' }
  return checkerOf(NAME, client, async ({ url, tokenResponse }) => {
    oauth.validateAuthResponse(client.server, client.client, url, login.state)
    // It takes token responses in no other form.
    return new Response(tokenResponse, { headers })
  })
}

/** The same with the request for tokens. */
export function createOauth4webapiWithRequest(input: Input): Checker<Partial<Person>> {
  const { login } = input
  let body = ''
  const client = createClient(input)
  const fetch = createTokenEndpoint(input.provider, () => body)
  const authentication = oauth.ClientSecretPost(login.clientSecret)
  return checkerOf(`${NAME}, ${WITH_REQUEST}`, client, ({ url, tokenResponse }) => {
    body = tokenResponse
    const answer = oauth.validateAuthResponse(client.server, client.client, url, login.state)
    return oauth.authorizationCodeGrantRequest(
      client.server,
      client.client,
      authentication,
      answer,
      login.redirectUri,
      login.codeVerifier,
      { [oauth.customFetch]: fetch },
    )
  })
}

interface Client {
  readonly server: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly nonce: string
  readonly keys: oauth.ValidateSignatureOptions
}

function createClient({ algorithm, provider, login }: Input): Client {
  return {
    server: provider.metadata,
    client: {
      client_id: login.clientId,
      id_token_signed_response_alg: algorithm,
      [oauth.clockTolerance]: 30,
    },
    nonce: login.nonce,
    keys: { [oauth.customFetch]: createTokenEndpoint(provider, () => '') },
  }
}

function checkerOf(
  name: string,
  { server, client, nonce, keys }: Client,
  respond: (callback: Callback) => Promise<Response>,
): Checker<Partial<Person>> {
  const expected = { expectedNonce: nonce, requireIdToken: true }
  return {
    name,
    sees: ['address', 'token'],
    async check(callback) {
      const response = await respond(callback)
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, expected)
      // By its default it trusts what came from the token endpoint.
      await oauth.validateApplicationLevelSignature(server, response, keys)
      return oauth.getValidatedIdTokenClaims(tokens) as Partial<Person> | undefined
    },
    personOf: (claims) => claims,
  }
}
