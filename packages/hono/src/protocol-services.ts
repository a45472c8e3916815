import type {
  Clock,
  DocumentCache,
  EventSink,
  Fetch,
  LogoutProtocol,
  Protocols,
  SamlConnection,
} from '@doorward/core'

/** What a protocol that the host brings gets from Doorward: everything that reaches out of a login. */
export interface ProtocolServices {
  readonly fetch: Fetch
  readonly clock: Clock
  /** Sealed: what comes out of it decides which keys are trusted. */
  readonly documents: DocumentCache
  readonly events: EventSink
}

/**
 * Logins by SAML. A host that wants them makes this of `@doorward/core/saml`; one that does not imports nothing of it, and
 * carries no XML code.
 */
export interface SamlSupport {
  readonly protocol: NonNullable<Protocols['saml']>
  readonly logout: LogoutProtocol<SamlConnection>
  /** Our own metadata for the identity provider of `connection`, as XML. */
  metadata(connection: SamlConnection): string
}
