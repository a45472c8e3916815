import type { SignatureStyle } from '../message/sign.ts'
import {
  all,
  clone,
  descendants,
  element,
  first,
  insertBefore,
  isElement,
  localName,
  replace,
  textOf,
  type XmlElement,
  type XmlNode,
} from '../xml/tree.ts'
import type { ProtectionPlan } from './personality.ts'

/** Gives another prefix, or none, to all that has one, and declares it where the other was declared. */
export function renamePrefix(root: XmlElement, from: string, to: string): void {
  for (const node of descendants(root)) {
    if (node.name.startsWith(`${from}:`)) node.name = `${to}${to && ':'}${node.name.slice(from.length + 1)}`
    const uri = node.attributes[`xmlns:${from}`]
    if (uri === undefined) continue
    delete node.attributes[`xmlns:${from}`]
    node.attributes[to === '' ? 'xmlns' : `xmlns:${to}`] = uri
  }
}

/** Puts every element that has no text on a line of its own. */
export function indent(node: XmlElement, depth = 1): void {
  const children = node.children.filter(isElement)
  if (children.length === 0 || children.length < node.children.length) return
  for (const child of children) indent(child, depth + 1)
  node.children = [
    ...children.flatMap((child) => [`\n${'  '.repeat(depth)}`, child]),
    `\n${'  '.repeat(depth - 1)}`,
  ]
}

/** Writes the text of every element with this local name in another way. */
export function respell(root: XmlElement, localName: string, spell: (text: string) => XmlNode[]): void {
  for (const found of all(root, localName)) {
    found.children = found.children.flatMap((child) => (typeof child === 'string' ? spell(child) : [child]))
  }
}

/** Takes away what has this local name, wherever it is. */
export function remove(root: XmlElement, localName: string): void {
  for (const found of all(root, localName)) replace(root, found)
}

/** A copy of an element without its own signature. */
export function withoutSignature(signed: XmlElement): XmlElement {
  const copy = clone(signed)
  copy.children = copy.children.filter((child) => !isElement(child) || localName(child) !== 'Signature')
  return copy
}

/** Makes an assertion, or a response around one, speak of somebody else. */
export function impersonate(root: XmlElement): XmlElement {
  for (const value of [...all(root, 'NameID'), ...all(root, 'AttributeValue')]) {
    const text = textOf(value)
    if (text.includes('@')) value.children = [text.replace(/^[^@]*/, 'victim')]
    else if (localName(value) === 'NameID') value.children = ['victim']
  }
  return root
}

/** An assertion about somebody else made after a good one, with an ID of its own and no signature. */
export function forgedAssertion(root: XmlElement): XmlElement {
  const forged = impersonate(withoutSignature(first(root, 'Assertion')))
  forged.attributes['ID'] = '_forged-assertion'
  return forged
}

/** Signs one part only, and encrypts nothing: what an attacker has caught who moves parts about. */
export function signing(sign: ProtectionPlan['sign']): (good: ProtectionPlan) => ProtectionPlan {
  return (good) => ({ ...good, sign, encrypt: 'nothing' })
}

/** The good plan with another style of signature. */
export function styled(change: Partial<SignatureStyle>): (good: ProtectionPlan) => ProtectionPlan {
  return (good) => ({ ...good, signature: { ...good.signature, ...change } })
}

/** An element of a namespace that is not SAML's, for places where anything may stand. */
export function foreign(name: string, attributes: Readonly<Record<string, string>> = {}): XmlElement {
  return element(`x:${name}`, { 'xmlns:x': 'urn:example:foreign', ...attributes })
}

/** Puts elements into the Extensions of a Response, which nobody has to understand. */
export function extend(root: XmlElement, ...children: readonly XmlElement[]): XmlElement {
  insertBefore(root, first(root, 'Status'), element('samlp:Extensions', {}, ...children))
  return root
}

/** Puts markup into the Response, where no signature covers it. */
export function beforeStatus(markup: string): (text: string) => string {
  return (text) => text.replace(/<[\w-]*:?Status>/, `${markup}$&`)
}
