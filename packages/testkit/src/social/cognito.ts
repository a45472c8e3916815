import { page } from '../html.ts'
import { createBoundedMap } from '../oidc/bounded-map.ts'
import { randomToken, utf8 } from '../oidc/encoding.ts'
import { json, redirect } from '../oidc/respond.ts'
import { createLog, type Log } from '../request-log.ts'
import { type Application, bearerOf, recordRequest, type SocialRequest } from './application.ts'
import { createCodes } from './codes.ts'

/** An app client of a user pool. */
export interface CognitoApplication extends Application {
  /** Which scopes are allowed; `openid`, `email` and `profile` unless it is said. */
  readonly scopes?: readonly string[]
  /** "Allowed sign-out URLs", compared character by character. */
  readonly logout_uris?: readonly string[]
}

/** Attributes of a user, as userInfo shows them: all of them texts. */
export type CognitoUser = Readonly<Record<string, string>> & {
  readonly sub: string
  readonly username: string
}

/** A stand-in for the login pages of a user pool of Amazon Cognito. */
export interface Cognito {
  /** Who is signed in there from now on. */
  user: CognitoUser
  readonly requests: Log<SocialRequest>
  fetch(request: Request): Promise<Response>
}

interface Grant {
  readonly user: CognitoUser
  readonly scopes: readonly string[]
}

/** How a stand-in is made. */
export interface CognitoOptions {
  readonly applications: readonly CognitoApplication[]
  readonly user: CognitoUser
}

/**
 * Makes a stand-in for a user pool's domain
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html). The
 * person is signed in at once.
 */
export function createCognito({ applications, user }: CognitoOptions): Cognito {
  const requests = createLog<SocialRequest>()
  const codes = createCodes<Grant>()
  const tokens = createBoundedMap<Grant>(1000)
  const byId = new Map(applications.map((application) => [application.client_id, application]))

  function authorize({ parameters }: SocialRequest): Response {
    const application = byId.get(parameters.get('client_id') ?? '')
    const redirectUri = parameters.get('redirect_uri') ?? ''
    if (!application) return page('Error', '<p>invalid_request</p>', 400)
    if (!application.redirect_uris.includes(redirectUri))
      return page('Error', '<p>redirect_mismatch</p>', 400)
    const scopes = (parameters.get('scope') ?? 'openid').split(' ')
    const allowed = application.scopes ?? ['openid', 'email', 'profile']
    const url = new URL(redirectUri)
    if (scopes.some((scope) => !allowed.includes(scope))) url.searchParams.set('error', 'invalid_scope')
    else url.searchParams.set('code', codes.issue({ user: cognito.user, scopes }, parameters))
    url.searchParams.set('state', parameters.get('state') ?? '')
    return redirect(url.href)
  }

  async function exchange({ method, headers, parameters }: SocialRequest): Promise<Response> {
    if (method !== 'POST') return json({ error: 'invalid_request' }, 405)
    const application = byId.get(parameters.get('client_id') ?? '') ?? byBasic(headers)
    const isKnown =
      application &&
      (headers.get('authorization') === basicOf(application) ||
        parameters.get('client_secret') === application.client_secret)
    if (!isKnown) return json({ error: 'invalid_client' }, 400)
    const redeemed = await codes.redeem(application.client_id, parameters)
    if (typeof redeemed === 'string') return json({ error: 'invalid_grant' }, 400)
    const token = randomToken(64)
    tokens.set(token, redeemed.grant)
    const others = { id_token: 'not.looked.at', refresh_token: randomToken(64) }
    return json({ ...others, access_token: token, token_type: 'Bearer', expires_in: 3600 })
  }

  function byBasic(headers: Headers): CognitoApplication | undefined {
    return applications.find((application) => headers.get('authorization') === basicOf(application))
  }

  function describeUser({ headers }: SocialRequest): Response {
    const grant = tokens.get(bearerOf(headers) ?? '')
    // https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html
    if (!grant?.scopes.includes('openid')) {
      return json({ error: 'invalid_token', error_description: 'Access token is expired or revoked.' }, 401)
    }
    const { email, email_verified, ...others } = grant.user
    const address = Object.entries({ email, email_verified }).filter(([, value]) => value !== undefined)
    return json(grant.scopes.includes('email') ? { ...others, ...Object.fromEntries(address) } : others)
  }

  /** https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html */
  function signOut({ parameters }: SocialRequest): Response {
    const application = byId.get(parameters.get('client_id') ?? '')
    const logoutUri = parameters.get('logout_uri') ?? ''
    const isAllowed = application?.logout_uris?.includes(logoutUri)
    return isAllowed ? redirect(logoutUri) : page('Error', '<p>invalid_request</p>', 400)
  }

  const endpoints: Readonly<Record<string, (request: SocialRequest) => Response | Promise<Response>>> = {
    '/oauth2/authorize': authorize,
    '/oauth2/token': exchange,
    '/oauth2/userInfo': describeUser,
    '/logout': signOut,
  }
  const cognito: Cognito = {
    user,
    requests,
    async fetch(request) {
      const { pathname } = new URL(request.url)
      const recorded = await recordRequest(request, pathname)
      requests.add(recorded)
      return endpoints[pathname]?.(recorded) ?? json({ message: 'Not Found' }, 404)
    },
  }
  return cognito
}

function basicOf({ client_id, client_secret }: Application): string {
  return `Basic ${btoa(String.fromCharCode(...utf8(`${client_id}:${client_secret}`)))}`
}
