import { type ParseOptions, parseConfiguration } from '@doorward/core/config'
import { type ConfigurationIssue, type ConfigurationIssueCode, issueSeverities } from '@doorward/core/errors'
import type { Answers } from './answers.ts'
import { fileOf } from './entry.ts'

/** What there is to say about the answers so far. */
export interface Judgement {
  readonly errors: readonly ConfigurationIssue[]
  readonly warnings: readonly ConfigurationIssue[]
}

/** What is said of a file that is not finished, and goes away with the next answers. */
const unfinished: ReadonlySet<ConfigurationIssueCode> = new Set([
  'key_missing',
  'parameter_missing',
  'metadata_source_missing',
  'provider_never_chosen',
  'adfs_resource_missing',
])

/** Judges answers by the rules that the file itself will be read with, so that the words are the same everywhere. */
export function judge(answers: Answers, options: ParseOptions): Judgement {
  const issues = parseConfiguration(fileOf(answers), options).issues.filter(
    ({ code }) => !unfinished.has(code),
  )
  return {
    errors: issues.filter(({ code }) => issueSeverities[code] === 'error'),
    warnings: issues.filter(({ code }) => issueSeverities[code] === 'warning'),
  }
}
