import type { XmlDocument, XmlElement } from './tree.ts'

/** The namespaces in scope around an element, by prefix; what its own tag declares is not among them. */
export function scopeAround({
  document,
  element,
}: {
  readonly document: XmlDocument
  readonly element: XmlElement
}): Map<string, string> {
  const chain: XmlElement[] = []
  for (let outer = element.parent; outer; outer = outer.parent) chain.push(outer)
  const scope = new Map(document.scope)
  for (const { tag } of chain.reverse()) {
    for (const { prefix, uri } of tag.declarations) scope.set(prefix, uri)
  }
  return scope
}
