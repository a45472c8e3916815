import type { Observation } from './observe.ts'

/**
 * Everything that a response says outside its signatures, flat: `Response@Destination`, `Audience`, `Audience 2`. It is
 * read as text, so it has to be in canonical form.
 */
export function observeResponse(xml: string): Observation {
  const seen: Observation = {}
  const counts = new Map<string, number>()
  const unsigned = xml.replace(/<ds:Signature[ >][\s\S]*?<\/ds:Signature>/g, '')
  for (const [, name = '', attributes = '', text = ''] of unsigned.matchAll(
    /<(?:[\w-]+:)?(\w+)((?: [\w:]+="[^"]*")*)>([^<]*)/g,
  )) {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    const key = count === 1 ? name : `${name} ${count}`
    seen[key] = text
    for (const [, attribute, value] of attributes.matchAll(/([\w:]+)="([^"]*)"/g))
      seen[`${key}@${attribute}`] = value
  }
  return seen
}
