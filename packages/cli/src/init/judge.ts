import { type ParseOptions, parameterForm, parseConfiguration } from '@doorward/core/config'
import { type ConfigurationIssue, type ConfigurationIssueCode, issueSeverities } from '@doorward/core/errors'
import { type Answers, optionOf, presetOf } from './answers.ts'
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

/** A warning in a file, whose writer may have reasons; but no answer to the question what a known provider's address is. */
const unfit: ReadonlySet<ConfigurationIssueCode> = new Set(['metadata_url_doubtful'])

/** Judges answers by the rules that the file itself will be read with, so that the words are the same everywhere. */
export function judge(answers: Answers, options: ParseOptions): Judgement {
  const issues = issuesOf(answers, options)
  const refused = presetOf(answers) ? issuesOf(withExamples(answers), options) : []
  return {
    errors: [
      ...issues.filter(({ code }) => issueSeverities[code] === 'error'),
      ...refused.filter(({ code }) => unfit.has(code)),
    ],
    warnings: issues.filter(({ code }) => issueSeverities[code] === 'warning'),
  }
}

function issuesOf(answers: Answers, options: ParseOptions): readonly ConfigurationIssue[] {
  return parseConfiguration(fileOf(answers), options).issues.filter(({ code }) => !unfinished.has(code))
}

/** Parameters make an address together: without the next one, nobody could say that this one will not do. */
function withExamples(answers: Answers): Answers {
  const preset = presetOf(answers)
  const examples = preset?.parameters.map((name) => [optionOf(name), parameterForm(preset, name).example])
  return { ...Object.fromEntries(examples ?? []), ...answers }
}
