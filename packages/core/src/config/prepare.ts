import type { ConfigurationIssue, ConfigurationIssueCode } from '../errors/index.ts'
import { isPlainKey, knownKeys } from './format/keys.ts'
import { suspicionOf } from './suspicion.ts'
import { type Environment, escapeReferences, expand, refersToEnvironment, variablesIn } from './variables.ts'

/** What a configuration is read with. */
export interface PrepareOptions {
  readonly environment: Environment
  /**
   * Whether secrets that are named, not written, come from another environment, where Doorward will run: then they
   * need not be set here, and stay names. If not, they are read now.
   */
  readonly secretsLater: boolean
  /** Told of what is taken from the environment for anything but a secret: it will be seen by others. */
  readonly onTaken?: ((variable: TakenVariable) => void) | undefined
}

/** A variable of which a value was taken, and for what. */
interface TakenVariable {
  readonly variable: string
  /** The key that refers to it. */
  readonly key: string
  /** The id of the provider, where it is of one and has a plain one. */
  readonly connection: string | undefined
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
  const readText = (text: string, path: Path): unknown => {
    const prepared = prepareText(text, path, options)
    for (const variable of prepared.taken) {
      options.onTaken?.({ variable, key: keyOf(path), connection: idOf(input, path) })
    }
    issues.push(...prepared.issues)
    return prepared.value
  }
  const walk = (value: unknown, path: Path): unknown => {
    if (typeof value === 'string') return readText(value, path)
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

/** The key that a value is behind, itself or as one of a list. */
function keyOf(path: Path): string {
  return String(path.findLast((step) => typeof step === 'string') ?? '')
}

/** The id of the provider that a place belongs to. */
function idOf(input: unknown, path: Path): string | undefined {
  if (path[0] !== 'sso' || path[1] !== 'identity_providers') return undefined
  const entry = path
    .slice(0, 3)
    .reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], input)
  const { id } = (entry ?? {}) as { id?: unknown }
  return typeof id === 'string' && /^[A-Za-z0-9][\w.-]{0,63}$/.test(id) ? id : undefined
}

interface PreparedText extends Prepared {
  /** The variables that it was taken from, unless it is a secret. */
  readonly taken: readonly string[]
}

function prepareText(text: string, path: Path, options: PrepareOptions): PreparedText {
  const key = keyOf(path)
  const known = knownKeys.get(key)
  const isSecret = known?.isSecret === true
  const asItIs = { value: text, issues: [], taken: [] }
  const problem = placeholderIn(text, key, isSecret) ?? referenceProblem(text, key, options)
  if (problem) return { ...asItIs, issues: [{ path, at: 'value', ...problem }] }
  const suspicion = suspicionOf(text, { key, isSecret, path })
  const issues: ConfigurationIssue[] = suspicion ? [{ path, at: 'value', ...suspicion }] : []
  if ((isSecret && options.secretsLater) || !refersToEnvironment(text)) return { ...asItIs, issues }
  const expanded = expand(text, options.environment)
  if (!('text' in expanded)) return { ...asItIs, issues }
  // What stands in the place of a key that nobody knows may be anything, and is not to be repeated.
  const isTold = known !== undefined && !isSecret
  const taken = isTold ? [...new Set(variablesIn(text))].filter((name) => options.environment(name)) : []
  // A secret is looked at once more where it is used: what it says itself is no reference.
  const value = isSecret ? escapeReferences(expanded.text) : typed(expanded.text, known?.type)
  return { value, issues, taken }
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
  const placeholder = isSecret
    ? /^<[^<>]+>$/.exec(text)?.[0]
    : text.match(/<[^<>@]*>/g)?.find((one) => /[A-Za-z]/.test(one))
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

/** Names that secrets have. Where tokens are to be had is none. */
const SECRET_NAME =
  /SECRET|TOKEN(?!_(URL|URI|ENDPOINT)$)|PASSWORD|PASSWD|PASSPHRASE|PRIVATE|CREDENTIAL|API_?KEY|_(PASS|PAT|KEY|DSN)$/i

/** `${OIDC_TOKEN_ENDPOINT}` for `token_endpoint` is honest. */
function isNamedLike(key: string, variable: string): boolean {
  const name = variable.toLowerCase().replace(/_ur[il]$/, '')
  return key.length > 4 && name.endsWith(key.toLowerCase())
}

function referenceProblem(text: string, key: string, options: PrepareOptions): Found | undefined {
  if (!refersToEnvironment(text)) return undefined
  const known = knownKeys.get(key)
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
  const secret =
    known &&
    !known.isSecret &&
    variablesIn(text).find((name) => SECRET_NAME.test(name) && !isNamedLike(key, name))
  if (secret) {
    return {
      code: 'variable_secret',
      message: `the variable ${secret} is named like a secret, and "${key}" is seen in addresses or pages`,
      fix: 'give the variable another name if it is none; a secret belongs in "client_secret"',
    }
  }
  const isLater = known?.isSecret === true && options.secretsLater
  if (!('problem' in expanded) || expanded.problem !== 'unset' || isLater) return undefined
  return {
    code: 'variable_unset',
    message: `the environment variable ${expanded.variable} is not set`,
    fix: known?.isSecret
      ? `set it: export ${expanded.variable}=…`
      : `set it, or write \${${expanded.variable}:-default}`,
  }
}
