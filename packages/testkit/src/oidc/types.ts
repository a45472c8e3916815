import type { JSONWebKeySet } from 'jose'
import type { LogoutStart } from './logout.ts'
import type { Personality, PersonalityName } from './personalities/index.ts'
import type { RequestLog } from './request-log.ts'

/** Algorithms the provider can sign ID tokens with. */
export type SigningAlgorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA'

/** How a client proves itself at the token endpoint. OpenID Connect Core 1.0 section 9. */
export type ClientAuthenticationMethod =
  | 'client_secret_basic'
  | 'client_secret_post'
  | 'private_key_jwt'
  | 'none'

/**
 * A relying party as registered at the provider. Members are spelled as in OpenID Connect Dynamic Client
 * Registration.
 */
export interface Client {
  readonly client_id: string
  /** Absent for a public client, whose method is `none`. */
  readonly client_secret?: string
  /** Compared character by character; `'any'` admits every absolute http(s) URL without a fragment. */
  readonly redirect_uris: readonly string[] | 'any'
  /** Public keys of a client that signs; one may say by `x5t#S256` which certificate stands for it. */
  readonly jwks?: JSONWebKeySet
  /** When absent, either of the methods with a secret is accepted. */
  readonly token_endpoint_auth_method?: ClientAuthenticationMethod
  /** Where the browser may be sent after logout; defaults to nowhere. */
  readonly post_logout_redirect_uris?: readonly string[] | 'any'
  /** Where logout tokens are posted. OpenID Connect Back-Channel Logout 1.0 section 2.2. */
  readonly backchannel_logout_uri?: string
  /** What is put into a frame at logout. OpenID Connect Front-Channel Logout 1.0 section 2. */
  readonly frontchannel_logout_uri?: string
}

/** The person the provider says has logged in, as standard claims. OpenID Connect Core 1.0 section 5.1. */
export interface User {
  readonly sub: string
  readonly email?: string
  /** A boolean by the standard; providers exist that send a string, so the wire may carry one. */
  readonly email_verified?: boolean | string
  readonly name?: string
  readonly given_name?: string
  readonly family_name?: string
  readonly preferred_username?: string
  readonly picture?: string
  readonly groups?: readonly string[]
}

/**
 * What an authorization request decides: anything that can be computed from its parameters, or a constant.
 */
export type PerLogin<Value> = Value | ((parameters: URLSearchParams) => Value)

/** A personality by name from the table, or one of your own. */
export type PersonalityReference = PersonalityName | Personality

export interface OpenIdProviderOptions {
  /**
   * Issuer identifier, exactly as it is to appear in the discovery document and in `iss`. It may have a
   * path.
   */
  readonly issuer: string
  readonly clients: readonly Client[]
  /** Who logs in; defaults to `user-1` with a verified address. */
  readonly user?: PerLogin<User>
  /** What the provider calls the session of a login, in the claim `sid`; defaults to a new name for each. */
  readonly sid?: PerLogin<string>
  /** How the provider misbehaves; defaults to `good`. */
  readonly personality?: PerLogin<PersonalityReference>
  /** Signature algorithm of ID tokens; defaults to RS256. */
  readonly algorithm?: SigningAlgorithm
  /** Where the user's claims are found; defaults to both. `sub` is always in both. */
  readonly claimsIn?: 'id_token' | 'userinfo' | 'both'
  /**
   * Whom a client's assertion must name as its audience; defaults to `any`: the issuer, or the address that is called.
   * `endpoint` is how Okta has it.
   */
  readonly assertionAudience?: 'any' | 'issuer' | 'endpoint'
  /** Whether clients may, or must, push their requests first (RFC 9126); defaults to `absent`. */
  readonly pushedRequests?: 'absent' | 'offered' | 'required'
  /** When people signed in at the provider, in seconds since 1970; defaults to the moment of each login. */
  readonly signedInAt?: number
  /** The provider's clock, in milliseconds since 1970; defaults to the real one. */
  readonly now?: () => number
  /** How long the `slow` personalities wait before they answer, in milliseconds; defaults to 30 seconds. */
  readonly slowMilliseconds?: number
  /** Pause between two bytes of the `drip` personalities, in milliseconds; defaults to 100. */
  readonly dripMilliseconds?: number
  /** Size of the answers of the `huge` personalities, in bytes; defaults to 50 MB. */
  readonly hugeBytes?: number
}

/** An OpenID Provider made of one fetch handler. It keeps its state in memory. */
export interface OpenIdProvider {
  readonly issuer: string
  /** Everything the provider was asked, oldest first, with counts per endpoint. */
  readonly requests: RequestLog
  /** Who logs in from now on. */
  user: PerLogin<User>
  /**
   * How logins that begin from now on are spoilt. A login keeps the personality with which it began. The
   * discovery document and the key set belong to no login: they follow this value, and are good while it is
   * a function.
   */
  personality: PerLogin<PersonalityReference>
  /**
   * Answers one HTTP request. Routing looks at the path only, so the handler works behind any host name.
   *
   * @throws ConnectionReset under the `reset` personalities; whoever serves the handler then drops the
   * connection.
   */
  fetch(request: Request): Promise<Response>
  /**
   * A logout token. OpenID Connect Back-Channel Logout 1.0 section 2.4.
   *
   * @throws TypeError when the client is not registered
   */
  logoutToken(logout: LogoutStart): Promise<string>
  /**
   * The request with which a relying party is told, to be sent with `fetch` or handed to a handler.
   *
   * @throws TypeError when the client is not registered, or has no `backchannel_logout_uri`
   */
  backChannelLogout(logout: LogoutStart): Promise<Request>
  /**
   * The address that a browser is to fetch in a frame. OpenID Connect Front-Channel Logout 1.0 section 3.
   *
   * @throws TypeError when the client is not registered, or has no `frontchannel_logout_uri`
   */
  frontChannelLogout(logout: { readonly clientId: string; readonly sid: string }): URL
  /** Replaces the signing key at once: the key set has only the new one afterwards. Returns the new `kid`. */
  rotateKeys(): Promise<string>
}
