import { NS } from '../urns.ts'
import { malformed } from './malformed.ts'
import { declarationProblem, nameEnd } from './names.ts'
import type { Prefixes } from './prefixes.ts'
import { decodeAttributeValue } from './text.ts'
import type { NamespaceDeclaration, StartTag, XmlAttribute } from './tree.ts'

/** An attribute. Its prefix gets its namespace at the end of the tag: it may be declared further right. */
interface WrittenAttribute extends XmlAttribute {
  namespace: string
}

const COLON = 0x3a
const EQUALS = 0x3d
const GREATER = 0x3e
const SLASH = 0x2f
const QUOTE = 0x22
const APOSTROPHE = 0x27

const NONE: readonly never[] = []

/**
 * Reads a start tag, or the tag of an element without content.
 *
 * @param start where its `<` is
 * @param maxAttributes declarations count too
 * @throws SsoError `saml_xml_invalid`
 */
export function readStartTag(text: string, start: number, outer: Prefixes, maxAttributes: number): StartTag {
  const { prefix, localName, end } = readName(text, start + 1)
  const attributes: WrittenAttribute[] = []
  const declarations: NamespaceDeclaration[] = []
  let index = end
  for (;;) {
    const next = skipSpace(text, index)
    const code = text.charCodeAt(next)
    const closes = code === SLASH ? next + 1 : next
    if (text.charCodeAt(closes) === GREATER) {
      checkDeclarations(declarations, start)
      const namespaces = { declarations, outer, offset: start }
      resolveAttributes(attributes, namespaces)
      return {
        name: text.slice(start + 1, end),
        prefix,
        localName,
        namespace: namespaceOf(prefix, namespaces),
        source: text.slice(start, closes + 1),
        attributes,
        declarations,
        ids: idsOf(attributes),
      }
    }
    if (next === index) throw malformed('a tag is not written as one', next)
    if (attributes.length + declarations.length >= maxAttributes) {
      throw malformed('an element has too many attributes', next)
    }
    index = readAttribute(text, next, attributes, declarations)
  }
}

interface Name {
  readonly prefix: string
  readonly localName: string
  readonly end: number
}

function readName(text: string, start: number): Name {
  const first = nameEnd(text, start)
  if (first === start) throw malformed('a name is missing or malformed', start)
  if (text.charCodeAt(first) !== COLON) return { prefix: '', localName: text.slice(start, first), end: first }
  const second = nameEnd(text, first + 1)
  if (second === first + 1) throw malformed('a name is missing or malformed', first)
  return { prefix: text.slice(start, first), localName: text.slice(first + 1, second), end: second }
}

function readAttribute(
  text: string,
  start: number,
  attributes: WrittenAttribute[],
  declarations: NamespaceDeclaration[],
): number {
  const { prefix, localName, end: nameEnds } = readName(text, start)
  const equals = skipSpace(text, nameEnds)
  const open = skipSpace(text, equals + 1)
  const quote = text.charCodeAt(open)
  if (text.charCodeAt(equals) !== EQUALS || (quote !== QUOTE && quote !== APOSTROPHE)) {
    throw malformed('an attribute is not written as one', start)
  }
  const close = text.indexOf(quote === QUOTE ? '"' : "'", open + 1)
  if (close < 0) throw malformed('the value of an attribute has no end', start)
  const value = decodeAttributeValue(text.slice(open + 1, close), open)
  if (prefix === 'xmlns') declarations.push({ prefix: localName, uri: value })
  else if (prefix === '' && localName === 'xmlns') declarations.push({ prefix: '', uri: value })
  else attributes.push({ prefix, localName, namespace: '', value })
  return close + 1
}

/** What prefixes stand for within a tag: what it declares itself counts for itself too. */
interface Namespaces {
  readonly declarations: readonly NamespaceDeclaration[]
  readonly outer: Prefixes
  /** Where the tag is. */
  readonly offset: number
}

function namespaceOf(prefix: string, { declarations, outer, offset }: Namespaces): string {
  if (prefix === 'xml') return NS.xml
  for (const declaration of declarations) if (declaration.prefix === prefix) return declaration.uri
  const uri = outer.get(prefix)
  if (uri === undefined) throw malformed('a prefix is not declared', offset)
  return uri
}

/** Gives each prefix its namespace. An attribute without prefix is in none. */
function resolveAttributes(attributes: readonly WrittenAttribute[], namespaces: Namespaces): void {
  for (const [index, attribute] of attributes.entries()) {
    const { prefix, localName } = attribute
    if (prefix !== '') attribute.namespace = namespaceOf(prefix, namespaces)
    for (let i = 0; i < index; i++) {
      const other = attributes[i]
      if (other?.localName === localName && other.namespace === attribute.namespace) {
        throw malformed('an attribute is given twice', namespaces.offset)
      }
    }
  }
}

function checkDeclarations(declarations: readonly NamespaceDeclaration[], offset: number): void {
  for (const declaration of declarations) {
    const { prefix, uri } = declaration
    const problem = declarationProblem(prefix, uri)
    if (problem !== undefined) throw malformed(problem, offset)
    if (declarations.find((other) => other.prefix === prefix) !== declaration) {
      throw malformed('a prefix is declared twice', offset)
    }
  }
}

/** Whoever looks for an element by its ID may mean any of these: `ID`, `Id`, `id`, `xml:id`, `wsu:Id`. */
function idsOf(attributes: readonly XmlAttribute[]): readonly string[] {
  const ids = attributes.filter(({ localName }) => localName.toLowerCase() === 'id')
  return ids.length === 0 ? NONE : ids.map(({ value }) => value)
}

function skipSpace(text: string, start: number): number {
  let index = start
  for (;;) {
    const code = text.charCodeAt(index)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return index
    index++
  }
}
