/** Where an element stands in a text that may be anything: from `start` to `end`, its content from `open` to `close`. */
export interface Span {
  readonly start: number
  readonly open: number
  readonly close: number
  readonly end: number
  /** As it is written, with its prefix. */
  readonly name: string
  /** How many elements it stands in. */
  readonly depth: number
}

const MARKUP = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(?:[^<>"']|"[^"<]*"|'[^'<]*')*>/g

/**
 * Finds elements as somebody would who hardly looks: this has to work on what is broken too, and must not share a mistake
 * with the reader that is being tested.
 */
export function spansOf(text: string): readonly Span[] {
  const spans: Span[] = []
  const open: Omit<Span, 'close' | 'end'>[] = []
  for (const { 0: markup, index } of text.matchAll(MARKUP)) {
    const after = index + markup.length
    if (markup.startsWith('</')) {
      const element = open.pop()
      if (element) spans.push({ ...element, close: index, end: after })
      continue
    }
    const name = /^<([^\s/>!?]+)/.exec(markup)?.[1]
    if (name === undefined) continue
    const element = { start: index, open: after, name, depth: open.length }
    if (markup.endsWith('/>')) spans.push({ ...element, close: after, end: after })
    else open.push(element)
  }
  return spans
}

/** The name without its prefix. */
export function localNameOf({ name }: Pick<Span, 'name'>): string {
  return name.slice(name.indexOf(':') + 1)
}

/** The text with something else from `start` to `end`. */
export function replaced(text: string, { start, end }: Pick<Span, 'start' | 'end'>, by: string): string {
  return text.slice(0, start) + by + text.slice(end)
}

/** Where attributes stand within a start tag, in the whole text. */
export function attributesOf(text: string, span: Span): readonly { start: number; end: number }[] {
  const tag = text.slice(span.start, span.open)
  return Array.from(tag.matchAll(/\s[^\s=<>/]+\s*=\s*(?:"[^"]*"|'[^']*')/g), ({ 0: written, index }) => ({
    start: span.start + index,
    end: span.start + index + written.length,
  }))
}
