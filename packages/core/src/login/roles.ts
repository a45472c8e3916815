import type { RoleMapping } from '../config/connection.ts'

/**
 * The roles that somebody's groups give them: those of every rule that fits, each once, in the order of the rules.
 *
 * @param groups as the identity provider names them
 */
export function rolesOf(
  groups: readonly string[],
  { isCaseSensitive, rules }: RoleMapping,
): readonly string[] {
  if (rules.length === 0) return []
  const compared = (group: string) => (isCaseSensitive ? group : foldCase(group))
  const theirs = new Set(groups.map(compared))
  return [...new Set(rules.flatMap(({ group, roles }) => (theirs.has(compared(group)) ? roles : [])))]
}

/** Of the letters that have no look-alikes in other scripts: elsewhere one group could pass for another. */
function foldCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
