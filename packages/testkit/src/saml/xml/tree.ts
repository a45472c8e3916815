/*
 * What a message is made of before it is text. The tree is plain and can be changed at will: personalities do. It
 * takes no care that the result is well-formed.
 */

/** An element under the name it is written with. Namespace declarations are among the attributes. */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlNode[]
}

/** Text that is written in an unusual way, such as a CDATA section, and how a canonicaliser reads it. */
interface Spelled {
  readonly written: string
  readonly text: string
}

interface Comment {
  readonly comment: string
}

interface Instruction {
  readonly target: string
  readonly data: string
}

export type XmlNode = XmlElement | string | Spelled | Comment | Instruction

/** Makes an element; what is undefined is left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly (XmlNode | undefined)[]
): XmlElement {
  const present = Object.entries(attributes).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return {
    name,
    attributes: Object.fromEntries(present),
    children: children.filter((child) => child !== undefined),
  }
}

export function isElement(node: XmlNode | undefined): node is XmlElement {
  return typeof node === 'object' && 'children' in node
}

/** The name without its prefix. */
export function localName({ name }: XmlElement): string {
  return name.slice(name.indexOf(':') + 1)
}

/** A copy that shares nothing that can change. */
export function clone(original: XmlElement): XmlElement {
  return {
    name: original.name,
    attributes: { ...original.attributes },
    children: original.children.map((child) => (isElement(child) ? clone(child) : child)),
  }
}

/** The element and all below it, in document order. */
export function* descendants(root: XmlElement): Generator<XmlElement> {
  yield root
  for (const child of root.children) if (isElement(child)) yield* descendants(child)
}

/** Every element with this local name, in document order. */
export function all(root: XmlElement, name: string): XmlElement[] {
  return [...descendants(root)].filter((candidate) => localName(candidate) === name)
}

/**
 * The first element with this local name, in document order.
 *
 * @throws Error when there is none: then a personality was applied to a message that it does not fit.
 */
export function first(root: XmlElement, name: string): XmlElement {
  const found = all(root, name)[0]
  if (found === undefined) throw new Error(`the message has no ${name}`)
  return found
}

/** From the root down to the element, both included; empty when it is not in the tree. */
export function pathTo(root: XmlElement, target: XmlElement): readonly XmlElement[] {
  if (root === target) return [root]
  for (const child of root.children) {
    const below = isElement(child) ? pathTo(child, target) : []
    if (below.length > 0) return [root, ...below]
  }
  return []
}

/**
 * The parent of an element.
 *
 * @throws Error when the element has none in this tree.
 */
function parentOf(root: XmlElement, target: XmlElement): XmlElement {
  const parent = pathTo(root, target).at(-2)
  if (parent === undefined) throw new Error(`${target.name} has no parent`)
  return parent
}

/** Takes an element out of the tree, or puts others into its place. */
export function replace(root: XmlElement, target: XmlElement, ...others: readonly XmlNode[]): void {
  const { children } = parentOf(root, target)
  children.splice(children.indexOf(target), 1, ...others)
}

/** Puts nodes in front of an element. */
export function insertBefore(root: XmlElement, target: XmlElement, ...nodes: readonly XmlNode[]): void {
  const { children } = parentOf(root, target)
  children.splice(children.indexOf(target), 0, ...nodes)
}

/** Puts nodes behind an element. */
export function insertAfter(root: XmlElement, target: XmlElement, ...nodes: readonly XmlNode[]): void {
  const { children } = parentOf(root, target)
  children.splice(children.indexOf(target) + 1, 0, ...nodes)
}

/** All text below an element, as somebody reads it who skips comments and takes the whole. */
export function textOf(root: XmlElement): string {
  return root.children
    .map((child) => {
      if (typeof child === 'string') return child
      if (isElement(child)) return textOf(child)
      return 'text' in child ? child.text : ''
    })
    .join('')
}
