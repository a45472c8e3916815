import { issueSeverities } from '../../errors/index.ts'
import type { CompiledConfiguration } from '../compile.ts'
import { type ParseOptions, parseConfiguration } from '../parse.ts'
import { readClearMl } from './clearml.ts'
import { type EnvironmentForm, inVariables, originOf, type VariableIssue, type Variables } from './form.ts'
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
    ...issues.map(({ path, at: _, message, fix, ...issue }) => ({
      ...issue,
      message: inVariables(message, form.names),
      ...(fix === undefined ? {} : { fix: form.fixes?.[fix] ?? inVariables(fix, form.names) }),
      variable: originOf(path, form.origins),
    })),
  ].map((issue) => ({ ...issue, severity: issueSeverities[issue.code] }))
  const isUsable = problems.every(({ severity }) => severity === 'warning')
  return { compiled: isUsable ? compiled : undefined, problems }
}

/** @returns what the variables say, in the shape of a file */
export function readForm(variables: Variables): EnvironmentForm | undefined {
  const clearMl = readClearMl(variables)
  const wandb = readWandb(variables)
  if (!clearMl || !wandb) return clearMl ?? wandb
  const message = "W&B's variables stand beside ClearML's, and only one of the two can be read"
  const variable = wandb.origins[0]?.variable ?? 'OIDC_ISSUER'
  return {
    ...clearMl,
    issues: [...clearMl.issues, { code: 'two_forms', variable, message, fix: 'unset one of the two' }],
  }
}
