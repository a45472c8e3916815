import type { ErrorCode } from './codes.ts'

/** What helps to find the cause: names, numbers, configured and received values. Never personal data or a secret. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>

/**
 * Everything that Doorward refuses on purpose. Any other exception is a fault of ours.
 *
 * @example
 * ```ts
 * try {
 *   await completeLogin(login, unverifiedAnswer, services)
 * } catch (error) {
 *   if (error instanceof SsoError && error.code === 'transaction_expired') startAgain()
 * }
 * ```
 */
export class SsoError extends Error {
  override readonly name = 'SsoError'
  /** The precise reason; stable, made for programs. */
  readonly code: ErrorCode
  /** For the event log; may hold values from the wire, so it is never shown to a person. */
  readonly details: ErrorDetails

  /**
   * @param code the precise reason
   * @param message one sentence for an administrator: lower case, no final stop, no value from the wire
   * @param options `details` for the event log, and the `cause`
   */
  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.details = options.details ?? {}
  }
}
