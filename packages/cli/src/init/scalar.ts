/** A text that YAML reads as itself without quotes: letters or a reference first, then nothing that has a meaning. */
const PLAIN = /^(\$\{[A-Za-z0-9_]+\}|[\p{L}\p{N}/][\p{L}\p{N} ._~@/:?&=%+()-]*)$/u

/** What YAML 1.2, or a reader of the older 1.1, takes for something else than text. */
const NOT_TEXT = /^(true|false|null|yes|no|on|off|y|n)$|^[\d:._]+$|^\d{4}-\d\d?-\d\d?/i

/**
 * A text as YAML 1.2 writes it on one line ([section 7.3](https://yaml.org/spec/1.2.2/#73-flow-scalar-styles)): plain
 * where that is certain to be read as text; else in double quotes, whose escapes are those of JSON.
 *
 * @param text without line breaks
 * @param inBrackets whether it is an item of a list in brackets, where braces have a meaning
 */
export function scalar(text: string, inBrackets = false): string {
  const isPlain = PLAIN.test(text) && !/: |[: ]$/.test(text) && !(inBrackets && text.includes('{'))
  const isText = !NOT_TEXT.test(text) && Number.isNaN(Number(text))
  return isPlain && isText ? text : JSON.stringify(text)
}
