/**
 * Sets rows of text as a table: the first column to the left, the others to the right.
 *
 * @param head the headings
 */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n')
}

/** @returns a number with three significant digits, without an exponent */
export function formatNumber(value: number): string {
  const decimals = value > 0 ? Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(value)))) : 0
  return value.toFixed(decimals)
}
