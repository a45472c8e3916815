import type * as v from 'valibot'
import type { ConfigurationIssue } from '../errors/index.ts'
import { nearest } from './nearest.ts'
import { isPlainKey, knownKeys } from './schema.ts'

/** What to write for a key that is missing. */
const examples: Readonly<Record<string, string>> = {
  sso: 'add a section "sso:"',
  enabled: 'add "enabled: true"',
  id: 'add "id: okta", a short name of your choice; it becomes part of the callback URL',
  name: 'add "name: Company login", what people should read',
  protocol: 'add "protocol: OIDC"',
  server_url:
    'add "server_url: https://…", the part of the discovery URL before /.well-known/openid-configuration',
  client_id: 'add "client_id: …" as the identity provider shows it for this application',
  client_secret: 'add "client_secret: …" as the identity provider shows it for this application',
}

/** Turns what the schema library found into words that say what is wrong and what to do. */
export function describeIssue(issue: v.BaseIssue<unknown>): ConfigurationIssue {
  const path = (issue.path ?? []).map((item) => item.key as string | number)
  const key = String(path.at(-1) ?? '')
  if (isMissing(issue)) {
    return { path: path.slice(0, -1), at: 'key', message: `"${key}" is missing`, ...fix(examples[key]) }
  }
  if (issue.type === 'never') {
    const meant = nearest(key, knownKeys)
    const suggestion = meant ? `did you mean "${meant}"?` : 'remove it, or look for a typing error'
    const message = isPlainKey(key) ? `unknown key "${key}"` : 'there is no such key'
    return { path, at: 'key', message, fix: suggestion }
  }
  const subject = nameOf(path)
  if (issue.kind === 'validation' || issue.type === 'custom') {
    return { path, at: 'value', message: `${subject} ${issue.message}` }
  }
  if (issue.input === null) {
    return { path, at: 'key', message: `${subject} has no value`, ...fix(examples[key]) }
  }
  if (issue.type === 'variant' && key !== 'protocol') {
    return { path, at: 'value', message: `${subject} must be a mapping: keys with values, one on each line` }
  }
  return describeWrongType(issue, path, key)
}

function isMissing(issue: v.BaseIssue<unknown>): boolean {
  if (issue.kind !== 'schema' || issue.received !== 'undefined') return false
  return issue.type === 'variant' || issue.expected?.startsWith('"') === true
}

function nameOf(path: readonly (string | number)[]): string {
  const last = path.at(-1)
  if (last === undefined) return 'the file'
  return typeof last === 'number' ? 'this entry' : `"${last}"`
}

function describeWrongType(
  issue: v.BaseIssue<unknown>,
  path: readonly (string | number)[],
  key: string,
): ConfigurationIssue {
  const at = 'value'
  if (issue.type === 'picklist' || issue.type === 'variant') {
    if (key === 'protocol' && /^saml$/i.test(String(issue.input))) {
      return { path, at, message: 'SAML does not work in this version of Doorward yet' }
    }
    const options = [...(issue.expected ?? '').matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
    const listed = options.filter(
      (option) => !options.some((o) => o !== option && o === option.toUpperCase()),
    )
    const meant = nearest(String(issue.input), listed)
    return {
      path,
      at,
      message: `"${key}" must be ${listed.length === 1 ? '' : 'one of '}${listed.join(', ')}`,
      ...fix(meant && `did you mean "${meant}"?`),
    }
  }
  if (issue.type === 'boolean') {
    return {
      path,
      at,
      message: `"${key}" must be true or false`,
      fix: `write "${key}: true", without quotes`,
    }
  }
  if (issue.type === 'string') return { path, at, ...describeNotText(key, issue.input) }
  const expected =
    issue.type === 'array' ? 'a list: each entry on a line of its own, beginning with "-"' : issue.type
  const noun = issue.type === 'number' ? 'a number' : expected
  return { path, at, message: `"${key}" must be ${noun}` }
}

function describeNotText(key: string, input: unknown): Pick<ConfigurationIssue, 'message' | 'fix'> {
  if (Array.isArray(input)) return { message: `"${key}" must be one text, not a list` }
  const what =
    typeof input === 'number' ? ', not a number' : typeof input === 'boolean' ? ', not true or false' : ''
  return { message: `"${key}" must be text${what}`, ...fix(what ? 'put it in quotes' : undefined) }
}

/** `exactOptionalPropertyTypes`: a fix is either there or it is not. */
function fix(text: string | undefined): { fix?: string } {
  return text === undefined ? {} : { fix: text }
}
