import { issueSeverities } from '../../errors/index.ts'
import type { CompiledConfiguration } from '../compile.ts'
import { type ParseOptions, parseConfiguration } from '../parse.ts'
import { readClearMl } from './clearml.ts'
import { type EnvironmentForm, originOf, type VariableIssue, type Variables } from './form.ts'
import { readWandb } from './wandb.ts'

/** Something to say about a configuration that was given as variables. */
export interface VariableProblem extends Omit<VariableIssue, 'variable'> {
  readonly severity: 'error' | 'warning'
  /** None where something is missing altogether. */
  readonly variable: string | undefined
}

/** What became of the variables. */
export interface ReadEnvironment {
  readonly compiled: CompiledConfiguration | undefined
  readonly problems: readonly VariableProblem[]
}

/**
 * Reads a configuration that is given as environment variables, in ClearML's form or W&B's, in place of a file.
 *
 * @returns undefined when no variable of either form is set
 */
export function readEnvironment(variables: Variables, options: ParseOptions): ReadEnvironment | undefined {
  const form = readForm(variables)
  if (!form) return undefined
  const { compiled, issues } = parseConfiguration(form.input, options)
  const problems = [
    ...form.issues,
    ...issues.map(({ path, at: _, ...issue }) => ({ ...issue, variable: originOf(path, form.origins) })),
  ].map((issue) => ({ ...issue, severity: issueSeverities[issue.code] }))
  const isUsable = problems.every(({ severity }) => severity === 'warning')
  return { compiled: isUsable ? compiled : undefined, problems }
}

/** @returns what the variables say, in the shape of a file */
export function readForm(variables: Variables): EnvironmentForm | undefined {
  return readClearMl(variables) ?? readWandb(variables)
}
