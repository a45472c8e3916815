/**
 * Text that can not command a terminal, whoever wrote it: no control, no change of direction, no line of its own.
 * Everything that is printed and comes from a file or from a provider goes through this.
 */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?')
}

/** What programs read, which people see too: JSON says the same with every such character escaped. */
export function jsonText(value: object): string {
  return JSON.stringify(value, undefined, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
