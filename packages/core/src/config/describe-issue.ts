import type * as v from 'valibot'
import type { ConfigurationIssue } from '../errors/index.ts'
import { readComplaint } from './format/fields.ts'
import { isPlainKey } from './format/keys.ts'
import { nearest } from './nearest.ts'
import { suggestKey } from './unknown-key.ts'

/** What to write for a key that is missing. */
const examples: Readonly<Record<string, string>> = {
  enabled: 'add "enabled: true"',
  id: 'add "id: okta", a short name of your choice; it becomes part of the URLs to register there',
  name: 'add "name: Company login", what people should read',
  protocol: 'add "protocol: OIDC" or "protocol: SAML"',
  client_id: 'add "client_id: …" as the identity provider shows it for this application',
  client_secret: 'add "client_secret: …" as the identity provider shows it for this application',
  domain: 'add "domain: https://…", the domain of the user pool',
  mapping: 'add "mapping:" with a list of rules, such as "- {group: admins, root_role: admin}"',
  group: 'add "group: …" as the identity provider names it',
}

/** For so many keys that nobody knows it is said what was meant: a file with more of them is none of ours. */
const MAX_SUGGESTIONS = 20

/**
 * Turns what the schema library found into words that say what is wrong and what to do.
 *
 * @param position of the issue among all: with the first ones more time is taken
 */
export function describeIssue(issue: v.BaseIssue<unknown>, position = 0): ConfigurationIssue {
  const path = (issue.path ?? []).map((item) => item.key as string | number)
  const key = String(path.findLast((step) => typeof step === 'string') ?? '')
  const last = String(path.at(-1) ?? '')
  if (isMissing(issue)) {
    const message = `"${last}" is missing`
    return { code: 'key_missing', path: path.slice(0, -1), at: 'key', message, ...fix(examples[last]) }
  }
  if (issue.type === 'never') return describeUnknownKey(path, last, position < MAX_SUGGESTIONS)
  const subject = nameOf(path)
  if (issue.input === null && path.length > 0) return describeNothing(issue, path, key)
  if (issue.kind === 'validation' || issue.type === 'custom') {
    const { code, text, ...rest } = readComplaint(issue.message)
    const whole = path.length === 0 ? { fix: 'begin with "sso:", and indent what belongs to it' } : {}
    return { code, path, at: 'value', message: `${subject} ${text}`, ...whole, ...rest }
  }
  if (issue.type === 'variant' && key !== 'protocol') {
    const message = 'this entry must be a mapping: keys with values, one on each line'
    return { code: 'type_wrong', path, at: 'value', message }
  }
  return { path, at: 'value', ...describeWrongType(issue, key) }
}

function describeNothing(
  issue: v.BaseIssue<unknown>,
  path: readonly (string | number)[],
  key: string,
): ConfigurationIssue {
  const code = 'key_without_value'
  if (typeof path.at(-1) === 'number') {
    const message = 'there is nothing behind this "-"'
    return { code, path, at: 'value', message, fix: 'remove it, or write something behind it' }
  }
  const list = 'write its entries below it, each beginning with "-", or remove it'
  const below = 'indent what belongs to it by two spaces more than itself, or remove it'
  const otherwise = issue.type === 'array' ? list : issue.type === 'custom' ? below : undefined
  const text = `write "${key}: …", in quotes if it begins with a sign such as "#"`
  return {
    code,
    path,
    at: 'key',
    message: `"${key}" has no value`,
    ...fix(issue.type === 'string' ? text : (examples[key] ?? otherwise)),
  }
}

function describeUnknownKey(
  path: readonly (string | number)[],
  key: string,
  isToBeGuessed: boolean,
): ConfigurationIssue {
  const at = 'key'
  if (path[0] === 'social_account' && key.toLowerCase() === 'goolge') {
    const message = '"goolge" is a misprint of CVAT\'s documentation: the key is "google"'
    return { code: 'google_misprinted', path, at, message, fix: 'write "google:"' }
  }
  const message = isPlainKey(key) ? `unknown key "${key}"` : 'there is no such key'
  const suggestion = isToBeGuessed ? suggestKey(path) : undefined
  return {
    code: 'key_unknown',
    path,
    at,
    message,
    fix: suggestion ?? 'remove it, or look for a typing error',
  }
}

function isMissing(issue: v.BaseIssue<unknown>): boolean {
  if (issue.kind !== 'schema' || issue.received !== 'undefined') return false
  return issue.type === 'variant' || issue.expected?.startsWith('"') === true
}

function nameOf(path: readonly (string | number)[]): string {
  const key = path.findLast((step) => typeof step === 'string')
  if (key === undefined) return 'the file'
  return key === 'identity_providers' && typeof path.at(-1) === 'number' ? 'this entry' : `"${key}"`
}

type Description = Pick<ConfigurationIssue, 'code' | 'message' | 'fix'>

function describeWrongType(issue: v.BaseIssue<unknown>, key: string): Description {
  const code = 'type_wrong'
  switch (issue.type) {
    case 'picklist':
    case 'variant':
      return describeChoice(issue, key)
    case 'boolean':
      return {
        code,
        message: `"${key}" must be true or false`,
        fix: describeSwitch(key, asText(issue.input)),
      }
    case 'string':
      return { code, ...describeNotText(key, issue.input) }
    case 'array':
      return {
        code,
        message: `"${key}" must be a list: each entry on a line of its own, beginning with "-"`,
        fix: listFixes[key] ?? 'begin each entry with a dash and a space: "- …"',
      }
    case 'number':
      return {
        code,
        message: `"${key}" must be a number`,
        ...fix(typeof issue.input === 'string' ? 'write it in digits, without quotes' : undefined),
      }
    default:
      return { code, message: `"${key}" must be ${issue.type}` }
  }
}

/** With the key that people write first. */
const listFixes: Readonly<Record<string, string>> = {
  identity_providers:
    'begin each entry with a dash, "- id: …", and indent its other keys so that they stand below "id"',
  mapping:
    'begin each rule with a dash, "- group: …", and indent its other keys so that they stand below "group"',
}

function describeSwitch(key: string, input: string): string {
  if (/^(true|yes|on|y|1)$/i.test(input)) return `write "${key}: true", without quotes`
  if (/^(false|no|off|n|0)$/i.test(input)) return `write "${key}: false", without quotes`
  return 'write one of the two, without quotes'
}

function describeChoice(issue: v.BaseIssue<unknown>, key: string): Description {
  const options = [...(issue.expected ?? '').matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
  // Where both spellings are taken, one is enough to name.
  const listed = options.filter((option) => !options.some((o) => o !== option && o === option.toUpperCase()))
  const input = asText(issue.input)
  const meant = choiceInOtherWords(key, input) ?? nearest(input, listed) ?? begunBy(input, listed)
  const message = `"${key}" must be one of ${listed.join(', ')}`
  const all = listed.map((option) => `"${option}"`)
  const any = `write ${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
  return { code: 'choice_unknown', message, fix: meant ? `did you mean "${meant}"?` : any }
}

/** The only choice that begins so. */
function begunBy(input: string, options: readonly string[]): string | undefined {
  const begun = options.filter((option) => option.startsWith(input.toLowerCase()))
  return input.length >= 3 && begun.length === 1 ? begun[0] : undefined
}

/** How other products, and people, call a choice. */
function choiceInOtherWords(key: string, input: string): string | undefined {
  if (key === 'protocol' && /^(open.?id\b|oauth)/i.test(input)) return 'OIDC'
  const method = key === 'token_auth_method' && /^(basic|post|header|body)$/i.exec(input)?.[0].toLowerCase()
  if (!method) return undefined
  return /^(basic|header)$/.test(method) ? 'client_secret_basic' : 'client_secret_post'
}

function describeNotText(key: string, input: unknown): Pick<ConfigurationIssue, 'message' | 'fix'> {
  if (Array.isArray(input)) return { message: `"${key}" must be one text, not a list` }
  if (typeof input === 'object') return { message: `"${key}" must be text, not a section` }
  const what =
    typeof input === 'number' ? ', not a number' : typeof input === 'boolean' ? ', not true or false' : ''
  return { message: `"${key}" must be text${what}`, ...fix(what ? 'put it in quotes' : undefined) }
}

/** Not `String`: what is no text may refuse to become one. */
function asText(input: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof input) ? String(input) : ''
}

/** `exactOptionalPropertyTypes`: a fix is either there or it is not. */
function fix(text: string | undefined): { fix?: string } {
  return text === undefined ? {} : { fix: text }
}
