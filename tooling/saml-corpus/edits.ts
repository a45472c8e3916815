import { element, first, type SamlHooks, type XmlElement } from '@doorward/testkit/saml'

/** Changes the answer before it is signed. */
export function unsigned(edit: (root: XmlElement) => void): SamlHooks {
  return {
    unsigned(root) {
      edit(root)
      return root
    },
  }
}

/** Changes SignedInfo before it is signed. */
export function signedInfo(edit: (signedInfo: XmlElement) => void): SamlHooks {
  return { signedInfo: edit }
}

/** Replaces a part of the finished text. @throws Error when it is not there: then nothing would be changed */
export function text(part: string | RegExp, by: string): SamlHooks {
  return {
    text(good) {
      const changed = good.replace(part, by)
      if (changed === good) throw new Error(`${part} is not in the answer`)
      return changed
    },
  }
}

/** Puts markup behind all else in the Response, where no signature of the Assertion covers it. */
export function appended(markup: string): SamlHooks {
  return text(/(?=<\/samlp:Response>$)/, markup)
}

/** Sets attributes of the first element of a name, or takes them away, before it is signed. */
export function withAttributes(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
): SamlHooks {
  return unsigned((root) => setAttributes(first(root, name), attributes))
}

/** The same, of one element. */
export function setAttributes(
  { attributes: present }: XmlElement,
  attributes: Readonly<Record<string, string | undefined>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) delete present[name]
    else present[name] = value
  }
}

/** Replaces the text of the first element of a name, before it is signed. */
export function withText(name: string, value: string): SamlHooks {
  return unsigned((root) => {
    first(root, name).children = [value]
  })
}

/** Adds attributes of the person. */
export function withPersonal(attributes: Readonly<Record<string, readonly string[]>>): SamlHooks {
  return {
    user: (good) => ({
      ...good,
      attributes: [
        ...good.attributes.filter(({ name }) => !(name in attributes)),
        ...Object.entries(attributes)
          .filter(([, values]) => values.length > 0)
          .map(([name, values]) => ({ name, values })),
      ],
    }),
  }
}

/** Gives another prefix, or none, to what has one. */
export function renamePrefixes(root: XmlElement, prefixes: Readonly<Record<string, string>>): void {
  for (const [from, to] of Object.entries(prefixes)) {
    renameIn(root, from, to)
  }
}

function renameIn(node: XmlElement, from: string, to: string): void {
  if (node.name.startsWith(`${from}:`)) node.name = `${to}${to && ':'}${node.name.slice(from.length + 1)}`
  const uri = node.attributes[`xmlns:${from}`]
  if (uri !== undefined) {
    delete node.attributes[`xmlns:${from}`]
    node.attributes[to === '' ? 'xmlns' : `xmlns:${to}`] = uri
  }
  for (const child of node.children) {
    if (typeof child === 'object' && 'children' in child) renameIn(child, from, to)
  }
}

/** An element of a namespace that is not SAML's. */
export function foreign(name: string, ...children: readonly (XmlElement | string)[]): XmlElement {
  return element(`x:${name}`, { 'xmlns:x': 'urn:example:foreign' }, ...children)
}
