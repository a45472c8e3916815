import { element, type OutgoingElement } from '../src/saml/xml/writer.ts'
import type { Random } from './random-configurations.ts'

const prefixes = ['saml', 'samlp', 'md', 'ds', 'xenc', 'xenc11', 'ec'] as const

const localNames = ['a', 'A', 'b', 'ab', 'a-b', 'a.b', 'ä', '_', 'z9'] as const

/** What has to be escaped at one place or another, what must not be, and what sorts oddly. */
const texts = [
  '',
  ' ',
  'a',
  '<',
  '>',
  '&',
  '"',
  "'",
  '\t',
  '\n',
  '\r',
  '\r\n',
  ']]>',
  '&amp;',
  '<!-- -->',
  'ä',
  '\u{1f511}',
  '\ufffd',
  '\ue000',
  '\u2028',
  '\u00a0',
  '\u0085',
] as const

/** A tree with names, values and texts of every kind that can be written. */
export function randomElement(random: Random, depth = 0): OutgoingElement {
  const attributes: Record<string, string> = random.happens(0.2) ? { 'xml:lang': 'en' } : {}
  while (random.happens(0.6)) {
    const prefix = random.happens(0.5) ? `${random.pick(prefixes)}:` : ''
    attributes[prefix + random.pick(localNames)] = randomText(random)
  }
  const children: (OutgoingElement | string)[] = []
  while (random.happens(depth < 6 ? 0.6 : 0)) {
    children.push(random.happens(0.6) ? randomElement(random, depth + 1) : randomText(random))
  }
  return element(`${random.pick(prefixes)}:${random.pick(localNames)}`, attributes, children)
}

/** A text with what has to be escaped at one place or another. */
export function randomText(random: Random): string {
  return Array.from({ length: 4 }, () => (random.happens(0.6) ? random.pick(texts) : '')).join('')
}
