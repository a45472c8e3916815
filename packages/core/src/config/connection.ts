import type { Secret } from '../encoding/secret.ts'
import type { BaseUrl } from './base-url.ts'

/** What every identity provider of a customer has, whatever its protocol. */
interface ConnectionBase {
  /** Unique, safe in a URL: part of the callback's address. */
  readonly id: string
  /** For people. */
  readonly name: string
  /** Domains whose addresses belong to this connection, as ASCII in lower case. None: it vouches for no domain. */
  readonly emailDomains: readonly string[]
  /** The lowest wins when `selectionMode` is `lowest_weight`. */
  readonly weight: number
}

/** An OpenID Provider, and our registration with it. */
export interface OidcConnection extends ConnectionBase {
  readonly protocol: 'oidc'
  /** Where the discovery document is, as configured, without `/.well-known/openid-configuration` and final slash. */
  readonly serverUrl: string
  readonly clientId: string
  readonly clientSecret: Secret
  /** `automatic` takes what the provider says it supports. */
  readonly clientAuthentication: 'client_secret_basic' | 'client_secret_post' | 'automatic'
  /** False only for providers that refuse the parameters. Nonce and state are sent and checked in any case. */
  readonly pkce: boolean
}

/** An identity provider as one customer configured it. */
export type Connection = OidcConnection

/** How a connection is found: by the person's e-mail address, or the one with the lowest weight. */
export type SelectionMode = 'email_address' | 'lowest_weight'

/** Everything that an installation's configuration says. What is here was validated. */
export interface Configuration {
  /** Our own origin; decides which URLs are ours, what is registered at identity providers, and cookies. */
  readonly baseUrl: BaseUrl
  readonly selectionMode: SelectionMode
  /** Whether floods are slowed down. */
  readonly rateLimits: boolean
  readonly connections: readonly Connection[]
}
