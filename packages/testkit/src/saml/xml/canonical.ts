import { escapeAttribute, escapeText, isDeclaration } from './escape.ts'
import { isElement, pathTo, type XmlElement, type XmlNode } from './tree.ts'

/** A way to canonicalise, and how it is called on the wire. */
export interface Canonicalization {
  readonly uri: string
  readonly exclusive: boolean
  readonly comments: boolean
}

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const inclusive10 = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
const inclusive11 = 'http://www.w3.org/2006/12/xml-c14n11'

/** The canonicalisations that are in use with SAML. RFC 9231 section 2.4, XML Signature 1.1 section 6.5. */
export const canonicalizations = {
  exclusive: { uri: exclusive, exclusive: true, comments: false },
  'exclusive-with-comments': { uri: `${exclusive}WithComments`, exclusive: true, comments: true },
  'inclusive-1.0': { uri: inclusive10, exclusive: false, comments: false },
  'inclusive-1.0-with-comments': { uri: `${inclusive10}#WithComments`, exclusive: false, comments: true },
  'inclusive-1.1': { uri: inclusive11, exclusive: false, comments: false },
  'inclusive-1.1-with-comments': { uri: `${inclusive11}#WithComments`, exclusive: false, comments: true },
} as const satisfies Record<string, Canonicalization>

export type CanonicalizationName = keyof typeof canonicalizations

export interface CanonicalizeOptions {
  readonly method: Canonicalization
  /** The PrefixList of InclusiveNamespaces; `''` is the default namespace. Exclusive XML Canonicalization 1.0 section 4. */
  readonly prefixes?: readonly string[]
  /** What a transform has taken out. */
  readonly omit?: (node: XmlNode) => boolean
}

type Namespaces = ReadonlyMap<string, string>

/**
 * The canonical form of an element of a tree. Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0; the
 * inheritance of `xml:` attributes is left out, since these messages have none to inherit.
 */
export function canonicalize(root: XmlElement, apex: XmlElement, options: CanonicalizeOptions): string {
  const ancestors = pathTo(root, apex).slice(0, -1)
  let scope: Namespaces = new Map()
  for (const ancestor of ancestors) scope = withDeclarations(scope, ancestor)
  return render(apex, scope, new Map(), options)
}

function withDeclarations(scope: Namespaces, { attributes }: XmlElement): Namespaces {
  const declared = Object.entries(attributes).filter(([name]) => isDeclaration(name))
  if (declared.length === 0) return scope
  return new Map([...scope, ...declared.map(([name, uri]) => [name.slice('xmlns:'.length), uri] as const)])
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? '' : name.slice(0, colon)
}

/** Prefixes that are to be declared at an element, if they are not already. */
function wanted(
  node: XmlElement,
  scope: Namespaces,
  { method, prefixes = [] }: CanonicalizeOptions,
): string[] {
  if (!method.exclusive) return [...scope.keys()]
  const ofAttributes = Object.keys(node.attributes)
    .filter((name) => !isDeclaration(name) && name.includes(':'))
    .map(prefixOf)
  const listed = prefixes.filter((prefix) => scope.has(prefix))
  return [...new Set([prefixOf(node.name), ...ofAttributes, ...listed])]
}

function render(
  node: XmlElement,
  outer: Namespaces,
  rendered: Namespaces,
  options: CanonicalizeOptions,
): string {
  const scope = withDeclarations(outer, node)
  const declared = wanted(node, scope, options)
    .filter((prefix) => prefix !== 'xml' && (scope.get(prefix) ?? '') !== (rendered.get(prefix) ?? ''))
    .sort()
    .map((prefix) => [prefix, scope.get(prefix) ?? ''] as const)
  const declarations = declared.map(
    ([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`,
  )
  const attributes = attributesInOrder(node, scope).map(
    ([name, value]) => ` ${name}="${escapeAttribute(value)}"`,
  )
  const inner = new Map([...rendered, ...declared])
  const children = node.children
    .filter((child) => options.omit?.(child) !== true)
    .map((child) => renderNode(child, scope, inner, options))
  return `<${node.name}${declarations.join('')}${attributes.join('')}>${children.join('')}</${node.name}>`
}

/** By namespace name, then local name; those without a namespace come first. */
function attributesInOrder({ attributes }: XmlElement, scope: Namespaces): [string, string][] {
  const keyOf = (name: string) =>
    `${name.includes(':') ? (scope.get(prefixOf(name)) ?? '') : ''}\n${name.slice(name.indexOf(':') + 1)}`
  return Object.entries(attributes)
    .filter(([name]) => !isDeclaration(name))
    .sort(([left], [right]) => (keyOf(left) < keyOf(right) ? -1 : 1))
}

function renderNode(
  node: XmlNode,
  scope: Namespaces,
  rendered: Namespaces,
  options: CanonicalizeOptions,
): string {
  if (typeof node === 'string') return escapeText(node)
  if (isElement(node)) return render(node, scope, rendered, options)
  if ('text' in node) return escapeText(node.text)
  if ('comment' in node) return options.method.comments ? `<!--${node.comment}-->` : ''
  return `<?${node.target} ${node.data}?>`
}
