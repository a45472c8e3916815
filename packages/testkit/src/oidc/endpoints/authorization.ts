import { escapeHtml, formPost, page } from '../../html.ts'
import { randomToken } from '../encoding.ts'
import { buildIdToken } from '../id-token.ts'
import type { Personality } from '../personalities/personality.ts'
import { methodNotAllowed, redirect } from '../respond.ts'
import type { Client } from '../types.ts'
import { userClaims } from '../user-claims.ts'
import { type Endpoint, type Grant, loginStep, type ProviderState } from './exchange.ts'
import { isRegistered, parameter, repeatedParameter } from './parameters.ts'

const codeLifetimeSeconds = 60

/** Whom and where to answer. Before both are known to be right, nobody is sent anywhere. */
interface Target {
  readonly client: Client
  readonly redirectUri: string
}

/**
 * Authenticates the user at once, for there is nobody to ask, and sends the browser back with a code, or with an ID token
 * (OpenID Connect Core 1.0 sections 3.1.2 and 3.2.2). A request whose client or redirect URI is not registered gets a
 * page with status 400 and is never redirected (RFC 6749 section 4.1.2.1); other faults go back as error
 * responses.
 */
export const authorization: Endpoint = async ({ state, request: { method, parameters: sent } }) => {
  const parameters = pushedParameters(state, sent) ?? sent
  const personality = state.personality(parameters)
  if (method !== 'GET' && method !== 'POST') return { response: methodNotAllowed('GET, POST'), personality }
  const target = findTarget(state, parameters)
  if (typeof target === 'string') {
    return { response: page('Bad request', `<p>${escapeHtml(target)}</p>`, 400), personality }
  }
  const fault =
    (parameters === sent ? findPushFault(state) : undefined) ??
    findFault(parameters) ??
    findPromptFault(state, parameters)
  if (fault !== undefined) {
    const [error, error_description] = fault
    return { response: respond(state, target, parameters, { error, error_description }), personality }
  }
  return { response: await authorize(state, target, parameters, personality), personality }
}

function findTarget(state: ProviderState, parameters: URLSearchParams): Target | string {
  const repeated = repeatedParameter(parameters)
  if (repeated === 'client_id' || repeated === 'redirect_uri') return `${repeated} is there more than once`
  const client = state.clients.get(parameter(parameters, 'client_id') ?? '')
  if (client === undefined) return 'the client is not registered'
  const redirectUri = parameter(parameters, 'redirect_uri')
  if (redirectUri === undefined) return 'redirect_uri is missing'
  if (!isRegistered(redirectUri, client.redirect_uris))
    return 'the redirect_uri is not registered for this client'
  return { client, redirectUri }
}

/** What the client pushed, once: RFC 9126 section 4. Of what is sent beside it nothing counts. */
function pushedParameters(state: ProviderState, sent: URLSearchParams): URLSearchParams | undefined {
  const requestUri = parameter(sent, 'request_uri') ?? ''
  const pushed = state.pushed.get(requestUri)
  if (pushed === undefined || pushed.expires < state.now()) return undefined
  if (pushed.clientId !== parameter(sent, 'client_id')) return undefined
  state.pushed.delete(requestUri)
  return pushed.parameters
}

function findPushFault({ pushedRequests }: ProviderState): [string, string] | undefined {
  return pushedRequests === 'required' ? ['invalid_request', 'the request must be pushed first'] : undefined
}

/** The first fault of a request, as error code and description. */
export function findFault(parameters: URLSearchParams): [string, string] | undefined {
  const repeated = repeatedParameter(parameters)
  if (repeated !== undefined) return ['invalid_request', `${repeated} is there more than once`]
  if (parameters.has('request')) return ['request_not_supported', 'request objects are not supported']
  if (parameters.has('request_uri')) return ['request_uri_not_supported', 'request objects are not supported']
  const responseType = parameter(parameters, 'response_type')
  if (responseType === undefined) return ['invalid_request', 'response_type is missing']
  if (responseType !== 'code' && responseType !== 'id_token')
    return ['unsupported_response_type', 'only code and id_token are supported']
  if (!responseModes[responseType].includes(responseModeOf(parameters)))
    return ['invalid_request', 'response_mode is not supported']
  if (responseType === 'id_token' && parameter(parameters, 'nonce') === undefined)
    return ['invalid_request', 'nonce is missing']
  const scopes = parameter(parameters, 'scope')?.split(' ') ?? []
  if (!scopes.includes('openid')) return ['invalid_scope', 'the scope openid is missing']
  return findPkceFault(parameters)
}

/** Whether a person must sign in anew: OpenID Connect Core 1.0 section 3.1.2.3. */
function mustSignIn(state: ProviderState, parameters: URLSearchParams): boolean {
  const maxAge = parameter(parameters, 'max_age')
  const isTooOld = maxAge !== undefined && state.now() - (state.signedInAt ?? 0) >= Number(maxAge)
  return promptsIn(parameters).includes('login') || isTooOld
}

function promptsIn(parameters: URLSearchParams): readonly string[] {
  return parameter(parameters, 'prompt')?.split(' ') ?? []
}

/** OpenID Connect Core 1.0 sections 3.1.2.1 and 3.1.2.6. */
function findPromptFault(state: ProviderState, parameters: URLSearchParams): [string, string] | undefined {
  const prompts = promptsIn(parameters)
  if (!prompts.includes('none')) return undefined
  if (prompts.length > 1) return ['invalid_request', 'prompt is none and something else']
  return mustSignIn(state, parameters) ? ['login_required', 'the user must sign in'] : undefined
}

/**
 * How each response type may be answered. A token must not stand in a query: OAuth 2.0 Multiple Response Type Encoding
 * Practices section 5.
 */
const responseModes = { code: ['query', 'form_post'], id_token: ['fragment', 'form_post'] }

/** As asked for, or the default of the response type: OAuth 2.0 Multiple Response Type Encoding Practices section 3. */
function responseModeOf(parameters: URLSearchParams): string {
  const isImplicit = parameter(parameters, 'response_type') === 'id_token'
  return parameter(parameters, 'response_mode') ?? (isImplicit ? 'fragment' : 'query')
}

/** RFC 7636 sections 4.2 to 4.4. A challenge without a method means `plain`, which is not offered. */
function findPkceFault(parameters: URLSearchParams): [string, string] | undefined {
  const challenge = parameter(parameters, 'code_challenge')
  const challengeMethod = parameter(parameters, 'code_challenge_method')
  if (challenge === undefined) {
    return challengeMethod === undefined ? undefined : ['invalid_request', 'code_challenge is missing']
  }
  if (challengeMethod !== 'S256') return ['invalid_request', 'only code_challenge_method=S256 is supported']
  if (!/^[\w-]{43}$/.test(challenge))
    return ['invalid_request', 'the code_challenge is not a SHA-256 in base64url']
  return undefined
}

async function authorize(
  state: ProviderState,
  target: Target,
  parameters: URLSearchParams,
  personality: Personality,
): Promise<Response> {
  const goodUser = state.user(parameters)
  const now = state.now()
  const grant: Grant = {
    ...target,
    personality,
    parameters,
    user: personality.hooks.user?.(goodUser) ?? goodUser,
    authTime: mustSignIn(state, parameters) ? now : (state.signedInAt ?? now),
    sid: state.sid(parameters),
  }
  if (parameter(parameters, 'response_type') === 'id_token') {
    const id_token = await idTokenFor(state, grant)
    return respond(state, target, parameters, { id_token }, grant)
  }
  const code = randomToken()
  state.codes.set(code, { grant, expires: now + codeLifetimeSeconds })
  return respond(state, target, parameters, { code }, grant)
}

/** There is no userinfo without an access token, so all that was asked for is in here: OpenID Connect Core 1.0 section 5.4. */
function idTokenFor(state: ProviderState, grant: Grant): Promise<string> {
  return buildIdToken({
    login: loginStep(state, grant),
    keys: state.keys,
    personality: grant.personality,
    accessToken: undefined,
    authTime: grant.authTime,
    sid: grant.sid,
    userClaims: userClaims(grant.user, grant.parameters),
  })
}

/** `state` and `iss` go with every answer, errors included. RFC 6749 section 4.1.2.1, RFC 9207 section 2. */
function respond(
  state: ProviderState,
  target: Target,
  parameters: URLSearchParams,
  members: Record<string, string>,
  grant?: Grant,
): Response {
  const good = new URLSearchParams(members)
  const stateParameter = parameter(parameters, 'state')
  if (stateParameter !== undefined) good.set('state', stateParameter)
  good.set('iss', state.issuer)
  const hook = grant?.personality.hooks.authorizationResponse
  const sent = (grant && hook?.(good, loginStep(state, grant))) ?? good
  if (parameter(parameters, 'response_mode') === 'form_post') return formPost(target.redirectUri, sent)
  const location = new URL(target.redirectUri)
  // Also what answers a request for an ID token in the query: that is how it is refused.
  if (parameter(parameters, 'response_type') === 'id_token') {
    location.hash = sent.toString()
    return redirect(location.href)
  }
  for (const [name, value] of sent) location.searchParams.append(name, value)
  return redirect(location.href)
}
