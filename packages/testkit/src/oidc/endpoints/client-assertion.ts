import {
  decodeJwt,
  errors,
  importJWK,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import type { Client } from '../types.ts'
import type { ClientRequest } from './client-authentication.ts'
import type { ProviderState } from './exchange.ts'
import { parameter } from './parameters.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * Verifies a client's assertion: RFC 7523 section 3, with an audience that is one text and a `jti` that is used once.
 *
 * @returns the client, or why it is none
 */
export async function verifyClientAssertion(
  state: ProviderState,
  { parameters, endpoint }: ClientRequest,
): Promise<Client | string> {
  const assertion = parameter(parameters, 'client_assertion') ?? ''
  if (parameter(parameters, 'client_assertion_type') !== assertionType)
    return 'the client_assertion_type is another'
  try {
    const client = state.clients.get(decodeJwt(assertion).iss ?? '')
    if (client?.token_endpoint_auth_method !== 'private_key_jwt') return 'the client is none that signs'
    const { payload } = await jwtVerify(assertion, keyOf(client), {
      algorithms: ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'],
      issuer: client.client_id,
      subject: client.client_id,
      requiredClaims: ['aud', 'exp', 'jti'],
      currentDate: new Date(state.now() * 1000),
    })
    const named = parameter(parameters, 'client_id') ?? client.client_id
    if (named !== client.client_id) return 'client_id and client_assertion name two clients'
    return findFault(state, payload, endpoint) ?? client
  } catch (error) {
    if (error instanceof errors.JOSEError) return error.message
    throw error
  }
}

function findFault(
  state: ProviderState,
  { aud, jti = '' }: JWTPayload,
  endpoint: string,
): string | undefined {
  const audiences = { any: [state.issuer, endpoint], issuer: [state.issuer], endpoint: [endpoint] }
  if (typeof aud !== 'string') return 'the audience is not one text'
  if (!audiences[state.assertionAudience].includes(aud)) return `the audience is ${aud}`
  if (state.assertions.get(jti)) return 'the assertion was used before'
  state.assertions.set(jti, true)
  return undefined
}

/** By the name of the key, by the certificate that stands for it, or the only one there is. */
function keyOf({ jwks }: Client): JWTVerifyGetKey {
  return async ({ alg, kid, 'x5t#S256': thumbprint }) => {
    const keys: readonly JWK[] = jwks?.keys ?? []
    const found = keys.filter(
      (key) =>
        (kid === undefined || key.kid === kid) &&
        (thumbprint === undefined || key['x5t#S256'] === thumbprint),
    )
    const [key] = found
    if (!key || found.length > 1) throw new errors.JWKSNoMatchingKey()
    return importJWK(key, alg)
  }
}
