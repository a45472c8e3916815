import { malformed } from './malformed.ts'

/** @returns where there is a character that [XML 1.0](https://www.w3.org/TR/xml/#charsets) does not have; -1 if nowhere */
export function findForbiddenCharacter(text: string): number {
  // V8 in Workers looks at many characters at once: ten times as fast as to look for one after the other.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.search(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/)
}

/**
 * Reads text as XML means it: lines end with a line feed, references are resolved.
 *
 * @param offset where it stands, for the message
 * @throws SsoError `saml_xml_invalid`
 */
export type TextDecoding = (written: string, offset: number) => string

/** The decoding of all texts of a document: nothing is looked for in each of them that is not in the document at all. */
export function textDecodingOf(document: string): TextDecoding {
  return ['\r', '&', ']]>'].some((special) => document.includes(special)) ? decodeText : (written) => written
}

function decodeText(written: string, offset: number): string {
  if (written.includes(']]>')) throw malformed('"]]>" stands in a text', offset + written.indexOf(']]>'))
  const lines = written.includes('\r') ? written.replaceAll(/\r\n?/g, '\n') : written
  return lines.includes('&') ? resolveReferences(lines, offset) : lines
}

/** The value of an attribute as XML reads it, where it holds more than plain characters. */
export function decodeAttributeValue(written: string, offset: number): string {
  if (!/[<&\t\r\n]/.test(written)) return written
  if (written.includes('<')) throw malformed('"<" stands in the value of an attribute', offset)
  return resolveReferences(written.replaceAll(/\r\n|[\t\r\n]/g, ' '), offset)
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** As long as a reference can be that means something, in characters. */
const MAX_REFERENCE = '&#x0010FFFF;'.length

/**
 * The five entities, and characters by number ([XML 1.0, section 4.1](https://www.w3.org/TR/xml/#sec-references)). One by
 * one, so that the first that is none ends it: to replace them all at once would find them all before.
 */
function resolveReferences(text: string, offset: number): string {
  let resolved = ''
  let taken = 0
  for (let start = text.indexOf('&'); start >= 0; start = text.indexOf('&', taken)) {
    const length = text.slice(start, start + MAX_REFERENCE).indexOf(';')
    const character = length < 0 ? undefined : characterOf(text.slice(start + 1, start + length))
    if (character === undefined) throw malformed('there is a reference to something unknown', offset + start)
    resolved += text.slice(taken, start) + character
    taken = start + length + 1
  }
  return resolved + text.slice(taken)
}

/** @param reference what stands between `&` and `;` */
function characterOf(reference: string): string | undefined {
  const number = /^#(?:(\d+)|x([0-9a-fA-F]+))$/.exec(reference)
  if (!number) return entities.get(reference)
  const [, decimal, hexadecimal = ''] = number
  const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined
  const character = String.fromCodePoint(code)
  return findForbiddenCharacter(character) < 0 ? character : undefined
}
