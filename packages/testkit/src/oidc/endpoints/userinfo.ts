import { json, methodNotAllowed, oauthError } from '../respond.ts'
import { userClaims } from '../user-claims.ts'
import { type Endpoint, loginStep } from './exchange.ts'

/** Tells about the user of an access token. OpenID Connect Core 1.0 section 5.3, RFC 6750 section 3. */
export const userinfo: Endpoint = ({ state, request }) => {
  const presented = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  const issued = presented === undefined ? undefined : state.accessTokens.get(presented)
  const personality = issued?.grant.personality ?? state.personality()
  if (request.method !== 'GET' && request.method !== 'POST') {
    return { response: methodNotAllowed('GET, POST'), personality }
  }
  if (presented === undefined) {
    // No error code where no token was sent. RFC 6750 section 3.1.
    return {
      response: new Response(null, {
        status: 401,
        headers: { 'www-authenticate': 'Bearer realm="userinfo"' },
      }),
      personality,
    }
  }
  if (issued === undefined || issued.expires < state.now()) {
    const headers = { 'www-authenticate': 'Bearer realm="userinfo", error="invalid_token"' }
    return {
      response: oauthError('invalid_token', 'the access token is not valid', 401, headers),
      personality,
    }
  }
  const { user, parameters } = issued.grant
  const good = { sub: user.sub, ...(state.claimsIn === 'id_token' ? {} : userClaims(user, parameters)) }
  return {
    response: json(personality.hooks.userinfo?.(good, loginStep(state, issued.grant)) ?? good),
    personality,
  }
}
