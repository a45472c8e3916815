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

/** One thing wrong in a configuration. */
export interface ConfigurationIssue {
  /** Where it is, from the root: keys and array indexes. */
  readonly path: readonly (string | number)[]
  /** Whether `path` names a key that should not be there, rather than a value. */
  readonly at: 'key' | 'value'
  /** What is wrong: lower case, no final stop. */
  readonly message: string
  /** What to write instead. */
  readonly fix?: string
}

/** The configuration can not be used; carries every issue that was found, not just the first. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly issues: readonly ConfigurationIssue[]

  constructor(issues: readonly ConfigurationIssue[]) {
    super(`the configuration has ${issues.length} ${issues.length === 1 ? 'problem' : 'problems'}`)
    this.issues = issues
  }
}
