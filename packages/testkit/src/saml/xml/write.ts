import { escapeAttribute, escapeText, sortedAttributes } from './escape.ts'
import { isElement, type XmlElement, type XmlNode } from './tree.ts'

/**
 * The tree as it goes over the wire: every declaration where it stands in the tree, otherwise in the spelling of
 * canonical XML.
 */
export function write(root: XmlElement): string {
  const attributes = sortedAttributes(root.attributes)
    .map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`)
    .join('')
  return `<${root.name}${attributes}>${root.children.map(writeNode).join('')}</${root.name}>`
}

function writeNode(node: XmlNode): string {
  if (typeof node === 'string') return escapeText(node)
  if (isElement(node)) return write(node)
  if ('written' in node) return node.written
  return 'comment' in node ? `<!--${node.comment}-->` : `<?${node.target} ${node.data}?>`
}
