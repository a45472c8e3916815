import { NS } from '../urns.ts'
import { malformed } from './malformed.ts'
import { declarationProblem, nameEnd } from './names.ts'
import type { Prefixes } from './prefixes.ts'
import { decodeAttributeValue } from './text.ts'
import type { NamespaceDeclaration, StartTag, XmlAttribute } from './tree.ts'

/** An attribute whose prefix is not resolved yet: it may be declared further right. */
interface WrittenAttribute {
  readonly prefix: string
  readonly localName: string
  readonly value: string
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
  const name = readName(text, start + 1)
  let index = name.end
  const attributes: WrittenAttribute[] = []
  const declarations: NamespaceDeclaration[] = []
  for (;;) {
    const next = skipSpace(text, index)
    const code = text.charCodeAt(next)
    const closes = code === SLASH ? next + 1 : next
    if (text.charCodeAt(closes) === GREATER) {
      const source = text.slice(start, closes + 1)
      return resolve({ ...name, source, attributes, declarations }, outer, start)
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
  else attributes.push({ prefix, localName, value })
  return close + 1
}

interface WrittenTag extends Name {
  readonly source: string
  readonly attributes: readonly WrittenAttribute[]
  readonly declarations: readonly NamespaceDeclaration[]
}

/** Gives each prefix of a tag its namespace; what it declares itself counts for itself too. */
function resolve(written: WrittenTag, outer: Prefixes, offset: number): StartTag {
  const { prefix, localName, source, declarations } = written
  checkDeclarations(declarations, offset)
  const namespaceOf = (prefix: string): string => {
    if (prefix === 'xml') return NS.xml
    const own = declarations.find((declaration) => declaration.prefix === prefix)
    const uri = own ? own.uri : outer.get(prefix)
    if (uri === undefined) throw malformed('a prefix is not declared', offset)
    return uri
  }
  const namespace = namespaceOf(prefix)
  const attributes: XmlAttribute[] = []
  for (const attribute of written.attributes) {
    const { prefix, localName, value } = attribute
    const namespace = prefix === '' ? '' : namespaceOf(prefix)
    const isDouble = attributes.some(
      (other) => other.localName === localName && other.namespace === namespace,
    )
    if (isDouble) throw malformed('an attribute is given twice', offset)
    attributes.push({ prefix, localName, namespace, value })
  }
  return { prefix, localName, namespace, source, attributes, declarations, ids: idsOf(attributes) }
}

function checkDeclarations(declarations: readonly NamespaceDeclaration[], offset: number): void {
  for (const [index, { prefix, uri }] of declarations.entries()) {
    const problem = declarationProblem(prefix, uri)
    if (problem !== undefined) throw malformed(problem, offset)
    const isDouble = declarations.findIndex((other) => other.prefix === prefix) !== index
    if (isDouble) throw malformed('a prefix is declared twice', offset)
  }
}

/** Whoever looks for an element by its ID may mean any of these: `ID`, `Id`, `id`, `xml:id`, `wsu:Id`. */
function idsOf(attributes: readonly XmlAttribute[]): readonly string[] {
  const ids = attributes.filter(({ localName }) => localName.length === 2 && localName.toLowerCase() === 'id')
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
