import type { ErrorCode, ErrorDetails } from '../errors/index.ts'

/** What happened, without personal data: no address, no name, no subject, no token. */
export type SsoEvent = { readonly requestId: string } & (
  | { readonly type: 'login.begun'; readonly connection: string }
  | { readonly type: 'login.completed'; readonly connection: string }
  | {
      readonly type: 'login.refused'
      readonly connection: string
      readonly code: ErrorCode
      readonly message: string
      readonly details: ErrorDetails
    }
  | { readonly type: 'session.ended'; readonly connection: string }
  | {
      readonly type: 'request.refused'
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
