import { decodeUtf8 } from '../../encoding/bytes.ts'
import type { XmlLimits } from './limits.ts'
import { malformed } from './malformed.ts'
import { Prefixes } from './prefixes.ts'
import { skipDeclaration } from './prolog.ts'
import { readStartTag } from './start-tag.ts'
import { findForbiddenCharacter, type TextDecoding, textDecodingOf } from './text.ts'
import type { StartTag, XmlDocument, XmlElement } from './tree.ts'

/** Of an element that has no children yet; never written to. */
const NO_CHILDREN: (XmlElement | string)[] = []

const NO_SCOPE: ReadonlyMap<string, string> = new Map()

const GREATER = 0x3e
const SLASH = 0x2f
const EXCLAMATION = 0x21
const QUESTION = 0x3f

/** An element whose end has not been read yet. */
interface OpenElement {
  readonly tag: StartTag
  readonly parent: OpenElement | undefined
  children: (XmlElement | string)[]
  readonly start: number
  contentEnd: number
  end: number
  isTextCanonical: boolean
  hasComment: boolean
  /** Whether what it declares counts already. */
  isEntered: boolean
}

/**
 * Reads XML, strictly: well-formed by [XML 1.0](https://www.w3.org/TR/xml/) and
 * [Namespaces in XML](https://www.w3.org/TR/xml-names/), in UTF-8, and of what these allow only what messages are made of.
 * No DOCTYPE and so no entities but the five, no processing instructions, comments only where `limits` allow them and
 * never beside text, every ID once in whatever spelling. One pass, and time in proportion to the length, whatever is sent.
 *
 * @param unverifiedBytes the document, with or without a byte order mark
 * @param scope the namespaces around it, by prefix, when it was part of another document
 * @throws SsoError `saml_xml_invalid`
 */
export function parseXml(
  unverifiedBytes: Uint8Array,
  limits: XmlLimits,
  scope: ReadonlyMap<string, string> = NO_SCOPE,
): XmlDocument {
  if (unverifiedBytes.length > limits.bytes)
    throw malformed('the document is too large', unverifiedBytes.length)
  const text = decode(unverifiedBytes)
  const forbidden = findForbiddenCharacter(text)
  if (forbidden >= 0) throw malformed('there is a character that XML does not have', forbidden)
  return new Reader(text, limits, scope).read()
}

function decode(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes)
  } catch {
    throw malformed('the document is not UTF-8', 0)
  }
}

/** One pass over one text. */
class Reader {
  readonly #text: string
  readonly #limits: XmlLimits
  readonly #scope: ReadonlyMap<string, string>
  readonly #textDecoder: TextDecoding
  readonly #elements: XmlElement[] = []
  readonly #ids = new Set<string>()
  readonly #prefixes: Prefixes
  /** The last start tag at each depth, and the place where it was read. */
  readonly #lastTags: { readonly tag: StartTag; readonly place: number }[] = []
  /** What is open: this one, and its parents. */
  #current: OpenElement | undefined
  #depth = 0
  #root: XmlElement | undefined

  constructor(text: string, limits: XmlLimits, scope: ReadonlyMap<string, string>) {
    this.#text = text
    this.#limits = limits
    this.#scope = scope
    this.#textDecoder = textDecodingOf(text)
    this.#prefixes = new Prefixes(scope)
  }

  read(): XmlDocument {
    const text = this.#text
    let index = skipDeclaration(text)
    for (;;) {
      const markup = text.indexOf('<', index)
      this.#readText(index, markup < 0 ? text.length : markup)
      if (markup < 0) break
      index = this.#readMarkup(markup)
    }
    if (this.#current) throw malformed('an element is not closed', text.length)
    if (!this.#root) throw malformed('there is no element', text.length)
    return { text, root: this.#root, elements: this.#elements, ids: this.#ids, scope: this.#scope }
  }

  #readMarkup(start: number): number {
    switch (this.#text.charCodeAt(start + 1)) {
      case SLASH:
        return this.#readEndTag(start)
      case EXCLAMATION:
        return this.#readDeclaration(start)
      case QUESTION:
        throw malformed('there is a processing instruction', start)
      default:
        return this.#readStartTag(start)
    }
  }

  #readText(start: number, end: number): void {
    if (start === end) return
    const written = this.#text.slice(start, end)
    const current = this.#current
    if (!current) {
      if (!isWhiteSpace(written)) throw malformed('there is text outside of the root', start)
      return
    }
    const text = this.#textDecoder(written, start)
    if (text !== written || text.includes('>')) current.isTextCanonical = false
    addChild(current, text)
  }

  #readStartTag(start: number): number {
    if (this.#root) throw malformed('there is a second root', start)
    if (this.#elements.length >= this.#limits.elements) throw malformed('there are too many elements', start)
    const parent = this.#current
    // Not when the parent began: most elements that declare something hold no others.
    if (parent && !parent.isEntered && parent.tag.declarations.length > 0) {
      this.#prefixes.enter(parent.tag.declarations)
      parent.isEntered = true
    }
    const tag = this.#tagAt(start)
    if (tag.ids.length > 0) this.#claimIds(tag.ids, start)
    const end = start + tag.source.length
    const element = newElement(tag, parent, start)
    this.#elements.push(element)
    if (parent) addChild(parent, element)
    this.#current = element
    this.#depth++
    // An element without content ends here: `<a/>`.
    if (this.#text.charCodeAt(end - 2) === SLASH) this.#close(element, end, end)
    return end
  }

  /** Most elements repeat what was written just before at the same depth, and mean the same unless namespaces changed. */
  #tagAt(start: number): StartTag {
    const { place } = this.#prefixes
    const last = this.#lastTags[this.#depth]
    if (last?.place === place) {
      const { tag } = last
      // Faster than `startsWith`.
      if (this.#text.slice(start, start + tag.source.length) === tag.source) return tag
    }
    if (this.#depth >= this.#limits.depth) throw malformed('elements are nested too deeply', start)
    const tag = readStartTag(this.#text, start, this.#prefixes, this.#limits.attributes)
    this.#lastTags[this.#depth] = { tag, place }
    return tag
  }

  #claimIds(ids: readonly string[], start: number): void {
    for (const id of ids) {
      if (this.#ids.has(id)) throw malformed('an ID is given twice', start)
      this.#ids.add(id)
    }
  }

  #readEndTag(start: number): number {
    const text = this.#text
    const element = this.#current
    if (!element) throw malformed('an end tag has no start tag', start)
    const { name } = element.tag
    let index = start + 2 + name.length
    const isOfElement = text.slice(start + 2, index) === name
    while (isSpace(text.charCodeAt(index))) index++
    if (!isOfElement || text.charCodeAt(index) !== GREATER) {
      throw malformed('an end tag does not belong to the open element', start)
    }
    this.#close(element, start, index + 1)
    return index + 1
  }

  #close(element: OpenElement, contentEnd: number, end: number): void {
    if (
      element.hasComment &&
      element.children.some((child) => typeof child === 'string' && !isWhiteSpace(child))
    ) {
      throw malformed('a comment stands beside text', element.start)
    }
    element.contentEnd = contentEnd
    element.end = end
    this.#current = element.parent
    this.#depth--
    if (!element.parent) this.#root = element
    if (element.isEntered) this.#prefixes.leave()
  }

  /** What begins with `<!`: a comment, CDATA or a DOCTYPE. */
  #readDeclaration(start: number): number {
    const text = this.#text
    if (text.startsWith('<![CDATA[', start)) return this.#readCdata(start)
    if (text.startsWith('<!--', start)) return this.#readComment(start)
    throw malformed('there is a DOCTYPE, or another declaration that no message has', start)
  }

  #readCdata(start: number): number {
    const current = this.#current
    const from = start + '<![CDATA['.length
    const end = this.#text.indexOf(']]>', from)
    if (!current || end < 0) throw malformed('CDATA stands outside of the root, or has no end', start)
    current.isTextCanonical = false
    const text = this.#text.slice(from, end)
    addChild(current, text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text)
    return end + 3
  }

  #readComment(start: number): number {
    if (!this.#limits.comments) throw malformed('there is a comment', start)
    const end = this.#text.indexOf('--', start + 4)
    if (!this.#text.startsWith('-->', end)) throw malformed('a comment does not end as one', start)
    const current = this.#current
    if (current) {
      current.isTextCanonical = false
      current.hasComment = true
    }
    return end + 3
  }
}

function newElement(tag: StartTag, parent: OpenElement | undefined, start: number): OpenElement {
  return {
    tag,
    parent,
    children: NO_CHILDREN,
    start,
    contentEnd: 0,
    end: 0,
    isTextCanonical: true,
    hasComment: false,
    isEntered: false,
  }
}

/** Most elements have one child, and an array that grows makes room for sixteen more. */
function addChild(element: OpenElement, child: XmlElement | string): void {
  if (element.children === NO_CHILDREN) element.children = [child]
  else element.children.push(child)
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

function isWhiteSpace(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text)
}
