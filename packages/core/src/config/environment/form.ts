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

function isSame(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index])
}
