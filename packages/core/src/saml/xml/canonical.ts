import { NS } from '../urns.ts'
import { escapeAttribute, escapeText } from './escape.ts'
import { malformed } from './malformed.ts'
import { Prefixes } from './prefixes.ts'
import { scopeAround } from './scope.ts'
import type { NamespaceDeclaration, StartTag, XmlAttribute, XmlDocument, XmlElement } from './tree.ts'

/**
 * How an element is brought into the one form in which it is signed. With or without comments is the same here: there are
 * none.
 */
export type Canonicalization =
  /** [Exclusive XML Canonicalization](https://www.w3.org/TR/xml-exc-c14n/); `inclusivePrefixes` with '' for `#default` */
  | { readonly kind: 'exclusive'; readonly inclusivePrefixes: readonly string[] }
  /** [Canonical XML 1.0](https://www.w3.org/TR/xml-c14n) or [1.1](https://www.w3.org/TR/xml-c14n11/) */
  | { readonly kind: 'inclusive'; readonly version: '1.0' | '1.1' }

/** The part of a document that is wanted. */
export interface CanonicalizedPart {
  readonly document: XmlDocument
  readonly element: XmlElement
  /** A child of `element` that is left out: its enveloped signature. */
  readonly omitted?: XmlElement | undefined
}

/** Writes an element, with all that is in it, in canonical form. */
export function canonicalize(part: CanonicalizedPart, method: Canonicalization): string {
  const { document, element } = part
  const namespaces =
    method.kind === 'exclusive'
      ? new ExclusiveNamespaces(part, method.inclusivePrefixes)
      : new InclusiveNamespaces(part)
  const inherited = method.kind === 'inclusive' ? inheritedAttributes(element, method.version) : NOTHING
  return new Walk(document.text, namespaces, part.omitted).write(element, inherited)
}

/** Which namespace declarations start tags have in canonical form, at one place of a walk. */
interface Namespaces {
  /** Another number wherever other namespaces are around: the same number and the same tag give the same declarations. */
  readonly place: number
  /** What is to be declared in a start tag, in order. */
  declarationsOf(tag: StartTag): readonly NamespaceDeclaration[]
  /** Goes into an element. @param declared what `declarationsOf` said of its tag */
  enter(tag: StartTag, declared: readonly NamespaceDeclaration[]): void
  /** Comes out of the element that was entered last. */
  leave(): void
}

/** A start tag in canonical form, at one place. */
interface WrittenTag {
  readonly tag: StartTag
  readonly place: number
  readonly declared: readonly NamespaceDeclaration[]
  readonly text: string
}

const NOTHING: readonly never[] = []

/** In characters. Declarations that are repeated make an honest message twice as long; a hostile one may aim for more. */
const MAX_CANONICAL_LENGTH = 4 * 1024 * 1024

/** Walks over an element and takes over what is canonical as it is written. */
class Walk {
  readonly #text: string
  readonly #namespaces: Namespaces
  readonly #omitted: XmlElement | undefined
  readonly #pieces: string[] = []
  /** All of the text before this has been taken over, or replaced. */
  #taken = 0
  #length = 0
  /** The last start tag at each depth: its neighbours are often the same. */
  readonly #last: WrittenTag[] = []

  constructor(text: string, namespaces: Namespaces, omitted: XmlElement | undefined) {
    this.#text = text
    this.#namespaces = namespaces
    this.#omitted = omitted
  }

  write(apex: XmlElement, inherited: readonly XmlAttribute[]): string {
    this.#taken = apex.start
    this.#element(apex, 0, inherited)
    this.#takeUpTo(apex.end)
    return this.#pieces.join('')
  }

  #takeUpTo(end: number): void {
    if (end > this.#taken) this.#push(this.#text.slice(this.#taken, end))
    this.#taken = end
  }

  /** Puts `text` in the place of what is written from `start` to `end`. */
  #replace(start: number, end: number, text: string): void {
    this.#takeUpTo(start)
    this.#push(text)
    this.#taken = end
  }

  #push(text: string): void {
    this.#length += text.length
    if (this.#length > MAX_CANONICAL_LENGTH)
      throw malformed('the canonical form is longer than any', this.#taken)
    this.#pieces.push(text)
  }

  #element(element: XmlElement, depth: number, inherited: readonly XmlAttribute[]): void {
    const { tag, children, start, contentEnd, end } = element
    const { text, declared } = this.#startTag(tag, depth, inherited)
    if (text !== tag.source) this.#replace(start, start + tag.source.length, text)
    if (!isLeaf(children)) {
      const enters = declared.length > 0 || tag.declarations.length > 0
      if (enters) this.#namespaces.enter(tag, declared)
      this.#content(element, depth)
      if (enters) this.#namespaces.leave()
    } else if (!element.isTextCanonical) {
      this.#replace(start + tag.source.length, contentEnd, escapeText(children.join('')))
    }
    const { name } = tag
    // `<a/>` has no end tag, and others have white space in theirs.
    if (end - contentEnd !== name.length + 3) this.#replace(contentEnd, end, `</${name}>`)
  }

  #content(element: XmlElement, depth: number): void {
    const { children, isTextCanonical, start, tag } = element
    if (!isTextCanonical) this.#takeUpTo(start + tag.source.length)
    for (const child of children) {
      if (typeof child === 'string') {
        if (!isTextCanonical) this.#push(escapeText(child))
        continue
      }
      // Text that is not canonical is written anew, and so is not taken over with what stands around the elements.
      if (!isTextCanonical) this.#taken = child.start
      if (child === this.#omitted) this.#replace(child.start, child.end, '')
      else this.#element(child, depth + 1, NOTHING)
      if (!isTextCanonical) this.#takeUpTo(child.end)
    }
    if (!isTextCanonical) this.#taken = element.contentEnd
  }

  #startTag(tag: StartTag, depth: number, inherited: readonly XmlAttribute[]): WrittenTag {
    const { place } = this.#namespaces
    const last = this.#last[depth]
    if (last?.tag === tag && last.place === place) return last
    const declared = this.#namespaces.declarationsOf(tag)
    const written = { tag, place, declared, text: startTagOf(tag, declared, inherited) }
    this.#last[depth] = written
    return written
  }
}

/** Whether there are no elements among them. */
function isLeaf(children: XmlElement['children']): children is readonly string[] {
  return children.every((child) => typeof child === 'string')
}

function nameOf({ prefix, localName }: XmlAttribute): string {
  return prefix === '' ? localName : `${prefix}:${localName}`
}

function startTagOf(
  tag: StartTag,
  declared: readonly NamespaceDeclaration[],
  inherited: readonly XmlAttribute[],
): string {
  let text = `<${tag.name}`
  for (const { prefix, uri } of declared) {
    text += ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`
  }
  const all = inherited.length > 0 ? [...tag.attributes, ...inherited] : tag.attributes
  const attributes = isInOrder(all) ? all : [...all].sort(inOrder)
  for (const attribute of attributes) text += ` ${nameOf(attribute)}="${escapeAttribute(attribute.value)}"`
  return `${text}>`
}

/** Whether there is nothing to sort, as is mostly so. */
function isInOrder(attributes: readonly XmlAttribute[]): boolean {
  for (let i = 1; i < attributes.length; i++) {
    if (inOrder(attributes[i - 1] as XmlAttribute, attributes[i] as XmlAttribute) > 0) return false
  }
  return true
}

/** By namespace, then by name; those without namespace come first. */
function inOrder(one: XmlAttribute, other: XmlAttribute): number {
  // Names of namespaces are ASCII, which JavaScript orders as canonical XML does, and faster than we could.
  if (one.namespace !== other.namespace) return one.namespace < other.namespace ? -1 : 1
  return compare(one.localName, other.localName)
}

/** By code point, as canonical XML orders; JavaScript orders by UTF-16 code unit. */
function compare(one: string, other: string): number {
  if (one === other) return 0
  const length = Math.min(one.length, other.length)
  for (let index = 0; index < length; index++) {
    const difference = rank(one.charCodeAt(index)) - rank(other.charCodeAt(index))
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

/** The halves of a surrogate pair stand for code points beyond all others. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

function byPrefix(one: NamespaceDeclaration, other: NamespaceDeclaration): number {
  return compare(one.prefix, other.prefix)
}

/** Declares what a tag uses itself, and what the list names, where it was not declared with the same meaning around. */
class ExclusiveNamespaces implements Namespaces {
  readonly #listed: readonly string[]
  readonly #rendered = new Prefixes(new Map())
  /** What is in scope; only looked at for the list. */
  readonly #scope: Prefixes

  constructor(part: CanonicalizedPart, listed: readonly string[]) {
    this.#listed = listed
    this.#scope = new Prefixes(listed.length > 0 ? scopeAround(part) : new Map())
  }

  get place(): number {
    return this.#rendered.place
  }

  declarationsOf(tag: StartTag): readonly NamespaceDeclaration[] {
    const declared: NamespaceDeclaration[] = []
    this.#want(declared, tag.prefix, tag.namespace)
    for (const { prefix, namespace } of tag.attributes) {
      if (prefix !== '') this.#want(declared, prefix, namespace)
    }
    for (const prefix of this.#listed) {
      const own = tag.declarations.find((declaration) => declaration.prefix === prefix)
      const uri = own ? own.uri : this.#scope.get(prefix)
      if (uri !== undefined) this.#want(declared, prefix, uri)
    }
    return declared.length > 1 ? declared.sort(byPrefix) : declared
  }

  #want(declared: NamespaceDeclaration[], prefix: string, uri: string): void {
    if (prefix === 'xml' || this.#rendered.get(prefix) === uri) return
    if (!declared.some((other) => other.prefix === prefix)) declared.push({ prefix, uri })
  }

  enter(tag: StartTag, declared: readonly NamespaceDeclaration[]): void {
    this.#rendered.enter(declared)
    this.#scope.enter(tag.declarations)
  }

  leave(): void {
    this.#rendered.leave()
    this.#scope.leave()
  }
}

/** Declares all that is in scope at the apex, and in what is in it all that is declared there with another meaning. */
class InclusiveNamespaces implements Namespaces {
  readonly #around: ReadonlyMap<string, string>
  readonly #rendered = new Prefixes(new Map())
  #isApex = true

  constructor(part: CanonicalizedPart) {
    this.#around = scopeAround(part)
  }

  get place(): number {
    return this.#rendered.place
  }

  declarationsOf(tag: StartTag): readonly NamespaceDeclaration[] {
    const inScope = new Map(this.#isApex ? this.#around : undefined)
    this.#isApex = false
    for (const { prefix, uri } of tag.declarations) inScope.set(prefix, uri)
    const declared = Array.from(inScope, ([prefix, uri]) => ({ prefix, uri })).filter(
      ({ prefix, uri }) => prefix !== 'xml' && this.#rendered.get(prefix) !== uri,
    )
    return declared.sort(byPrefix)
  }

  enter(_: StartTag, declared: readonly NamespaceDeclaration[]): void {
    this.#rendered.enter(declared)
  }

  leave(): void {
    this.#rendered.leave()
  }
}

/**
 * The attributes of the namespace `xml` that an apex takes over from around it
 * ([Canonical XML 1.1, section 2.4](https://www.w3.org/TR/xml-c14n11/#DocSubsets)). Relative to one another, bases would
 * have to be joined in 1.1; nobody uses them in messages.
 */
function inheritedAttributes(element: XmlElement, version: '1.0' | '1.1'): readonly XmlAttribute[] {
  const inherited = new Map<string, XmlAttribute>()
  const own = new Set(element.tag.attributes.filter(isOfXml).map(({ localName }) => localName))
  for (let outer = element.parent; outer; outer = outer.parent) {
    for (const attribute of outer.tag.attributes.filter(isOfXml)) {
      const { localName } = attribute
      if (version === '1.1' && localName === 'base')
        throw malformed('xml:base stands around what is signed', outer.start)
      const isTaken = version === '1.0' || localName === 'lang' || localName === 'space'
      if (isTaken && !own.has(localName) && !inherited.has(localName)) inherited.set(localName, attribute)
    }
  }
  return [...inherited.values()]
}

function isOfXml({ namespace }: XmlAttribute): boolean {
  return namespace === NS.xml
}
