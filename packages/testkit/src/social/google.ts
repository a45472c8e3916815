import { page } from '../html.ts'
import { personalities } from '../oidc/personalities/index.ts'
import { createOpenIdProvider } from '../oidc/provider.ts'
import { json } from '../oidc/respond.ts'
import type { OpenIdProvider, User } from '../oidc/types.ts'
import type { Application } from './application.ts'

/** Somebody who has an account; `hd` where an organisation manages it. */
export interface GoogleUser extends User {
  readonly hd?: string
}

/** A stand-in for Google, as its documentation describes it. */
export interface Google {
  /** Who is signed in there from now on. */
  user: GoogleUser
  /** What of it is OpenID Connect, with everything that it was asked. */
  readonly provider: OpenIdProvider
  fetch(request: Request): Promise<Response>
}

/** How a stand-in is made. */
export interface GoogleOptions {
  readonly applications: readonly Application[]
  readonly user: GoogleUser
  /** In milliseconds since 1970; the real clock unless it is said. */
  readonly now?: () => number
}

const issuer = 'https://accounts.google.com'

/** Google's addresses, and what is behind them here. */
const addresses: Readonly<Record<string, string>> = {
  'https://accounts.google.com/o/oauth2/v2/auth': '/authorize',
  'https://oauth2.googleapis.com/token': '/token',
  'https://openidconnect.googleapis.com/v1/userinfo': '/userinfo',
  'https://www.googleapis.com/oauth2/v3/certs': '/jwks',
}

const document = {
  issuer,
  authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  token_endpoint: 'https://oauth2.googleapis.com/token',
  userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
  revocation_endpoint: 'https://oauth2.googleapis.com/revoke',
  jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
  response_types_supported: ['code', 'token', 'id_token', 'code token', 'code id_token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid', 'email', 'profile'],
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  code_challenge_methods_supported: ['plain', 'S256'],
}

/**
 * Makes a stand-in for Google's OpenID Provider, on its several hosts
 * (https://developers.google.com/identity/openid-connect/openid-connect). The person is signed in at once.
 */
export async function createGoogle({ applications, user, now }: GoogleOptions): Promise<Google> {
  const provider = await createOpenIdProvider({
    issuer,
    clients: applications,
    ...(now && { now }),
    user: () => google.user,
    personality: {
      ...personalities.good,
      name: 'google',
      hooks: {
        idTokenClaims: (good) => ({
          ...good,
          azp: good.aud,
          ...(google.user.hd === undefined ? {} : { hd: google.user.hd }),
        }),
        // It does not say who it is.
        authorizationResponse(good) {
          const sent = new URLSearchParams(good)
          sent.delete('iss')
          return sent
        },
      },
    },
  })
  const google: Google = {
    user,
    provider,
    async fetch(request) {
      const url = new URL(request.url)
      if (url.href === `${issuer}/.well-known/openid-configuration`) return json(document)
      const path = addresses[`${url.origin}${url.pathname}`]
      if (path === undefined) return json({ error: 'not_found' }, 404)
      const refusal = path === '/authorize' ? refusalOf(url.searchParams) : undefined
      return refusal ?? provider.fetch(new Request(`${issuer}${path}${url.search}`, request))
    },
  }
  return google
}

/** What Google's own page says about a request that it does not understand. */
function refusalOf(parameters: URLSearchParams): Response | undefined {
  const known = ['none', 'consent', 'select_account']
  const prompts = parameters.get('prompt')?.split(' ') ?? []
  if (prompts.every((prompt) => known.includes(prompt))) return undefined
  return page('Error', '<p>Error 400: invalid_request. Invalid parameter value for prompt</p>', 400)
}
