import type { ErrorCode, ErrorDetails } from '../errors/index.ts'

/** What happened, without personal data: no address, no name, no subject, no token. */
export type SsoEvent = { readonly requestId: string } & (
  | { readonly type: 'login.begun'; readonly connection: string }
  | {
      readonly type: 'login.completed'
      readonly connection: string
      /** Where the configuration looks for something that did not come: the names of that, and of what came. */
      readonly details?: ErrorDetails
    }
  | {
      readonly type: 'login.refused'
      readonly connection: string
      readonly code: ErrorCode
      readonly message: string
      readonly details: ErrorDetails
    }
  /** A person signed out, or in anew, or an operator or an identity provider ended sessions. */
  | {
      readonly type: 'sessions.ended'
      readonly by: 'person' | 'login' | 'operator' | 'provider'
      /** Of all of them; absent where an operator named something else. */
      readonly connection?: string
      /** Opaque: the user whom an operator named by id. */
      readonly userId?: string
      readonly count: number
    }
  /** A call for operators came without their token, or with another one. */
  | { readonly type: 'operator.refused' }
  | {
      readonly type: 'request.refused'
      /** Of a message of its identity provider that was refused. */
      readonly connection?: string
      readonly code: ErrorCode
      readonly message: string
      readonly details: ErrorDetails
    }
  /** A configuration that was pushed is in use where this is said, and will be everywhere. Said once for each. */
  | {
      readonly type: 'configuration.accepted'
      /** When it was compiled, in milliseconds since the epoch. */
      readonly version: number
    }
  /** What was pushed is not used; what was in use stays. */
  | {
      readonly type: 'configuration.refused'
      readonly code: ErrorCode
      readonly message: string
      readonly details: ErrorDetails
    }
  /**
   * New metadata or keys of a connection's identity provider can not be had, or are refused: the last good ones stay in use.
   * Said by each process, once in five minutes at most.
   */
  | {
      readonly type: 'metadata.kept'
      readonly connection: string
      readonly code: ErrorCode
      readonly message: string
      readonly details: ErrorDetails
      /** Until when it may be used, in milliseconds since the epoch. */
      readonly until: number
    }
  /** The provider of a connection did not take back what a login needs no more; the login is none the worse. */
  | {
      readonly type: 'tokens.kept'
      readonly connection: string
      readonly code: ErrorCode
      readonly message: string
      readonly details: ErrorDetails
    }
  /** A fault of ours: the exception's name, and where it came from, innermost first. */
  | { readonly type: 'fault'; readonly error: string; readonly at: readonly string[] }
)

/** Takes events and must neither throw nor delay: what it does with them is the host's affair. */
export interface EventSink {
  emit(event: SsoEvent): void
}
