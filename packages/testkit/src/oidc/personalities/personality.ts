import type { JSONWebKeySet } from 'jose'
import type { DiscoveryDocument } from '../endpoints/discovery.ts'
import type { SigningKey } from '../keys.ts'
import type { JsonObject } from '../respond.ts'
import type { Client, User } from '../types.ts'

/** A value now or later. */
export type Awaitable<Value> = Value | Promise<Value>

/** Claims of a good ID token. OpenID Connect Core 1.0 section 2. */
export interface IdTokenClaims extends JsonObject {
  iss: string
  sub: string
  aud: string
  exp: number
  iat: number
  auth_time: number
  /** Absent where no access token comes with it. */
  at_hash?: string
  nonce?: string
}

/** What every step of one login knows. */
export interface LoginStep {
  readonly issuer: string
  readonly client: Client
  readonly user: User
  /** Parameters of the authorization request. */
  readonly parameters: URLSearchParams
  /** Seconds since 1970. */
  readonly now: number
}

/** What a forger of ID tokens has at hand. */
export interface IdTokenStep extends LoginStep {
  readonly header: JsonObject
  readonly claims: JsonObject
  /** The provider's key. A real forger has its public half only. */
  readonly key: SigningKey
  /** Somebody else's key. */
  stranger(): Promise<SigningKey>
}

/** The endpoints a relying party calls itself, without the browser. */
export type BackChannelEndpoint = 'discovery' | 'jwks' | 'token' | 'userinfo'

/** What is known when a finished answer goes out. */
export interface ResponseStep {
  readonly endpoint: BackChannelEndpoint
  /** Aborted when the client has gone away. */
  readonly signal: AbortSignal
  /** Address that gives the good answer of this endpoint; a client that follows redirects ends there. */
  readonly elsewhere: string
  readonly slowMilliseconds: number
  readonly dripMilliseconds: number
  readonly hugeBytes: number
}

/**
 * The wire steps at which a personality can act. Each hook is given the good value and returns what is sent
 * instead; it must not change the value it was given.
 */
export interface PersonalityHooks {
  /** Who logs in, before any claim is made of it. */
  user?(good: User): User
  /** OpenID Connect Discovery 1.0 section 3. */
  discoveryDocument?(good: DiscoveryDocument): JsonObject
  /** RFC 7517 section 5. */
  jwks?(good: JSONWebKeySet): JsonObject
  /** What the browser carries back: OpenID Connect Core 1.0 section 3.1.2.5, RFC 9207. */
  authorizationResponse?(good: URLSearchParams, step: LoginStep): URLSearchParams
  /** Header under which the provider's own key signs. */
  idTokenHeader?(good: JsonObject): JsonObject
  /** Claims that the provider's own key signs. */
  idTokenClaims?(good: IdTokenClaims, step: LoginStep): JsonObject
  /** The finished ID token, for forgers. */
  idToken?(good: string, step: IdTokenStep): Awaitable<string>
  /** Members of a successful token response: OpenID Connect Core 1.0 section 3.1.3.3. */
  tokenResponse?(good: JsonObject, step: LoginStep): JsonObject
  /** OpenID Connect Core 1.0 section 5.3.2. */
  userinfo?(good: JsonObject, step: LoginStep): JsonObject
  /** The finished HTTP answer of a back-channel endpoint. */
  response?(good: Response, step: ResponseStep): Awaitable<Response>
}

/** A check that a careless provider leaves out. */
export type Tolerance = 'used-code' | 'wrong-code-verifier'

/** One way for a provider to be: a single named change from good. */
export interface Personality {
  readonly name: string
  /** What is wrong, in one line. */
  readonly wrong: string
  /** Where it is written that a relying party must notice, or must cope. */
  readonly specification: string
  /**
   * What a correct relying party makes of a login: it must end in an error, must succeed, or may do either
   * (for example because policy decides). After `may-succeed` read `wrong`: the value named there must not
   * be believed.
   */
  readonly login: 'must-fail' | 'may-succeed' | 'must-succeed'
  readonly hooks: PersonalityHooks
  readonly tolerates?: readonly Tolerance[]
}

/** A row of the table; the key is the name. */
export type PersonalityEntry = Omit<Personality, 'name'>

/** A copy of an object that lacks some members. */
export function without(object: JsonObject, ...members: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([member]) => !members.includes(member)))
}

/** A copy of URL parameters after a change. */
export function changed(
  parameters: URLSearchParams,
  change: (copy: URLSearchParams) => void,
): URLSearchParams {
  const copy = new URLSearchParams(parameters)
  change(copy)
  return copy
}
