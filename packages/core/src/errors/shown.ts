/**
 * What may be kept of a value that somebody else sent, for an administrator to compare: identifiers and URLs as they
 * are. Anything that could be an address, markup or a terminal's control sequence is not.
 */
export function shown(value: unknown): string {
  if (value === undefined) return '(none)'
  if (Array.isArray(value)) return value.slice(0, 5).map(shown).join(' ')
  return typeof value === 'string' && /^[\w.:/~%{}+-]{1,200}$/.test(value) ? value : '(not shown)'
}
