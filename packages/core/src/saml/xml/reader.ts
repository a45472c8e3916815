import { decodeUtf8 } from '../../encoding/bytes.ts'
import type { XmlLimits } from './limits.ts'
import { malformed } from './malformed.ts'
import { skipDeclaration } from './prolog.ts'
import { type Namespaces, readStartTag } from './start-tag.ts'
import { decodeText, findForbiddenCharacter } from './text.ts'
import type { StartTag, XmlDocument, XmlElement } from './tree.ts'

const NO_SCOPE: ReadonlyMap<string, string> = new Map()

const GREATER = 0x3e
const SLASH = 0x2f
const EXCLAMATION = 0x21
const QUESTION = 0x3f

/** An element whose end has not been read yet. */
interface OpenElement {
  readonly tag: StartTag
  readonly parent: OpenElement | undefined
  readonly children: (XmlElement | string)[]
  readonly start: number
  contentEnd: number
  end: number
  isTextCanonical: boolean
  hasComment: boolean
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
class Reader implements Namespaces {
  readonly #text: string
  readonly #limits: XmlLimits
  readonly #scope: ReadonlyMap<string, string>
  readonly #elements: XmlElement[] = []
  readonly #ids = new Set<string>()
  /** What prefixes stand for at this place. */
  readonly #namespaces: Map<string, string>
  /** What they stood for outside of each open element that declares some. */
  readonly #outer: {
    readonly element: OpenElement
    readonly bindings: [prefix: string, uri: string | undefined][]
  }[] = []
  /** Changes with `#namespaces`; the same number means the same namespaces. */
  #scopeId = 0
  #lastScopeId = 0
  readonly #scopeIds: number[] = []
  /** The last start tag at each depth, and the namespaces under which it was read. */
  readonly #lastTags: { readonly tag: StartTag; readonly scopeId: number }[] = []
  /** What is open, but for `#current`, is its chain of parents. */
  #current: OpenElement | undefined
  #depth = 0
  #root: XmlElement | undefined

  constructor(text: string, limits: XmlLimits, scope: ReadonlyMap<string, string>) {
    this.#text = text
    this.#limits = limits
    this.#scope = scope
    this.#namespaces = new Map(scope)
  }

  /** What `prefix` stands for here; '' is the default namespace. */
  resolve(prefix: string): string | undefined {
    return this.#namespaces.get(prefix)
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
    const text = decodeText(written, start)
    if (text !== written || text.includes('>')) current.isTextCanonical = false
    current.children.push(text)
  }

  #readStartTag(start: number): number {
    if (this.#root) throw malformed('there is a second root', start)
    const tag = this.#tagAt(start)
    if (this.#elements.length >= this.#limits.elements) throw malformed('there are too many elements', start)
    for (const id of tag.ids) {
      if (this.#ids.has(id)) throw malformed('an ID is given twice', start)
      this.#ids.add(id)
    }
    const parent = this.#current
    const end = start + tag.source.length
    const element: OpenElement = {
      tag,
      parent,
      children: [],
      start,
      contentEnd: end,
      end,
      isTextCanonical: true,
      hasComment: false,
    }
    this.#elements.push(element)
    parent?.children.push(element)
    if (tag.declarations.length > 0) this.#declare(element)
    this.#current = element
    this.#depth++
    // An element without content ends here: `<a/>`.
    if (this.#text.charCodeAt(end - 2) === SLASH) this.#close(element, end, end)
    return end
  }

  /** Most elements repeat what was written just before at the same depth, and mean the same unless namespaces changed. */
  #tagAt(start: number): StartTag {
    const depth = this.#depth
    const last = this.#lastTags[depth]
    if (last && last.scopeId === this.#scopeId && this.#text.startsWith(last.tag.source, start))
      return last.tag
    if (depth >= this.#limits.depth) throw malformed('elements are nested too deeply', start)
    const tag = readStartTag(this.#text, start, this, this.#limits.attributes)
    this.#lastTags[depth] = { tag, scopeId: this.#scopeId }
    return tag
  }

  #declare(element: OpenElement): void {
    const namespaces = this.#namespaces
    const bindings: [string, string | undefined][] = []
    for (const { prefix, uri } of element.tag.declarations) {
      bindings.push([prefix, namespaces.get(prefix)])
      namespaces.set(prefix, uri)
    }
    this.#outer.push({ element, bindings })
    this.#scopeIds.push(this.#scopeId)
    this.#scopeId = ++this.#lastScopeId
  }

  #readEndTag(start: number): number {
    const text = this.#text
    const element = this.#current
    if (!element) throw malformed('an end tag has no start tag', start)
    const { prefix, localName } = element.tag
    const name = prefix === '' ? localName : `${prefix}:${localName}`
    let index = start + 2 + name.length
    if (!text.startsWith(name, start + 2))
      throw malformed('an end tag does not belong to the open element', start)
    while (isSpace(text.charCodeAt(index))) index++
    if (text.charCodeAt(index) !== GREATER) {
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
    const outer = this.#outer.at(-1)
    if (outer?.element !== element) return
    this.#outer.pop()
    for (const [prefix, uri] of outer.bindings) {
      if (uri === undefined) this.#namespaces.delete(prefix)
      else this.#namespaces.set(prefix, uri)
    }
    this.#scopeId = this.#scopeIds.pop() as number
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
    current.children.push(text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text)
    return end + 3
  }

  #readComment(start: number): number {
    if (!this.#limits.comments) throw malformed('there is a comment', start)
    const end = this.#text.indexOf('--', start + 4)
    if (end < 0 || this.#text.charCodeAt(end + 2) !== GREATER) {
      throw malformed('a comment does not end as one', start)
    }
    const current = this.#current
    if (current) {
      current.isTextCanonical = false
      current.hasComment = true
    }
    return end + 3
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

function isWhiteSpace(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text)
}
