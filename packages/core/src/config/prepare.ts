import type { ConfigurationIssue, ConfigurationIssueCode } from '../errors/index.ts'
import { isPlainKey, knownKeys } from './format/keys.ts'
import { type Environment, escapeReferences, expand, refersToEnvironment, variablesIn } from './variables.ts'

/** What a configuration is read with. */
export interface PrepareOptions {
  readonly environment: Environment
  /**
   * Whether secrets that are named, not written, come from another environment, where Doorward will run: then they
   * need not be set here, and stay names. If not, they are read now.
   */
  readonly secretsLater: boolean
}

/** A configuration whose references were replaced, and what stood in the way. */
interface Prepared {
  readonly value: unknown
  readonly issues: readonly ConfigurationIssue[]
}

type Path = readonly (string | number)[]

/** Deeper than the format goes anywhere. */
const MAX_DEPTH = 16

/**
 * Walks through all values before their shape is looked at: replaces references to the environment, and finds what no
 * value may be, whatever its key.
 */
export function prepare(input: unknown, options: PrepareOptions): Prepared {
  const issues: ConfigurationIssue[] = []
  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') {
      const prepared = prepareText(value, path, options)
      issues.push(...prepared.issues)
      return prepared.value
    }
    if (typeof value !== 'object' || value === null || path.length > MAX_DEPTH) return value
    if (Array.isArray(value)) return value.map((item: unknown, index) => walk(item, [...path, index]))
    const copy: Record<string, unknown> = {}
    for (const [key, item] of Object.entries(value)) {
      if (reservedKeys.includes(key)) issues.push(reserved(key, [...path, key]))
      else copy[key] = walk(item, [...path, key])
    }
    return copy
  }
  return { value: walk(input, []), issues }
}

/** They reach into objects in ways that no configuration means. */
const reservedKeys = ['__proto__', 'constructor', 'prototype']

function reserved(key: string, path: Path): ConfigurationIssue {
  return {
    code: 'key_reserved',
    path,
    at: 'key',
    message: `"${key}" is not a key of any section`,
    fix: 'remove it',
  }
}

function prepareText(text: string, path: Path, options: PrepareOptions): Prepared {
  const key = String(path.findLast((step) => typeof step === 'string') ?? '')
  const known = knownKeys.get(key)
  const isSecret = known?.isSecret === true
  const problem = placeholderIn(text, key, isSecret) ?? referenceProblem(text, isSecret, options)
  if (problem) return { value: text, issues: [{ path, at: 'value', ...problem }] }
  if ((isSecret && options.secretsLater) || !refersToEnvironment(text)) return { value: text, issues: [] }
  const expanded = expand(text, options.environment)
  if (!('text' in expanded)) return { value: text, issues: [] }
  // A secret is looked at once more where it is used: what it says itself is no reference.
  const value = isSecret ? escapeReferences(expanded.text) : typed(expanded.text, known?.type)
  return { value, issues: [] }
}

/** What the environment says is always text; what stands behind such a key is not. */
function typed(text: string, type: string | undefined): unknown {
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  return type === 'number' && /^\d{1,9}$/.test(text) ? Number(text) : text
}

type Found = { code: ConfigurationIssueCode; message: string; fix: string }

/** Documents are full of angle brackets, and a secret may have some. */
function placeholderIn(text: string, key: string, isSecret: boolean): Found | undefined {
  if (key === 'metadata' || key === 'x509_cert') return undefined
  const placeholder = (isSecret ? /^<[^<>]+>$/ : /<[^<>@]*[A-Za-z][^<>@]*>/).exec(text)?.[0]
  if (placeholder === undefined) return undefined
  if (/^<secret id>$/i.test(placeholder)) {
    return {
      code: 'azure_secret_id',
      message: '"client_id" is not the "Secret ID", whatever the example says',
      fix: 'take the "Application (client) ID" from the Overview of the app registration',
    }
  }
  const name = /^<[\w .():/-]{1,60}>$/.test(placeholder) && !isSecret ? ` ${placeholder}` : ''
  const subject = isPlainKey(key) ? `"${key}"` : 'this'
  return {
    code: 'placeholder_left',
    message: `${subject} still holds the placeholder${name} of an example`,
    fix: 'replace it, brackets and all, by your own value',
  }
}

function referenceProblem(text: string, isSecret: boolean, options: PrepareOptions): Found | undefined {
  if (!refersToEnvironment(text)) return undefined
  const expanded = expand(text, options.environment)
  if ('problem' in expanded && expanded.problem === 'malformed') {
    return {
      code: 'variable_malformed',
      message: 'a reference to the environment is not closed, or its name is none',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
      fix: 'write ${NAME} or ${NAME:-default}; $${ where ${ itself is meant',
    }
  }
  const own = variablesIn(text).find((name) => /^DOORWARD_/i.test(name))
  if (own !== undefined) {
    return {
      code: 'variable_reserved',
      message: `the variable ${own} is Doorward's own and is not given to an identity provider`,
      fix: 'use another variable',
    }
  }
  if (!('problem' in expanded) || expanded.problem !== 'unset' || (isSecret && options.secretsLater))
    return undefined
  return {
    code: 'variable_unset',
    message: `the environment variable ${expanded.variable} is not set`,
    fix: `set it, or write \${${expanded.variable}:-default}`,
  }
}
