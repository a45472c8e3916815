/** An attribute, namespace declarations apart. */
export interface XmlAttribute {
  /** '' for none. */
  readonly prefix: string
  readonly localName: string
  /** '' for none: an attribute without prefix is in no namespace. */
  readonly namespace: string
  /** As XML normalises it: references resolved, white space made of spaces. */
  readonly value: string
}

/** `xmlns:prefix="uri"`, or `xmlns="uri"` with '' as its prefix. */
export interface NamespaceDeclaration {
  readonly prefix: string
  readonly uri: string
}

/** What stands between `<` and `>`. Neighbours that are written alike share one: the groups of a person by the thousand. */
export interface StartTag {
  /** As it is written: the prefix, if there is one, and the local name. */
  readonly name: string
  /** '' for none. */
  readonly prefix: string
  readonly localName: string
  /** '' for none. */
  readonly namespace: string
  /** As it is written, from `<` to `>`. */
  readonly source: string
  readonly attributes: readonly XmlAttribute[]
  readonly declarations: readonly NamespaceDeclaration[]
  /** The values of what is called ID in whatever spelling or namespace. */
  readonly ids: readonly string[]
}

/** An element. The text of its document is kept, for most of it is in canonical form already. */
export interface XmlElement {
  readonly tag: StartTag
  /** Undefined for the root. */
  readonly parent: XmlElement | undefined
  /** Elements, and text as XML reads it. */
  readonly children: readonly (XmlElement | string)[]
  /** Where its start tag begins in the text of its document. */
  readonly start: number
  /** Where its end tag begins; where it ends, if it has none. */
  readonly contentEnd: number
  /** Where it ends. */
  readonly end: number
  /** Whether the text that it holds itself, its children's apart, is written as the canonical form writes it. */
  readonly isTextCanonical: boolean
}

/** A document that is well-formed, and more than that: see `parseXml`. */
export interface XmlDocument {
  readonly text: string
  readonly root: XmlElement
  /** All of them, in the order of their start tags. */
  readonly elements: readonly XmlElement[]
  /** The values of what is called ID in whatever spelling or namespace; each is there once. */
  readonly ids: ReadonlySet<string>
  /** The namespaces around the root, by prefix: of a document that was part of another one. */
  readonly scope: ReadonlyMap<string, string>
}

/** Whether it is an element of this name. The prefix says nothing. */
export function isElement(
  node: XmlElement | string,
  namespace: string,
  localName: string,
): node is XmlElement {
  return typeof node !== 'string' && node.tag.localName === localName && node.tag.namespace === namespace
}

/** The value of an attribute without namespace. */
export function attributeOf({ tag }: XmlElement, localName: string): string | undefined {
  for (const attribute of tag.attributes) {
    if (attribute.localName === localName && attribute.namespace === '') return attribute.value
  }
  return undefined
}

/** The elements that an element holds itself. */
export function elementsOf({ children }: XmlElement): readonly XmlElement[] {
  return children.filter((child) => typeof child !== 'string')
}

/** The elements of this name that an element holds itself. Nothing deeper is ever looked at. */
export function childrenOf(element: XmlElement, namespace: string, localName: string): readonly XmlElement[] {
  return element.children.filter((child) => isElement(child, namespace, localName))
}

/** The text of an element that holds text and nothing else; undefined when there are elements in it. */
export function textOf({ children }: XmlElement): string | undefined {
  if (children.length === 1 && typeof children[0] === 'string') return children[0]
  return children.every((child) => typeof child === 'string') ? children.join('') : undefined
}
