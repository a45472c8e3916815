import type { ConfigurationIssue, ConfigurationIssueCode } from '../../errors/index.ts'
import { type Entry, textOf } from './entry.ts'

const list = ['sso', 'identity_providers'] as const

/** Rules between the entries: nothing that names one may name two. */
export function checkAcross(
  entries: readonly (Entry | undefined)[],
  socialIds: readonly string[],
): readonly ConfigurationIssue[] {
  return [
    ...twice(entries, 'id', 'id_twice', (id) => id.toLowerCase()),
    ...twice(entries, 'name', 'name_twice', (name) => name.normalize('NFKC').trim().toLowerCase()),
    ...twice(entries, 'callback_path', 'callback_path_twice', (path) => path),
    ...entries.flatMap((entry, index) => {
      const id = entry && textOf(entry, 'id')
      if (id === undefined || !socialIds.includes(id.toLowerCase())) return []
      const message = `"id" is taken: "social_account" has a provider of that name`
      return [issue('id_twice', [...list, index, 'id'], message, 'give the identity provider another id')]
    }),
  ]
}

/** What each needs for itself. */
const ownOf = {
  id: 'its own id',
  name: 'a name that people can tell apart',
  callback_path: 'its own, or remove it from all but one',
}

function twice(
  entries: readonly (Entry | undefined)[],
  key: keyof typeof ownOf,
  code: ConfigurationIssueCode,
  normalize: (text: string) => string,
): readonly ConfigurationIssue[] {
  const seen = new Map<string, number>()
  return entries.flatMap((entry, index) => {
    const text = entry && textOf(entry, key)
    if (text === undefined) return []
    const first = seen.get(normalize(text))
    if (first === undefined) {
      seen.set(normalize(text), index)
      return []
    }
    const message = `"${key}" is used twice: entry ${first + 1} of the list has it already`
    return [issue(code, [...list, index, key], message, `give each identity provider ${ownOf[key]}`)]
  })
}

function issue(
  code: ConfigurationIssueCode,
  path: readonly (string | number)[],
  message: string,
  fix: string,
): ConfigurationIssue {
  return { code, path, at: 'value', message, fix }
}
