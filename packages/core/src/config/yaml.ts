import { type Document, LineCounter, parseDocument } from 'yaml'
import { type ConfigurationIssue, type ConfigurationIssueCode, issueSeverities } from '../errors/index.ts'
import type { CompiledConfiguration } from './compile.ts'
import { originOf, type Variables } from './environment/form.ts'
import { readForm } from './environment/read.ts'
import { type ParseOptions, parseConfiguration } from './parse.ts'
import { cutSecrets } from './yaml/comments.ts'
import { offsetOf } from './yaml/position.ts'
import { MAX_ALIASES } from './yaml/structure.ts'
import { syntaxProblems } from './yaml/syntax.ts'

/** Something to tell the author of a file, and where. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  readonly code: ConfigurationIssueCode
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** Lower case, no final stop. */
  readonly message: string
  readonly fix?: string
}

/** What became of a file: a configuration unless there was an error, and everything there is to say about it. */
export interface ReadConfiguration {
  readonly compiled: CompiledConfiguration | undefined
  /** In the order of the file. */
  readonly problems: readonly Problem[]
}

/** Larger than any honest file: a thousand providers take about half of it. */
const MAX_CHARACTERS = 2 * 1024 * 1024

/**
 * Reads `auth_config.yml`, or the values of ClearML's Helm chart with the same in variables. For hosts that have the
 * file; where Doorward runs on the edge it was compiled before.
 *
 * @param text the file, YAML 1.2 ([specification](https://yaml.org/spec/1.2.2/))
 */
export function readConfiguration(text: string, options: ParseOptions): ReadConfiguration {
  if (text.length > MAX_CHARACTERS) {
    const message = `the file is larger than ${MAX_CHARACTERS} characters`
    const fix = 'look for what is in it by mistake'
    return refused([{ severity: 'error', code: 'file_too_large', line: 1, column: 1, message, fix }])
  }
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const syntax = syntaxProblems(document, text)
  if (syntax.length > 0) {
    return refused(
      syntax.map(({ offset, ...problem }): Problem => ({ severity: 'error', ...place(offset), ...problem })),
    )
  }
  const { compiled, issues } = readValue(document, options)
  const problems = issues.map(({ path, at, ...issue }): Problem => {
    const offset = offsetOf(document.contents, { path, at })
    return { severity: issueSeverities[issue.code], ...place(offset), ...issue }
  })
  const cut = cutSecrets(document).map(
    ({ offset, ...problem }): Problem => ({
      severity: issueSeverities[problem.code],
      ...place(offset),
      ...problem,
    }),
  )
  return { compiled, problems: sort([...problems, ...cut]) }
}

function refused(problems: readonly Problem[]): ReadConfiguration {
  return { compiled: undefined, problems: sort(problems) }
}

interface ReadValue {
  readonly compiled: CompiledConfiguration | undefined
  readonly issues: readonly ConfigurationIssue[]
}

function readValue(document: Document, options: ParseOptions): ReadValue {
  const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
  return readClearMlValues(value, options) ?? parseConfiguration(value, options)
}

/** What a file begins with that is a configuration by itself. */
const fileSections: readonly string[] = ['sso', 'social_account', 'basic', 'rate_limits']

const twoForms = {
  code: 'two_forms',
  message: "this section stands beside ClearML's variables, and only one of the two can be read",
  fix: 'keep one of the two, or make two files of them',
} as const

/** Where ClearML's Helm chart has the variables of its server. */
const clearMlPath = ['apiserver', 'extraEnvs'] as const

/** The values of ClearML's Helm chart: the same variables, as a list of names and values. */
function readClearMlValues(value: unknown, options: ParseOptions): ReadValue | undefined {
  const list = clearMlPath.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  )
  if (!Array.isArray(list)) return undefined
  const places = new Map<string, (string | number)[]>()
  const variables: Record<string, string> = {}
  list.forEach((item: unknown, index) => {
    const {
      name,
      value: text,
      valueFrom,
    } = (item ?? {}) as { name?: unknown; value?: unknown; valueFrom?: unknown }
    if (typeof name !== 'string') return
    // What Kubernetes takes from a secret of its own is in the variable of that name wherever the server runs.
    if (typeof text === 'string') variables[name] = text
    else if (valueFrom !== undefined) variables[name] = `\${${name}}`
    else return
    places.set(name, [...clearMlPath, index, 'value'])
  })
  const form = readForm(variables as Variables)
  if (!form) return undefined
  const strays = Object.keys(value as object).filter((key) => fileSections.includes(key))
  const placeOf = (variable: string | undefined) => places.get(variable ?? '') ?? [...clearMlPath]
  const { compiled, issues } = parseConfiguration(form.input, options)
  const all: ConfigurationIssue[] = [
    ...strays.map((key): ConfigurationIssue => ({ ...twoForms, path: [key], at: 'key' })),
    ...form.issues.map(({ variable, ...issue }) => ({
      ...issue,
      path: placeOf(variable),
      at: 'value' as const,
    })),
    ...issues.map((issue) => ({
      ...issue,
      path: placeOf(originOf(issue.path, form.origins)),
      at: 'value' as const,
    })),
  ]
  const isUsable = all.every(({ code }) => issueSeverities[code] === 'warning')
  return { compiled: isUsable ? compiled : undefined, issues: all }
}

function sort(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column)
}
