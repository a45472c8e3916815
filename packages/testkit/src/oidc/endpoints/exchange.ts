import type { BoundedMap } from '../bounded-map.ts'
import type { KeyRing } from '../keys.ts'
import type { LoginStep, Personality } from '../personalities/personality.ts'
import type { RecordedRequest } from '../request-log.ts'
import type { Client, OpenIdProviderOptions, User } from '../types.ts'
import type { EndpointUrls } from './discovery.ts'

/** What was agreed at the authorization endpoint; a code, and later an access token, stand for it. */
export interface Grant {
  readonly personality: Personality
  /** The authorization request, `redirect_uri` and `code_challenge` included. */
  readonly parameters: URLSearchParams
  readonly client: Client
  readonly user: User
  readonly redirectUri: string
  readonly authTime: number
  /** What the provider calls its session: each login has its own. */
  readonly sid: string
}

export interface IssuedCode {
  readonly grant: Grant
  readonly expires: number
  /** Once the code is used: what it was given for, to be revoked on a second use. */
  accessToken?: string
}

export interface IssuedAccessToken {
  readonly grant: Grant
  readonly expires: number
}

/** An authorization request that a client pushed. */
export interface PushedRequest {
  readonly parameters: URLSearchParams
  readonly clientId: string
  readonly expires: number
}

/** What all endpoints of one provider share. */
export interface ProviderState {
  readonly issuer: string
  readonly urls: EndpointUrls
  readonly clients: ReadonlyMap<string, Client>
  readonly keys: KeyRing
  readonly codes: BoundedMap<IssuedCode>
  readonly accessTokens: BoundedMap<IssuedAccessToken>
  readonly claimsIn: NonNullable<OpenIdProviderOptions['claimsIn']>
  readonly signedInAt: number | undefined
  readonly assertionAudience: NonNullable<OpenIdProviderOptions['assertionAudience']>
  /** `jti` of the assertions that clients signed. */
  readonly assertions: BoundedMap<true>
  readonly pushedRequests: NonNullable<OpenIdProviderOptions['pushedRequests']>
  /** By their `request_uri`. */
  readonly pushed: BoundedMap<PushedRequest>
  /** Seconds since 1970. */
  now(): number
  /** The personality for a login with these parameters, or for what belongs to no login. */
  personality(parameters?: URLSearchParams): Personality
  user(parameters: URLSearchParams): User
  /** What the session of a login is called. */
  sid(parameters: URLSearchParams): string
}

/** One request on its way through an endpoint. */
export interface Exchange {
  readonly state: ProviderState
  readonly request: RecordedRequest
}

/** An endpoint's good answer, and the personality that may still spoil it on the way out. */
interface Answer {
  readonly response: Response
  readonly personality: Personality
}

export type Endpoint = (exchange: Exchange) => Answer | Promise<Answer>

/** What the hooks of a login are told. */
export function loginStep(state: ProviderState, grant: Grant): LoginStep {
  const { client, user, parameters } = grant
  return { issuer: state.issuer, client, user, parameters, now: state.now() }
}
