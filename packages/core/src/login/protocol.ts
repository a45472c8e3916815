import type { BaseUrl } from '../config/base-url.ts'
import type { Connection, OidcConnection } from '../config/connection.ts'
import type { NewProviderSession } from '../session/record.ts'
import type { VerifiedIdentity } from './identity.ts'

/** What a protocol must remember between the two halves of a login: nonces, verifiers, request ids. */
export type ProtocolState = Readonly<Record<string, string>>

/** What is known when a login begins. */
interface BeginInput<C extends Connection> {
  readonly connection: C
  readonly baseUrl: BaseUrl
  /** Names this login at the identity provider, which sends it back with its answer: `state`, or RelayState. */
  readonly transactionId: string
  /** Whom the person says they are, to be filled in at the identity provider; proves nothing. */
  readonly loginHint: string | undefined
  /** Whether the person is to sign in anew, although the identity provider may still know them. */
  readonly forceLogin: boolean
}

/** What is known when the identity provider has answered. */
export interface CompleteInput<C extends Connection> {
  readonly connection: C
  readonly baseUrl: BaseUrl
  readonly transactionId: string
  /** What `begin` returned. */
  readonly state: ProtocolState
  /** The parameters of the answer, from the query or a form. */
  readonly unverifiedAnswer: URLSearchParams
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What an answer says after every check passed. */
export interface VerifiedAnswer {
  readonly identity: VerifiedIdentity
  readonly providerSession: NewProviderSession
}

/**
 * All that a login knows of OpenID Connect, SAML or a social provider. An implementation sees no cookie, no store and
 * no HTTP status; a login sees no claim and no element.
 */
export interface Protocol<C extends Connection> {
  /** @returns where to send the browser, and what to remember */
  begin(input: BeginInput<C>): Promise<{ readonly url: URL; readonly state: ProtocolState }>
  /** Verifies the answer. Is called at most once for a transaction. @throws SsoError for every reason to refuse it */
  complete(input: CompleteInput<C>): Promise<VerifiedAnswer>
}

/** One implementation for each protocol by which people can log in. */
export interface Protocols {
  readonly oidc: Protocol<OidcConnection>
}

/** A connection by which people can log in. */
export type ServedConnection = Extract<Connection, { protocol: keyof Protocols }>
