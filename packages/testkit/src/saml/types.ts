import type { Log } from '../request-log.ts'
import type { AuthnRequest } from './authn-request.ts'
import type { MessageParameter, ReceivedMessage } from './bindings.ts'
import type { ContentCipher, KeyTransport } from './crypto/encrypt.ts'
import type { SavedKeys } from './crypto/key-ring.ts'
import type { BuiltResponse, ProtectionOptions } from './message/build.ts'
import type { SamlUser } from './message/content.ts'
import type { SamlPersonality, SamlPersonalityName } from './personalities/index.ts'
import type { LogoutPersonality, LogoutPersonalityName } from './personalities/logout.ts'
import type { MetadataPersonality, MetadataPersonalityName } from './personalities/metadata.ts'

/** A service provider as registered at the identity provider. */
export interface SamlServiceProvider {
  readonly entityId: string
  /** Compared character by character, the first is the default; `'any'` goes where the request says. */
  readonly acsUrls: readonly string[] | 'any'
  /** Where logout messages go; without it there is no single logout. */
  readonly singleLogoutUrl?: string
  /** X.509 in base64, of the keys that sign its messages; without them signatures are not checked. */
  readonly signingCertificates?: readonly string[]
  /** X.509 in base64, for what is encrypted. */
  readonly encryptionCertificate?: string
}

/** What a request decides, or a constant. An answer that nobody asked for gets what a request for it would. */
export type PerRequest<Value> = Value | ((request: AuthnRequest) => Value)

/** A personality by name from the table, or one of your own. */
export type SamlPersonalityReference = SamlPersonalityName | SamlPersonality

export interface SamlIdentityProviderOptions extends Omit<ProtectionOptions, 'encryption'> {
  /** What the addresses of the endpoints begin with, without a final slash. */
  readonly baseUrl: string
  /** Defaults to the address of the metadata, `baseUrl` with `/metadata` after it. */
  readonly entityId?: string
  /** Who may ask; defaults to any service provider, with the addresses that its request says. */
  readonly serviceProviders?: readonly SamlServiceProvider[] | 'any'
  /** Who logs in; defaults to `user-1` with an address and two groups. */
  readonly user?: PerRequest<SamlUser>
  /** How answers are spoilt; defaults to `good`. */
  readonly personality?: PerRequest<SamlPersonalityReference>
  /** How metadata is spoilt; defaults to `good`. */
  readonly metadataPersonality?: MetadataPersonalityName | MetadataPersonality
  /** Whether requests have to be signed, and metadata says so. Then service providers need certificates. */
  readonly wantsSignedRequests?: boolean
  /** Defaults to AES-256-GCM. */
  readonly cipher?: ContentCipher
  /** Defaults to RSA-OAEP with SHA-1, which is what most providers do. */
  readonly keyTransport?: KeyTransport
  /** Keys that are there already; what is missing is made. */
  readonly savedKeys?: SavedKeys
  /** The provider's clock, in milliseconds since 1970; defaults to the real one. */
  readonly now?: () => number
}

export type SamlEndpointName = 'metadata' | 'sso' | 'slo' | 'unknown'

/** One request as it arrived on the wire. */
export interface RecordedSamlRequest {
  readonly endpoint: SamlEndpointName
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly parameters: URLSearchParams
  /** The message it carried, if one can be read. */
  readonly message: ReceivedMessage | undefined
  /** What became of its signature; unchecked when no certificate of the sender is known. */
  readonly signature: 'absent' | 'valid' | 'invalid' | 'unchecked'
  /** Status of the answer; absent until there is one. */
  status?: number
}

/** An answer that nobody asked for: login begun at the identity provider. */
export interface UnsolicitedLogin {
  readonly serviceProvider: string
  readonly acsUrl: string
  readonly relayState?: string
}

/** The end of a session, as the identity provider tells it. */
export interface LogoutStart {
  /** Entity ID. */
  readonly serviceProvider: string
  readonly nameId: string
  /** Defaults to persistent. */
  readonly nameIdFormat?: string
  readonly sessionIndexes?: readonly string[]
  readonly binding: 'redirect' | 'post'
  readonly relayState?: string
  readonly personality?: LogoutPersonalityName | LogoutPersonality
}

/** A message of single logout on its way to the service provider. */
export interface LogoutMessage {
  readonly binding: 'redirect' | 'post'
  readonly parameter: MessageParameter
  /** ID of the message, which its answer will name. */
  readonly id: string
  readonly xml: string
  /** Address to open; with the POST binding, where the form goes. */
  readonly url: URL
  /** Fields of the form; all that is in the query with the redirect binding. */
  readonly parameters: URLSearchParams
}

/** A SAML identity provider made of one fetch handler. It keeps its state in memory. */
export interface SamlIdentityProvider {
  readonly entityId: string
  readonly metadataUrl: string
  readonly singleSignOnUrl: string
  readonly singleLogoutUrl: string
  /** Everything the provider was asked, oldest first, with counts per endpoint. */
  readonly requests: Log<RecordedSamlRequest>
  serviceProviders: readonly SamlServiceProvider[] | 'any'
  /** Who logs in from now on. */
  user: PerRequest<SamlUser>
  /** How answers are spoilt from now on. */
  personality: PerRequest<SamlPersonalityReference>
  /** How metadata is spoilt from now on. */
  metadataPersonality: MetadataPersonalityName | MetadataPersonality
  /** How answers to a LogoutRequest are spoilt from now on. */
  logoutPersonality: LogoutPersonalityName | LogoutPersonality
  /** Answers one HTTP request. Routing looks at the path only, so the handler works behind any host name. */
  fetch(request: Request): Promise<Response>
  /**
   * The answer to an authentication request, for tests without a browser.
   *
   * @throws SamlRequestRefused when the request is not answered.
   */
  answer(request: Request): Promise<BuiltResponse>
  /** An answer without a request. `user` and `personality` may not be functions then. */
  unsolicited(login: UnsolicitedLogin): Promise<BuiltResponse>
  /** A LogoutRequest for a service provider. */
  startLogout(logout: LogoutStart): Promise<LogoutMessage>
  /** X.509 in base64 of the keys that a service provider trusts under the present personality. */
  certificates(): Promise<readonly string[]>
  /** Replaces the current key at once. */
  rotateKeys(): Promise<void>
}

/** The identity provider does not answer this request. */
export class SamlRequestRefused extends Error {
  override readonly name = 'SamlRequestRefused'
}
