export type { ErrorCode } from './codes.ts'
export {
  type ConfigurationIssue,
  type ConfigurationIssueCode,
  issueSeverities,
} from './configuration-issues.ts'
export { type ErrorDetails, SsoError } from './errors.ts'
export { shown } from './shown.ts'
