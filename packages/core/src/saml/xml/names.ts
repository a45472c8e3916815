import { NS } from '../urns.ts'

// NameStartChar and NameChar of https://www.w3.org/TR/xml/#NT-Name, without the colon: it belongs to namespaces.
const START =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}'
const NC_NAME = new RegExp(`[${START}][${START}.0-9\\xB7\\u0300-\\u036F\\u203F-\\u2040-]*`, 'uy')

/** For each ASCII character: 2 when a name may begin with it, 1 when it may go on with it. */
const ascii = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[A-Za-z_]/.test(character)) return 2
  return /[0-9.-]/.test(character) ? 1 : 0
})

/**
 * Finds the end of the name without colon (NCName) that begins at `start`.
 *
 * @returns the index after it; `start` when there is none
 */
export function nameEnd(text: string, start: number): number {
  let index = start
  let code = text.charCodeAt(index)
  if (code < 128 && ascii[code] !== 2) return start
  while (code < 128 && ascii[code] !== 0) code = text.charCodeAt(++index)
  return code < 128 || Number.isNaN(code) ? index : unicodeNameEnd(text, start)
}

function unicodeNameEnd(text: string, start: number): number {
  NC_NAME.lastIndex = start
  return NC_NAME.test(text) ? NC_NAME.lastIndex : start
}

/** Whether all of `text` is one NCName, as `ID` wants it ([XML Schema, section 3.3.8](https://www.w3.org/TR/xmlschema-2/#ID)). */
export function isNcName(text: string): boolean {
  return text !== '' && nameEnd(text, 0) === text.length
}

/** Longer than the name of any namespace, in characters: a canonical form may repeat it in every element. */
const MAX_NAMESPACE_NAME = 256

/** What may stand in a URI, but for brackets, which are for addresses of IPv6 alone, and what XML would escape. */
const URI_CHARACTERS = '(?:[A-Za-z0-9\\-._~:/?@!$()*+,;=]|%[0-9A-Fa-f]{2})*'
const ABSOLUTE_URI = new RegExp(`^[A-Za-z][A-Za-z0-9+.-]*:${URI_CHARACTERS}(?:#${URI_CHARACTERS})?$`)

/**
 * Whether `uri` can be the name of a namespace: an absolute URI, of the characters that URIs have where they may have them
 * ([RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2)), quotes and `&` excepted. What needs no escaping can not
 * be read in two ways; relative ones have no canonical form, and for libxml2 what is no URI has none either.
 */
function isNamespaceName(uri: string): boolean {
  return uri.length <= MAX_NAMESPACE_NAME && ABSOLUTE_URI.test(uri)
}

/**
 * Why a prefix may not be bound to a namespace ([Namespaces in XML, section 3](https://www.w3.org/TR/xml-names/#ns-decl)).
 *
 * @param prefix '' for the default namespace
 */
export function declarationProblem(prefix: string, uri: string): string | undefined {
  if (prefix === 'xmlns') return 'the prefix xmlns is declared'
  if ((prefix === 'xml') !== (uri === NS.xml)) return 'the prefix xml and its namespace belong together'
  if (uri === NS.xmlns) return 'the namespace of declarations is given a prefix'
  if (uri === '') return prefix === '' ? undefined : 'a prefix is declared for no namespace'
  return isNamespaceName(uri)
    ? undefined
    : 'a namespace has a name that is no absolute URI, or longer than any'
}
