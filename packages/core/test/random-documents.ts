import type { Random } from './random-configurations.ts'

/** What may be in a document, beyond what is always there. */
export interface DocumentOptions {
  /** Whether elements have an `ID`, and how often; `_1`, `_2` and so on, in the order of their start tags. */
  readonly ids?: number
  /** Whether comments stand between elements, where no text is beside them. */
  readonly comments?: boolean
  /** Whether tabs and ends of lines stand in the values of attributes as they are; they do unless this is false. */
  readonly linesInValues?: boolean
  /** Which attributes of the namespace `xml` there are; language and white space if nothing is said. */
  readonly xmlAttributes?: readonly (readonly [name: string, value: string])[]
}

const prefixes = ['p', 'q', 'r', 'P', 'n-1', 'ä'] as const

const namespaces = ['urn:a', 'urn:b', 'http://c.example/x?y=1;z#', 'urn:a:%20'] as const

/** Some sort otherwise by UTF-16 than by code point; some are the beginning of others. */
const localNames = ['e', 'f', 'ef', 'E', 'a-b', 'a.b', '_', 'ä', '\u{10400}', '\uF900', 'ID2'] as const

const textPieces = [
  ...[
    'a',
    ' ',
    '\n  ',
    '\t',
    '\r\n',
    '\r',
    'x &amp; y',
    '&lt;',
    '&gt;',
    'a > b',
    '"',
    "'",
    ']]&gt;',
    '&apos;',
  ],
  ...[
    '&quot;',
    '&#13;',
    '&#xD;',
    '&#x9;',
    '&#10;',
    '&#x1F600;',
    '&#128512;',
    '&#x0000041;',
    'é€',
    '\u{1f600}',
  ],
  ...['\u0085', '\u2028', '\u00a0', '\ufffd', '\ufeff', '\u{10ffff}', ']]', '&#38;amp;', '&#60;b/&#62;'],
  ...['<![CDATA[<&>]]>', '<![CDATA[]]>', '<![CDATA[ ]] > ]>\r\n]]>', '<![CDATA[&amp;]]>'],
] as const

/** Either quote may stand around them. */
const valuePieces = [
  ...[
    'a',
    ' ',
    '  ',
    '\n',
    '\t',
    '\r\n',
    '&#10;',
    '&#9;',
    '&#xD;',
    '&#13;&#10;',
    '&lt;',
    '&gt;',
    '>',
    '&amp;',
  ],
  ...[
    '&quot;',
    '&apos;',
    'é',
    '\u{1f600}',
    '&#x10FFFF;',
    '\u0085',
    '&#38;lt;',
    ']]>',
    'https://x.example/?a=1',
  ],
] as const

const spaces = [' ', ' ', ' ', '  ', '\n', '\t', '\r\n', '\r'] as const

/** What is known at one place. */
interface Place {
  readonly random: Random
  readonly options: DocumentOptions
  readonly depth: number
  /** What prefixes stand for; '' is the default namespace. */
  readonly scope: ReadonlyMap<string, string>
  readonly nextId: () => string
}

/**
 * A well-formed document as nobody writes it but somebody could: prefixes declared anew, default namespaces taken back,
 * white space in tags, both quotes, attributes in any order, CDATA, references, every kind of line end. Without DOCTYPE
 * and processing instructions, and with absolute namespace names only.
 */
export function randomDocument(random: Random, options: DocumentOptions = {}): string {
  let ids = 0
  const nextId = () => `_${++ids}`
  const root = element({ random, options, depth: 0, scope: new Map(), nextId })
  const start = random.pick(['', '', '\n', '\uFEFF', declaration(random), `\uFEFF${declaration(random)}\r\n`])
  return `${start}${root}${random.pick(['', '', '\n', '\r\n \t'])}`
}

function declaration(random: Random): string {
  const quote = random.pick(['"', "'"])
  return `<?xml version=${quote}1.0${quote}${random.pick(['', ' encoding="UTF-8"', " encoding = 'utf-8' standalone='yes' "])}?>`
}

function element(place: Place): string {
  const { random, depth } = place
  const declared = declarations(place)
  const scope = new Map([...place.scope, ...declared])
  const inner: Place = { ...place, depth: depth + 1, scope }
  const name = qualified(random.pick(['', ...inScope(scope)]), random.pick(localNames))
  const written = [
    ...Array.from(declared, ([prefix, uri]) => attribute(random, prefix && `:${prefix}`, uri)),
    ...attributes(inner),
  ]
  const tag = `<${name}${random
    .shuffled(written)
    .map((one) => random.pick(spaces) + one)
    .join('')}${random.happens(0.2) ? random.pick(spaces) : ''}`
  const end = `</${name}${random.happens(0.1) ? random.pick(spaces) : ''}>`
  if (depth > 5 || random.happens(0.15)) return `${tag}${random.pick(['/>', `>${end}`])}`
  return `${tag}>${content(inner)}${end}`
}

function content(place: Place): string {
  const { random, options } = place
  const hasText = random.happens(options.comments ? 0.4 : 0.7)
  const separator = () => {
    if (hasText) return text(random)
    return options.comments && random.happens(0.3) ? '<!-- <a> & - -->' : random.pick(['', '\n  ', '\r\n\t'])
  }
  let written = separator()
  while (random.happens(0.6)) written += element(place) + separator()
  return written
}

function text(random: Random): string {
  let written = ''
  while (random.happens(0.5)) written += random.pick(textPieces)
  return written
}

function declarations({ random, scope }: Place): Map<string, string> {
  const declared = new Map<string, string>()
  if (random.happens(0.25)) declared.set('', random.pick(['', ...namespaces]))
  for (const prefix of random.some(prefixes, 0.15)) declared.set(prefix, random.pick(namespaces))
  // What is declared once more with the same meaning is not declared in canonical form.
  for (const [prefix, uri] of random.some([...scope], 0.05)) declared.set(prefix, uri)
  return declared
}

function inScope(scope: ReadonlyMap<string, string>): string[] {
  return [...scope.keys()].filter((prefix) => prefix !== '')
}

const commonXmlAttributes = [
  ['lang', 'de'],
  ['lang', ''],
  ['space', 'preserve'],
  ['space', 'default'],
] as const

function attributes({ random, options, scope, nextId }: Place): string[] {
  const byName = new Map<string, string>()
  while (random.happens(0.5)) {
    const prefix = random.pick(['', '', ...inScope(scope)])
    const name = random.pick(localNames)
    const key = prefix === '' ? name : `${scope.get(prefix)} ${name}`
    if (!byName.has(key)) byName.set(key, valued(random, qualified(prefix, name), value(random, options)))
  }
  for (const [name, set] of random.some(options.xmlAttributes ?? commonXmlAttributes, 0.05)) {
    byName.set(`xml ${name}`, valued(random, `xml:${name}`, set))
  }
  if (options.ids && random.happens(options.ids)) byName.set('ID', valued(random, 'ID', nextId()))
  return [...byName.values()]
}

function attribute(random: Random, suffix: string, value: string): string {
  return valued(random, `xmlns${suffix}`, value)
}

function valued(random: Random, name: string, value: string): string {
  const equals = random.happens(0.9) ? '=' : `${random.pick(spaces)}=${random.pick(['', ...spaces])}`
  const quote = random.pick(['"', "'"])
  return `${name}${equals}${quote}${value}${quote}`
}

function value(random: Random, { linesInValues = true }: DocumentOptions): string {
  let written = ''
  while (random.happens(0.5)) written += random.pick(valuePieces)
  return linesInValues ? written : written.replaceAll(/[\t\r\n]/g, ' ')
}

function qualified(prefix: string, localName: string): string {
  return prefix === '' ? localName : `${prefix}:${localName}`
}
