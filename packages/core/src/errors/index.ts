export type { ErrorCode } from './codes.ts'
export { ConfigurationError, type ConfigurationIssue, type ErrorDetails, SsoError } from './errors.ts'
export { shown } from './shown.ts'
