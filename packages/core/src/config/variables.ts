import { Secret, unsetSecret } from '../encoding/secret.ts'

/** The environment, as far as it may be read. */
export type Environment = (name: string) => string | undefined

/** A text in which references to the environment were replaced, or which of them stopped that. */
export type Expanded =
  | { readonly text: string }
  | { readonly problem: 'malformed' }
  | { readonly problem: 'unset'; readonly variable: string }

/** `$${` stands for `${` itself; else a name, with or without a default; else something that looks like a beginning. */
const REFERENCE = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^{}]*))?\}|\$\{/g

/** @returns whether `text` refers to the environment, well or badly */
export function refersToEnvironment(text: string): boolean {
  return text.includes('${')
}

/**
 * Replaces `${NAME}` by what the environment says, and `${NAME:-default}` by the default while it says nothing, as a
 * shell does ([POSIX, section 2.6.2](https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html)).
 */
export function expand(text: string, environment: Environment): Expanded {
  let problem: Exclude<Expanded, { text: string }> | undefined
  const expanded = text.replace(REFERENCE, (reference, name: string | undefined, otherwise?: string) => {
    if (reference === '$${') return '${'
    if (name === undefined) problem ??= { problem: 'malformed' }
    else {
      const value = environment(name) || otherwise
      if (value !== undefined) return value
      problem ??= { problem: 'unset', variable: name }
    }
    return ''
  })
  return problem ?? { text: expanded }
}

/** @returns a text that means `text` to {@link expand} */
export function escapeReferences(text: string): string {
  return text.replaceAll('${', () => '$${')
}

/** All names that `text` refers to. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(REFERENCE)].flatMap(([, name]) => name ?? [])
}

/** The names that `text` refers to and can not do without. */
export function neededVariables(text: string): string[] {
  return [...text.matchAll(REFERENCE)].flatMap(([, name, otherwise]) =>
    name === undefined || otherwise !== undefined ? [] : [name],
  )
}

/**
 * Reads a secret as it is configured: itself, or a reference to the environment of the host where Doorward runs.
 *
 * @param text was validated before
 */
export function readSecret(text: string, environment: Environment): Secret {
  const expanded = expand(text, environment)
  if ('text' in expanded) return new Secret(expanded.text)
  return unsetSecret(expanded.problem === 'unset' ? expanded.variable : '')
}
