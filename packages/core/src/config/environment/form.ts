import type { ConfigurationIssue } from '../../errors/index.ts'

/** The variables of an environment, by name. */
export type Variables = Readonly<Record<string, string | undefined>>

/** A configuration that was given as variables, in the shape of a file. */
export interface EnvironmentForm {
  /** What the file would describe. */
  readonly input: Readonly<Record<string, unknown>>
  /** Which variable said what stands at a path. */
  readonly origins: readonly Origin[]
  /** What can be said before the input is looked at; the path names the variable. */
  readonly issues: readonly VariableIssue[]
  /** How people know the keys of a file here: the variable's name, or the end of it. */
  readonly names: Readonly<Record<string, string>>
  /** What to do here, where it is something else than in a file. */
  readonly fixes?: Readonly<Record<string, string>>
}

/** Says what was said about a file in the words of variables. */
export function inVariables(text: string, names: EnvironmentForm['names']): string {
  return text.replace(/"(\w+)(": |: |")/g, (quoted, key: string, end: string) => {
    const name = Object.hasOwn(names, key) ? names[key] : undefined
    if (name === undefined) return quoted
    if (end !== '"') return `"${name}=`
    // A whole variable can not be taken for a word of the sentence.
    return name === name.toUpperCase() ? name : `"${name}"`
  })
}

/** Which variable said what stands at a path. */
export interface Origin {
  readonly path: readonly (string | number)[]
  readonly variable: string
}

/** An issue with a variable rather than with a place in a file. */
export interface VariableIssue extends Omit<ConfigurationIssue, 'path' | 'at'> {
  readonly variable: string
}

/** @returns the variable that said what stands at `path`, or what is around it */
export function originOf(path: readonly (string | number)[], origins: readonly Origin[]): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const found = origins.find((origin) => isSame(origin.path, path.slice(0, length)))
    if (found) return found.variable
  }
  // Something is missing: any variable of the same entry shows where.
  return origins.find((origin) => path.every((step, index) => origin.path[index] === step))?.variable
}

/** @returns what is wrong when another variable has said something else at `path` before */
export function saidTwice(
  path: Origin['path'],
  variable: string,
  variables: Variables,
  origins: readonly Origin[],
): readonly VariableIssue[] {
  const before = origins.find((origin) => isSame(origin.path, path))?.variable
  if (before === undefined || variables[before] === variables[variable]) return []
  const message = `this says something else than ${before}, which means the same`
  return [{ code: 'variable_twice', variable, message, fix: 'keep one of the two' }]
}

function isSame(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index])
}
