import { elementsOf, isElement, type XmlElement } from './tree.ts'

/**
 * Takes the elements that an element holds, by name, where it holds nothing but these, in this order: no text and no
 * element more.
 *
 * @param contents local names in `namespace`; with `?` behind it, it may be missing
 * @returns for each of `contents` the element, or undefined where it is missing; nothing at all where the element
 *   holds something else
 */
export function takeChildren(
  element: XmlElement,
  namespace: string,
  contents: readonly string[],
): readonly (XmlElement | undefined)[] | undefined {
  if (element.children.some((child) => typeof child === 'string' && /[^ \t\r\n]/.test(child)))
    return undefined
  const children = elementsOf(element)
  let index = 0
  const taken: (XmlElement | undefined)[] = []
  for (const content of contents) {
    const isOptional = content.endsWith('?')
    const name = isOptional ? content.slice(0, -1) : content
    const child = children[index]
    const isThere = child !== undefined && isElement(child, namespace, name)
    if (!isThere && !isOptional) return undefined
    if (isThere) index++
    taken.push(isThere ? child : undefined)
  }
  return index === children.length ? taken : undefined
}
