import {
  authorizationCodeGrant,
  ClientSecretPost,
  Configuration,
  customFetch,
  enableNonRepudiationChecks,
} from 'openid-client'
import type { Checker } from '../checker.ts'
import type { Input, Person } from '../input.ts'
import { WITH_REQUEST } from '../names.ts'
import { createTokenEndpoint } from '../token-endpoint.ts'

/** It asks the token endpoint itself; told to, it verifies the signature. */
export function createOpenidClient({ algorithm, provider, login }: Input): Checker<Partial<Person>> {
  const { clientId, clientSecret, state, nonce, codeVerifier } = login
  const metadata = { id_token_signed_response_alg: algorithm }
  const client = new Configuration(provider.metadata, clientId, metadata, ClientSecretPost(clientSecret))
  enableNonRepudiationChecks(client)
  let body = ''
  client[customFetch] = createTokenEndpoint(provider, () => body)
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier }
  return {
    name: `openid-client, ${WITH_REQUEST}`,
    sees: ['address', 'token'],
    async check({ url, tokenResponse }) {
      body = tokenResponse
      const tokens = await authorizationCodeGrant(client, url, checks)
      return tokens.claims() as Partial<Person> | undefined
    },
    personOf: (claims) => claims,
  }
}
