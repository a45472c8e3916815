/**
 * What may be kept of a value that somebody else sent, for an administrator to compare: identifiers and URLs as they
 * are. Anything that could be an address, a token, markup or a terminal's control sequence is not.
 */
export function shown(value: unknown): string {
  if (value === undefined) return '(none)'
  return Array.isArray(value) ? value.slice(0, 5).map(shownText).join(' ') : shownText(value)
}

function shownText(value: unknown): string {
  return typeof value === 'string' && /^(?!eyJ)[\w.:/~{}#-]{1,200}$/.test(value) ? value : '(not shown)'
}
