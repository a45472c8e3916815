/** A table in markdown. Its columns are aligned with the whole document. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '-')), ...rows.map(line)].join('\n')
}

/** As code. */
export function code(text: string): string {
  return `\`${text}\``
}
