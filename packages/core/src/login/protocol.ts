import type { BaseUrl } from '../config/base-url.ts'
import type { Connection, OidcConnection, SamlConnection, SocialConnection } from '../config/connection.ts'
import type { ErrorDetails } from '../errors/index.ts'
import type { ClaimKeys } from '../ports/ledger.ts'
import type { NewProviderSession } from '../session/record.ts'
import type { VerifiedIdentity } from './identity.ts'

/** What a protocol must remember between the two halves of a login: nonces, verifiers, request ids. */
export type ProtocolState = Readonly<Record<string, string>>

/** How a browser leaves for an identity provider: by an address alone, or by a form that it posts there. */
export type Departure =
  | { readonly kind: 'redirect'; readonly url: URL }
  | { readonly kind: 'form'; readonly action: URL; readonly fields: Readonly<Record<string, string>> }

/** What is known when a login begins. */
interface BeginInput<C extends Connection> {
  readonly connection: C
  readonly baseUrl: BaseUrl
  /** Where the answer is to come: the redirect URI, or the assertion consumer service. */
  readonly answerUrl: string
  /** Names this login at the identity provider, which sends it back with its answer: `state`, or RelayState. */
  readonly transactionId: string
  /** Whom the person says they are, to be filled in at the identity provider; proves nothing. */
  readonly loginHint: string | undefined
  /** Whether the person is to sign in anew, although the identity provider may still know them. */
  readonly forceLogin: boolean
}

/** How a login begins. */
interface Beginning {
  readonly departure: Departure
  readonly state: ProtocolState
}

/** What is known when the identity provider has answered. */
export interface CompleteInput<C extends Connection> {
  readonly connection: C
  readonly baseUrl: BaseUrl
  /** Where the answer came. */
  readonly answerUrl: string
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
  /** When the session at the identity provider ends, and ours with it, in milliseconds since the epoch; if it says. */
  readonly validUntil?: number | undefined
  /** What helps an administrator where the policy refuses: names of what came, no values. */
  readonly hints?: ErrorDetails | undefined
  /** What the configuration looks for and did not come, where there is any: the same, where all is well otherwise. */
  readonly missing?: ErrorDetails | undefined
}

/** The same, of an answer that may be used again until somebody remembers that it was used. */
export interface UnclaimedAnswer extends VerifiedAnswer {
  /** What is used up by accepting it: the ids of the request and of the assertion. Never twice at one connection. */
  readonly usedUp: ClaimKeys
}

interface ProtocolBase<C extends Connection> {
  /**
   * @returns how the browser leaves, and what to remember
   * @throws SsoError one of the provider codes when the identity provider can not be asked
   */
  begin(input: BeginInput<C>): Promise<Beginning>
}

/** A protocol whose answer is good for asking the identity provider: that must not be done twice. */
export interface ClaimedBefore<C extends Connection> extends ProtocolBase<C> {
  readonly claims: 'before'
  /** Verifies the answer. Is called at most once for a transaction. @throws SsoError for every reason to refuse it */
  complete(input: CompleteInput<C>): Promise<VerifiedAnswer>
}

/**
 * A protocol whose answer says by itself who somebody is: what it uses up is not known before it was verified, and
 * whoever sends a forged one shall use up nothing.
 */
export interface ClaimedAfter<C extends Connection> extends ProtocolBase<C> {
  readonly claims: 'after'
  /** Verifies the answer, as often as it comes, and changes nothing. @throws SsoError for every reason to refuse it */
  complete(input: CompleteInput<C>): Promise<UnclaimedAnswer>
}

/**
 * All that a login knows of OpenID Connect, SAML or a social provider. An implementation sees no cookie, no store and
 * no HTTP status; a login sees no claim and no element. `claims` says on which side of its work an answer is used up.
 */
export type Protocol<C extends Connection> = ClaimedBefore<C> | ClaimedAfter<C>

/** The implementation of each protocol by which people can log in here. */
export interface Protocols {
  readonly oidc: ClaimedBefore<OidcConnection>
  /** Absent where the host brings none: XML is much code for those who need it not. */
  readonly saml?: ClaimedAfter<SamlConnection> | undefined
  readonly social?: ClaimedBefore<SocialConnection> | undefined
}

/** A connection by which people can log in. */
export type ServedConnection = Extract<Connection, { protocol: keyof Protocols }>
