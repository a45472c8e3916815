import { randomToken } from '../encoding.ts'
import { json, methodNotAllowed, oauthError } from '../respond.ts'
import { findFault } from './authorization.ts'
import { authenticateClient } from './client-authentication.ts'
import type { Endpoint, Exchange } from './exchange.ts'
import { isRegistered, parameter, repeatedParameter } from './parameters.ts'

const lifetimeSeconds = 60

/** Takes an authorization request that a client pushes, and gives it a name: RFC 9126 section 2. */
export const pushedAuthorization: Endpoint = async (exchange) => {
  const { state, request } = exchange
  return { response: await answer(exchange), personality: state.personality(request.parameters) }
}

async function answer({ state, request }: Exchange): Promise<Response> {
  const { method, headers, parameters } = request
  if (state.pushedRequests === 'absent') return json({ error: 'not_found' }, 404)
  if (method !== 'POST') return methodNotAllowed('POST')
  const repeated = repeatedParameter(parameters)
  if (repeated !== undefined) return oauthError('invalid_request', `${repeated} is there more than once`)
  const client = await authenticateClient(state, { headers, parameters, endpoint: state.urls.par })
  if (client instanceof Response) return client
  const fault = findFault(parameters)
  if (fault !== undefined) return oauthError(...fault)
  if (!isRegistered(parameter(parameters, 'redirect_uri') ?? '', client.redirect_uris)) {
    return oauthError('invalid_request', 'the redirect_uri is not registered for this client')
  }
  const request_uri = `urn:ietf:params:oauth:request_uri:${randomToken()}`
  const expires = state.now() + lifetimeSeconds
  state.pushed.set(request_uri, { parameters, clientId: client.client_id, expires })
  return json({ request_uri, expires_in: lifetimeSeconds }, 201)
}
