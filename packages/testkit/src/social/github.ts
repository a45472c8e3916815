import { page } from '../html.ts'
import { createBoundedMap } from '../oidc/bounded-map.ts'
import { randomToken } from '../oidc/encoding.ts'
import { json, redirect } from '../oidc/respond.ts'
import { createLog, type Log } from '../request-log.ts'
import { type Application, recordRequest, type SocialRequest } from './application.ts'
import { type Codes, createCodes } from './codes.ts'
import { answerApi } from './github-api.ts'

/** An OAuth App, or a GitHub App, whose permissions stand in the place of scopes. */
export interface GitHubApplication extends Application {
  /** Absent for an OAuth App. */
  readonly permissions?: {
    /** "Email addresses" of the account. */
    readonly emails?: boolean
    /** Where the App is installed, with the permission to see members. */
    readonly organizations?: readonly string[]
  }
}

/** One address of an account. */
export interface GitHubAddress {
  readonly email: string
  readonly primary: boolean
  readonly verified: boolean
  readonly visibility: 'public' | 'private' | null
}

/** That an account belongs to an organisation, or was invited. */
export interface GitHubMembership {
  readonly organization: string
  readonly state: 'active' | 'pending'
  readonly teams?: readonly string[]
  /** The organisation restricts OAuth Apps, and has not approved this one. */
  readonly restricted?: boolean
}

/** Somebody who has an account. */
export interface GitHubAccount {
  readonly id: number
  readonly login: string
  readonly name: string | null
  /** What the profile shows; null for an address that is private. */
  readonly email: string | null
  readonly emails: readonly GitHubAddress[]
  readonly memberships?: readonly GitHubMembership[]
}

/** A stand-in for GitHub, as its documentation describes it. */
export interface GitHub {
  /** Who is signed in there from now on; undefined: somebody who presses "Cancel". */
  account: GitHubAccount | undefined
  readonly requests: Log<SocialRequest>
  fetch(request: Request): Promise<Response>
}

/** What a token may do. */
export interface GitHubGrant {
  readonly account: GitHubAccount
  readonly application: GitHubApplication
  readonly scopes: readonly string[]
}

interface State {
  readonly origin: string
  readonly applications: ReadonlyMap<string, GitHubApplication>
  readonly codes: Codes<GitHubGrant>
  readonly tokens: {
    get(token: string): GitHubGrant | undefined
    set(token: string, grant: GitHubGrant): void
  }
}

/** How a stand-in is made. */
export interface GitHubOptions {
  /** Where people sign in; `https://github.com` unless it is said. The API is on `api.` before it, or at `/api/v3`. */
  readonly origin?: string
  readonly applications: readonly GitHubApplication[]
  readonly account?: GitHubAccount
}

/**
 * Makes a stand-in for GitHub: the web application flow
 * (https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps) and the part of the REST API that
 * says who somebody is. The person agrees at once.
 */
export function createGitHub(options: GitHubOptions): GitHub {
  const { origin = 'https://github.com', applications, account } = options
  const requests = createLog<SocialRequest>()
  const state: State = {
    origin,
    applications: new Map(applications.map((application) => [application.client_id, application])),
    codes: createCodes<GitHubGrant>(),
    tokens: createBoundedMap<GitHubGrant>(1000),
  }
  const gitHub: GitHub = {
    account,
    requests,
    async fetch(request) {
      const path = new URL(request.url).pathname
      const endpoint = path.replace(/^\/(api\/v3|login\/oauth)/, '')
      const recorded = await recordRequest(request, endpoint)
      requests.add(recorded)
      if (path === '/login/oauth/authorize') return authorize(recorded, gitHub.account, state)
      if (path === '/login/oauth/access_token') return exchange(recorded, state)
      return answerApi(recorded, (token) => state.tokens.get(token))
    },
  }
  return gitHub
}

function authorize(
  { parameters }: SocialRequest,
  account: GitHubAccount | undefined,
  { applications, codes, origin }: State,
): Response {
  const application = applications.get(parameters.get('client_id') ?? '')
  if (!application) return page('Not Found', '<h1>404</h1>', 404)
  const [firstUri = ''] = application.redirect_uris
  const redirectUri = parameters.get('redirect_uri') ?? firstUri
  const answer = (members: Record<string, string>, target = redirectUri) => {
    const url = new URL(target)
    const all = { ...members, state: parameters.get('state') ?? '', iss: `${origin}/login/oauth` }
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
    return redirect(url.href)
  }
  // https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-authorization-request-errors
  if (!application.redirect_uris.includes(redirectUri)) {
    return answer({ error: 'redirect_uri_mismatch', error_description: 'not registered' }, firstUri)
  }
  if (parameters.has('code_challenge') && parameters.get('code_challenge_method') !== 'S256') {
    return answer({ error: 'invalid_request', error_description: 'only S256 is accepted' })
  }
  if (!account) return answer({ error: 'access_denied', error_description: 'The user has denied access' })
  const scopes = application.permissions ? [] : (parameters.get('scope') ?? '').split(/[ ,]/)
  return answer({ code: codes.issue({ account, application, scopes }, parameters) })
}

async function exchange(
  { method, headers, parameters }: SocialRequest,
  { applications, codes, tokens }: State,
): Promise<Response> {
  if (method !== 'POST') return page('Not Found', '<h1>404</h1>', 404)
  const isJson = headers.get('accept')?.includes('application/json')
  // An error comes with status 200, and in the form of the Accept header, as everything does.
  const answer = (members: Record<string, string>) =>
    isJson ? json(members) : new Response(new URLSearchParams(members).toString())
  const application = applications.get(parameters.get('client_id') ?? '')
  if (!application || parameters.get('client_secret') !== application.client_secret) {
    return answer({ error: 'incorrect_client_credentials', error_description: 'incorrect' })
  }
  const redeemed = await codes.redeem(application.client_id, parameters)
  if (redeemed === 'redirect_uri') return answer({ error: 'redirect_uri_mismatch' })
  if (typeof redeemed === 'string') return answer({ error: 'bad_verification_code' })
  const token = `${application.permissions ? 'ghu' : 'gho'}_${randomToken(27)}`
  tokens.set(token, redeemed.grant)
  return answer({ access_token: token, token_type: 'bearer', scope: redeemed.grant.scopes.join(',') })
}
