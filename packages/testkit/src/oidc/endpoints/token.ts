import { randomToken, sha256Base64url } from '../encoding.ts'
import { buildIdToken } from '../id-token.ts'
import { json, methodNotAllowed, oauthError } from '../respond.ts'
import type { Client } from '../types.ts'
import { userClaims } from '../user-claims.ts'
import { authenticateClient } from './client-authentication.ts'
import {
  type Endpoint,
  type Exchange,
  type Grant,
  type IssuedCode,
  loginStep,
  type ProviderState,
} from './exchange.ts'
import { parameter, repeatedParameter } from './parameters.ts'

const accessTokenLifetimeSeconds = 300

/** Redeems a code. OpenID Connect Core 1.0 section 3.1.3; errors are those of RFC 6749 section 5.2. */
export const token: Endpoint = async (exchange) => {
  const { state, request } = exchange
  const issued = state.codes.get(parameter(request.parameters, 'code') ?? '')
  const personality = issued?.grant.personality ?? state.personality()
  return { response: await answerTokenRequest(exchange, issued), personality }
}

async function answerTokenRequest(
  { state, request }: Exchange,
  issued: IssuedCode | undefined,
): Promise<Response> {
  const { method, headers, parameters } = request
  if (method !== 'POST') return methodNotAllowed('POST')
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers.get('content-type') ?? '')) {
    return oauthError('invalid_request', 'the body must be application/x-www-form-urlencoded')
  }
  const repeated = repeatedParameter(parameters)
  if (repeated !== undefined) return oauthError('invalid_request', `${repeated} is there more than once`)
  const client = await authenticateClient(state, { headers, parameters, endpoint: state.urls.token })
  if (client instanceof Response) return client
  const grantType = parameter(parameters, 'grant_type')
  if (grantType === undefined) return oauthError('invalid_request', 'grant_type is missing')
  if (grantType !== 'authorization_code')
    return oauthError('unsupported_grant_type', 'only authorization_code is supported')
  for (const name of ['code', 'redirect_uri']) {
    if (parameter(parameters, name) === undefined) return oauthError('invalid_request', `${name} is missing`)
  }
  if (issued === undefined) return oauthError('invalid_grant', 'the code is unknown')
  const verifierFault = await findVerifierFault(issued.grant, parameter(parameters, 'code_verifier'))
  // Nothing is awaited between this check and the mark that `redeem` sets: of requests at the same time, one
  // succeeds.
  const fault = findCodeFault(state, client, parameters, issued) ?? verifierFault
  return fault === undefined ? redeem(state, issued) : oauthError('invalid_grant', fault)
}

/** Why a code can not be redeemed by this request. RFC 6749 section 4.1.3. */
function findCodeFault(
  state: ProviderState,
  client: Client,
  parameters: URLSearchParams,
  { grant, accessToken, expires }: IssuedCode,
): string | undefined {
  if (grant.client.client_id !== client.client_id) return 'the code was issued to another client'
  if (accessToken !== undefined && !grant.personality.tolerates?.includes('used-code')) {
    // Somebody has stolen the code: what it was given for is revoked too. RFC 6749 section 4.1.2.
    state.accessTokens.delete(accessToken)
    return 'the code was used before'
  }
  if (expires < state.now()) return 'the code has expired'
  if (grant.redirectUri !== parameter(parameters, 'redirect_uri'))
    return 'redirect_uri is not the one of the request'
  return undefined
}

/** RFC 7636 section 4.6. A verifier without a challenge is refused too: RFC 9700 section 4.8.2. */
async function findVerifierFault(
  { parameters, personality }: Grant,
  verifier?: string,
): Promise<string | undefined> {
  if (personality.tolerates?.includes('wrong-code-verifier')) return undefined
  const challenge = parameter(parameters, 'code_challenge')
  if (challenge === undefined) return verifier === undefined ? undefined : 'no code_challenge was sent'
  if (verifier === undefined) return 'code_verifier is missing'
  if (!/^[\w.~-]{43,128}$/.test(verifier)) return 'the code_verifier is malformed'
  return (await sha256Base64url(verifier)) === challenge
    ? undefined
    : 'the code_verifier does not fit the code_challenge'
}

async function redeem(state: ProviderState, issued: IssuedCode): Promise<Response> {
  const { grant } = issued
  const { personality } = grant
  const accessToken = randomToken()
  issued.accessToken = accessToken
  const login = loginStep(state, grant)
  state.accessTokens.set(accessToken, { grant, expires: login.now + accessTokenLifetimeSeconds })
  const idToken = await buildIdToken({
    login,
    keys: state.keys,
    personality,
    accessToken,
    authTime: grant.authTime,
    sid: grant.sid,
    userClaims: state.claimsIn === 'userinfo' ? {} : userClaims(grant.user, grant.parameters),
  })
  const good = {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: accessTokenLifetimeSeconds,
    scope: grant.parameters.get('scope'),
    id_token: idToken,
  }
  return json(personality.hooks.tokenResponse?.(good, login) ?? good)
}
