import type { ConfigurationIssueCode } from '../../errors/index.ts'

/** Something that makes a text no YAML, or none that can be followed. */
export interface SyntaxProblem {
  readonly offset: number
  readonly code: ConfigurationIssueCode
  readonly message: string
  readonly fix?: string
}
