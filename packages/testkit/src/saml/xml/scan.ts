/*
 * Reads what others wrote, roughly: enough for an identity provider in a test, which trusts whoever asks. It is no
 * parser, and nothing may rely on it for safety.
 */

/** A start tag that was found in a text. */
export interface ScannedTag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Where it begins in the text, and where its element ends. */
  readonly start: number
  readonly end: number
}

const startTag =
  /<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g

/** Every element with this local name, in document order. */
export function scan(xml: string, localName: string): ScannedTag[] {
  return [...xml.matchAll(startTag)]
    .filter((match) => match[2] === localName)
    .map((match) => {
      const name = `${match[1] ?? ''}${match[2]}`
      const end = match[4] === '/' ? match.index + match[0].length : endOf(xml, name, match.index)
      return { name, attributes: attributesOf(match[3] ?? ''), start: match.index, end }
    })
}

/** The name of the outermost element, without its prefix. */
export function rootName(xml: string): string | undefined {
  return [...xml.matchAll(startTag)][0]?.[2]
}

/** The text of the first element with this local name. */
export function scanText(xml: string, localName: string): string | undefined {
  const [tag] = scan(xml, localName)
  if (tag === undefined) return undefined
  return decodeReferences(
    xml
      .slice(tag.start, tag.end)
      .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
      .replace(/<[^>]*>/g, ''),
  ).trim()
}

/** An attribute of the first element with this local name. */
export function scanAttribute(xml: string, localName: string, attribute: string): string | undefined {
  return scan(xml, localName)[0]?.attributes.get(attribute)
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const pairs = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
  return new Map(
    pairs.map(([, name = '', double, single]) => [name, decodeReferences(double ?? single ?? '')]),
  )
}

/** Counts the tags of this name, for elements stand in elements of their own name. */
function endOf(xml: string, name: string, start: number): number {
  const tags = new RegExp(
    `<(/?)${name.replaceAll('.', '\\.')}(?=[\\s/>])(?:"[^"]*"|'[^']*'|[^>"'])*?(/?)>`,
    'g',
  )
  tags.lastIndex = start
  let depth = 0
  for (let tag = tags.exec(xml); tag !== null; tag = tags.exec(xml)) {
    if (tag[1] === '/') depth -= 1
    else if (tag[2] !== '/') depth += 1
    if (depth === 0) return tags.lastIndex
  }
  return xml.length
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeReferences(text: string): string {
  return text.replace(/&(?:#x([\da-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[name] ?? whole
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
  })
}
