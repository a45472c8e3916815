import type { ConfigurationIssueCode } from '../errors/index.ts'
import { isPlainKey, knownKeys } from './format/keys.ts'

/** What a value looks like, though it may be meant. */
export interface Suspicion {
  readonly code: ConfigurationIssueCode
  readonly message: string
  readonly fix: string
}

/** What is known here of a key. */
interface Place {
  readonly key: string
  readonly isSecret: boolean
  /** The steps to the value, from the whole file. */
  readonly path: readonly (string | number)[]
}

/**
 * What a text looks like that somebody forgot to replace, or that came along from elsewhere. Where a secret might be
 * repeated, it is not.
 */
export function suspicionOf(text: string, place: Place): Suspicion | undefined {
  return withoutBraces(text, place) ?? examplesOwn(text, place) ?? typographic(text, place)
}

/** A name as a shell takes it. Any may be what a secret is: of such only what hardly is one. */
function withoutBraces(text: string, { key, isSecret }: Place): Suspicion | undefined {
  const isKnown = knownKeys.has(key)
  // `secret: …` is no key here, and holds one.
  const mayBeSecret = isSecret || !isKnown
  const form = mayBeSecret ? /^\$([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]+)$/ : /^\$([A-Z][A-Z0-9_]*)$/
  const name = form.exec(text)?.[1]
  if (name === undefined || name.length > 64 || !(isKnown || isPlainKey(key))) return undefined
  return {
    code: 'variable_without_braces',
    message: mayBeSecret
      ? `"${key}" is the text of a "$" and a name, and not what a variable of that name holds`
      : `"${key}" is the text "$${name}" itself, and not what a variable holds`,
    fix: mayBeSecret ? `write \${NAME}, with that name in it` : `write \${${name}}`,
  }
}

/** What our own examples and others' have in these places. */
const EXAMPLES = /^(change|replace)[-_ ]?me$|^your[-_ ][a-z][a-z _-]*$/i

function examplesOwn(text: string, { key, isSecret }: Place): Suspicion | undefined {
  if ((!isSecret && key !== 'client_id') || text.length > 64 || !EXAMPLES.test(text)) return undefined
  return {
    code: 'placeholder_doubtful',
    message: `"${key}" looks like the placeholder of an example`,
    fix: 'replace it by what the identity provider shows you',
  }
}

/** What people read, and what people named elsewhere: quotation marks may be part of it. */
function isProse({ key, path }: Place): boolean {
  // `name` also says in which attribute or claim a name is.
  const isMapped = path.includes('attribute_mapping') || path.includes('claims_mapping')
  return key === 'display_name' || key === 'group' || (key === 'name' && !isMapped)
}

function typographic(text: string, place: Place): Suspicion | undefined {
  const { key } = place
  if (!knownKeys.has(key) || isProse(place)) return undefined
  if (!/^[\u2018-\u201f\u00ab\u00bb]|[\u2018-\u201f\u00ab\u00bb]$/.test(text)) return undefined
  return {
    code: 'quotes_typographic',
    message: `"${key}" begins or ends with a typographic quotation mark, which belongs to the value then`,
    fix: 'remove it, or write plain quotation marks: "…"',
  }
}
