import { malformed } from './malformed.ts'

const BYTE_ORDER_MARK = '\uFEFF'

const DECLARATION =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.0\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][\w.-]*)\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\4)?[ \t\r\n]*\?>/y

/** What a declaration longer than this declares is nothing that we know, in characters. */
const MAX_LENGTH = 200

/**
 * Skips a byte order mark and the XML declaration ([XML 1.0, section 2.8](https://www.w3.org/TR/xml/#sec-prolog-dtd)), which
 * may only confirm what is known: version 1.0, in UTF-8.
 *
 * @returns where the document goes on
 */
export function skipDeclaration(text: string): number {
  const start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0
  if (!text.startsWith('<?xml', start)) return start
  DECLARATION.lastIndex = 0
  const match = DECLARATION.exec(text.slice(start, start + MAX_LENGTH))
  const encoding = match?.[3] ?? 'UTF-8'
  if (!match || encoding.toUpperCase() !== 'UTF-8') {
    throw malformed(
      'the XML declaration is malformed, or declares something other than version 1.0 in UTF-8',
      start,
    )
  }
  return start + match[0].length
}
