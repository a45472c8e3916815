import { decodeJwt } from 'jose'
import { escapeHtml, page } from '../../html.ts'
import { methodNotAllowed, redirect } from '../respond.ts'
import type { Endpoint } from './exchange.ts'
import { isRegistered, parameter } from './parameters.ts'

/**
 * Ends the session, of which this provider has none, and sends the browser back if it may.
 * OpenID Connect RP-Initiated Logout 1.0 sections 2 and 3. The hint only tells which client asks; nothing is
 * granted on the strength of it, so its signature, perhaps by a key rotated away, is not checked.
 */
export const endSession: Endpoint = ({ state, request: { method, parameters } }) => {
  const personality = state.personality()
  if (method !== 'GET' && method !== 'POST') return { response: methodNotAllowed('GET, POST'), personality }
  const target = parameter(parameters, 'post_logout_redirect_uri')
  if (target === undefined) return { response: page('Signed out', '<p>You are signed out.</p>'), personality }
  const client = state.clients.get(clientIdOf(parameters) ?? '')
  if (client === undefined || !isRegistered(target, client.post_logout_redirect_uris)) {
    const reason = 'the post_logout_redirect_uri is not registered for this client'
    return { response: page('Bad request', `<p>${escapeHtml(reason)}</p>`, 400), personality }
  }
  return { response: redirect(returnAddress(target, parameters)), personality }
}

function clientIdOf(parameters: URLSearchParams): string | undefined {
  const named = parameter(parameters, 'client_id')
  const hint = parameter(parameters, 'id_token_hint')
  if (hint === undefined) return named
  const audience = audienceOf(hint)
  // Section 2: with both, the provider must verify that they fit together.
  return named === undefined || named === audience ? audience : undefined
}

function audienceOf(hint: string): string | undefined {
  try {
    const { aud } = decodeJwt(hint)
    return typeof aud === 'string' ? aud : undefined
  } catch {
    return undefined
  }
}

function returnAddress(target: string, parameters: URLSearchParams): string {
  const location = new URL(target)
  const stateParameter = parameter(parameters, 'state')
  if (stateParameter !== undefined) location.searchParams.append('state', stateParameter)
  return location.href
}
