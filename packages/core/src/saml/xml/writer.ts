import { NS } from '../urns.ts'
import { escapeAttribute, escapeText } from './escape.ts'

/** An element of a document that we write. Text and values stand here as they are meant: escaping is the writer's. */
export interface OutgoingElement {
  /** With its prefix, which means the same namespace in every document of ours: see `NS`. */
  readonly name: `${keyof typeof NS}:${string}`
  /** Those without a prefix are in no namespace. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly OutgoingChild[]
}

type OutgoingChild = OutgoingElement | string

/**
 * Makes an element. What is undefined is left out, so that optional parts can be written in place.
 *
 * @param name with its prefix, such as `samlp:AuthnRequest`
 */
export function element(
  name: OutgoingElement['name'],
  attributes: Readonly<Record<string, string | undefined>>,
  children: readonly (OutgoingChild | undefined)[] = [],
): OutgoingElement {
  const present = Object.entries(attributes).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return {
    name,
    attributes: Object.fromEntries(present),
    children: children.filter((child) => child !== undefined),
  }
}

/**
 * Writes a document in the form in which it is signed
 * ([Exclusive XML Canonicalization, section 3](https://www.w3.org/TR/xml-exc-c14n/#sec-Specification)): what is
 * digested, and what is sent, are this text, and nothing has to be canonicalised.
 *
 * @throws TypeError when a text or a value holds a character that XML does not have, not even escaped
 *   ([XML 1.0, section 2.2](https://www.w3.org/TR/xml/#charsets)), or a name has an unknown prefix
 */
export function writeXml(root: OutgoingElement): string {
  // The prefix xml is declared by the standard.
  return write(root, ['xml'])
}

/** @param declared the prefixes that an element around this one declares */
function write({ name, attributes, children }: OutgoingElement, declared: readonly string[]): string {
  const pairs = Object.entries(attributes)
  const used = [name, ...pairs.map(([attribute]) => attribute)]
    .map(prefixOf)
    .filter((prefix) => prefix !== '')
  const added = [...new Set(used)].filter((prefix) => !declared.includes(prefix)).sort()
  const declarations = added.map((prefix) => ` xmlns:${prefix}="${escapeAttribute(namespaceOf(prefix))}"`)
  const written = pairs
    .map(([attribute, value]) => ({
      key: sortKey(attribute),
      text: ` ${attribute}="${escapeAttribute(legal(value))}"`,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ text }) => text)
  const around = [...declared, ...added]
  const content = children.map((child) =>
    typeof child === 'string' ? escapeText(legal(child)) : write(child, around),
  )
  return `<${name}${[...declarations, ...written].join('')}>${content.join('')}</${name}>`
}

function prefixOf(name: string): string {
  return name.slice(0, Math.max(name.indexOf(':'), 0))
}

function namespaceOf(prefix: string): string {
  if (!Object.hasOwn(NS, prefix)) throw new TypeError(`no namespace is known for the prefix ${prefix}`)
  return NS[prefix as keyof typeof NS]
}

/** Orders by namespace first, none before all; a space sorts before whatever a namespace's name may hold. */
function sortKey(attribute: string): string {
  const prefix = prefixOf(attribute)
  return prefix === '' ? ` ${attribute}` : `${namespaceOf(prefix)} ${attribute.slice(prefix.length + 1)}`
}

function legal(text: string): string {
  if (/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) {
    throw new TypeError('a text holds a character that XML does not have')
  }
  return text
}
