import { methodNotAllowed, oauthError } from '../respond.ts'
import { authenticateClient } from './client-authentication.ts'
import type { Endpoint, Exchange } from './exchange.ts'
import { parameter, repeatedParameter } from './parameters.ts'

/**
 * Takes a token back. RFC 7009 section 2. One that is unknown is as good as revoked; one of another client stays.
 */
export const revocation: Endpoint = async (exchange) => {
  return { response: await answer(exchange), personality: exchange.state.personality() }
}

async function answer({ state, request }: Exchange): Promise<Response> {
  const { method, headers, parameters } = request
  if (method !== 'POST') return methodNotAllowed('POST')
  if (repeatedParameter(parameters) !== undefined)
    return oauthError('invalid_request', 'a parameter is repeated')
  const client = await authenticateClient(state, { headers, parameters, endpoint: state.urls.revocation })
  if (client instanceof Response) return client
  const token = parameter(parameters, 'token')
  if (token === undefined) return oauthError('invalid_request', 'token is missing')
  const issued = state.accessTokens.get(token)
  if (issued?.grant.client.client_id === client.client_id) state.accessTokens.delete(token)
  return new Response(null, { status: 200 })
}
