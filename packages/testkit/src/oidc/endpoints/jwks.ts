import { json, methodNotAllowed } from '../respond.ts'
import type { Endpoint } from './exchange.ts'

/** Answers with the provider's public key. RFC 7517 section 5. */
export const jwks: Endpoint = ({ state, request }) => {
  const personality = state.personality()
  if (request.method !== 'GET') return { response: methodNotAllowed('GET'), personality }
  const good = { keys: [state.keys.current.publicJwk] }
  return { response: json(personality.hooks.jwks?.(good) ?? good), personality }
}
