import type { Random } from '../random-configurations.ts'
import { words, wrappers } from './dictionary.ts'
import { randomPart } from './grammar.ts'
import { attributesOf, localNameOf, replaced, type Span, spansOf } from './markup.ts'

/** What a mutation may draw upon. */
interface Material {
  readonly random: Random
  /** Another document of the corpus. */
  readonly other: () => string
}

/** Alters a text of elements. @returns undefined where there is nothing to be altered so */
export type MarkupMutation = (text: string, material: Material) => string | undefined

type Spans = readonly [Span, ...Span[]]

/** For a mutation of elements: it is not asked where there are none. */
function ofElements(mutate: (text: string, spans: Spans, material: Material) => string): MarkupMutation {
  return (text, material) => {
    const [first, ...others] = spansOf(text)
    return first && mutate(text, [first, ...others], material)
  }
}

function insert(text: string, at: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at)
}

/** A place where an element may stand: before or after another one, or in it; often far out, where less is signed. */
function placeAt(spans: Spans, random: Random): number {
  const [first, ...others] = random.happens(0.5) ? spans.filter(({ depth }) => depth < 2) : spans
  const { start, open, close, end } = random.pick([first ?? spans[0], ...others])
  return random.pick([start, open, close, end])
}

function slice(text: string, { start, end }: Span): string {
  return text.slice(start, end)
}

/** Takes an element out and puts it elsewhere. */
function move(text: string, span: Span, random: Random): string {
  const without = replaced(text, span, '')
  const [first, ...others] = spansOf(without)
  return first ? insert(without, placeAt([first, ...others], random), slice(text, span)) : text
}

function swap(text: string, one: Span, other: Span): string {
  const [left, right] = one.start < other.start ? [one, other] : [other, one]
  if (left.end > right.start) return text
  return replaced(replaced(text, right, slice(text, left)), left, slice(text, right))
}

/** Another prefix for a piece of text, here and there declared. */
function renamePrefix(text: string, span: Span, random: Random): string {
  const prefix = /^[^:]+(?=:)/.exec(span.name)?.[0]
  const next = random.pick(['', 'x', 'saml', 'samlp', 'ds', 'xml', 'é'])
  const piece = slice(text, span)
  if (prefix === undefined)
    return replaced(text, span, piece.replaceAll(/(<\/?)(?=[\w-]+[\s/>])/g, `$1${next}:`))
  const renamed = piece.replaceAll(`${prefix}:`, next === '' ? '' : `${next}:`)
  const declared = random.happens(0.7)
    ? renamed.replaceAll(`xmlns:${prefix}=`, next === '' ? 'xmlns=' : `xmlns:${next}=`)
    : renamed
  return replaced(text, span, declared)
}

/** Says something else about somebody. */
function impersonated(element: string): string {
  return element.replaceAll(
    /(<(?:[\w-]+:)?(?:NameID|AttributeValue|SessionIndex)\b[^>]*>)[^<]*/g,
    '$1victim@acme.example',
  )
}

const SIGNATURE = /<((?:[\w-]+:)?)Signature[\s>][\s\S]*?<\/\1Signature\s*>/g

function withId(element: string, random: Random): string {
  const id = random.pick(['keep', 'new', 'Id', 'id', 'xml:id', 'x:ID', 'none', 'new'])
  if (id === 'keep') return element
  if (id === 'new') return element.replace(/\sID="[^"]*"/, ' ID="_forged"')
  if (id === 'none') return element.replace(/\sID="[^"]*"/, '')
  const declared = id === 'x:ID' ? ' xmlns:x="urn:oasis:names:tc:SAML:2.0:assertion"' : ''
  return element.replace(/\sID=/, `${declared} ${random.pick(['', 'ID="_forged" '])}${id}=`)
}

/**
 * Puts a forged copy of a message or an assertion somewhere, signed or not, while the original stays, goes elsewhere, or
 * stands in the copy: all the ways of signature wrapping, and more.
 */
function forge(text: string, spans: Spans, { random }: Material): string {
  const candidates = spans.filter((span) =>
    /^(Assertion|Response|LogoutRe|EncryptedAss)/.test(localNameOf(span)),
  )
  const [first, ...others] = candidates
  if (!first) return impersonated(text)
  const span = random.pick([first, ...others])
  const original = slice(text, span)
  const copy = withId(impersonated(original), random)
  const forged = random.happens(0.5) ? copy.replaceAll(SIGNATURE, '') : copy
  const [before, after] = random.pick(wrappers)
  const hidden = random.happens(0.5)
    ? `${before}${random.happens(0.3) ? original.replaceAll(SIGNATURE, '') : original}${after}`
    : original
  switch (random.pick(['beside', 'somewhere', 'instead', 'around', 'in the signature'])) {
    case 'beside':
      return insert(text, random.pick([span.start, span.end]), forged)
    case 'somewhere':
      return insert(text, placeAt(spans, random), random.happens(0.5) ? forged : before + forged + after)
    case 'instead': {
      const [some, ...more] = spansOf(replaced(text, span, forged))
      return some ? insert(replaced(text, span, forged), placeAt([some, ...more], random), hidden) : text
    }
    case 'around': {
      const inner = spansOf(forged)
      const [some, ...more] = inner
      return some ? replaced(text, span, insert(forged, placeAt([some, ...more], random), hidden)) : text
    }
    default:
      return replaced(
        text,
        span,
        copy.replace(/<\/((?:[\w-]+:)?)Signature\s*>/, (end) => hidden + end),
      )
  }
}

function inContent(spans: Spans, random: Random): number {
  const { open, close } = random.pick(spans)
  return open + random.below(close - open + 1)
}

/** By what is done to the text. */
export const markupMutations: Readonly<Record<string, MarkupMutation>> = {
  forge: ofElements(forge),
  'forge again': ofElements(forge),
  'take an element away': ofElements((text, spans, { random }) => replaced(text, random.pick(spans), '')),
  'repeat an element': ofElements((text, spans, { random }) => {
    const span = random.pick(spans)
    return insert(text, span.end, slice(text, span).repeat(1 + random.below(3)))
  }),
  'copy an element elsewhere': ofElements((text, spans, { random }) =>
    insert(text, placeAt(spans, random), slice(text, random.pick(spans))),
  ),
  'move an element': ofElements((text, spans, { random }) => move(text, random.pick(spans), random)),
  'swap two elements': ofElements((text, spans, { random }) =>
    swap(text, random.pick(spans), random.pick(spans)),
  ),
  'put something around an element': ofElements((text, spans, { random }) => {
    const [before, after] = random.pick(wrappers)
    const span = random.pick(spans)
    return replaced(text, span, before + slice(text, span) + after)
  }),
  'take an element from around others': ofElements((text, spans, { random }) => {
    const span = random.pick(spans)
    return replaced(text, span, text.slice(span.open, span.close))
  }),
  'put an element of another document in': ofElements((text, spans, { random, other }) => {
    const donor = other()
    const [first, ...others] = spansOf(donor)
    if (!first) return text
    const given = slice(donor, random.pick([first, ...others]))
    return random.happens(0.5)
      ? insert(text, placeAt(spans, random), given)
      : replaced(text, random.pick(spans), given)
  }),
  'put a part of an answer in': ofElements((text, spans, { random }) =>
    insert(text, placeAt(spans, random), randomPart(random)),
  ),
  'rename a prefix': ofElements((text, spans, { random }) => renamePrefix(text, random.pick(spans), random)),
  'rename an element': ofElements((text, spans, { random }) => {
    const span = random.pick(spans)
    const { name } = random.pick(spans)
    const piece = slice(text, span)
    return replaced(text, span, `<${name}${piece.slice(1 + span.name.length).replace(/[^/]+$/, `${name}>`)}`)
  }),
  'put other text in': ofElements((text, spans, { random }) => {
    const { open: start, close: end } = random.pick(spans)
    return replaced(text, { start, end }, random.pick(words))
  }),
  'put a word into a text': ofElements((text, spans, { random }) =>
    insert(text, inContent(spans, random), random.pick(words)),
  ),
  'put a word into a tag': ofElements((text, spans, { random }) => {
    const { start, name } = random.pick(spans)
    return insert(text, start + 1 + name.length, ` ${random.pick(words)}`)
  }),
  'change an attribute': ofElements((text, spans, { random }) => {
    const [first, ...others] = attributesOf(text, random.pick(spans))
    if (!first) return text
    const place = random.pick([first, ...others])
    const written = text.slice(place.start, place.end)
    return random.happens(0.3)
      ? replaced(text, place, random.pick(['', written + written]))
      : replaced(text, place, written.replace(/(["'])[^"']*\1/, `"${random.pick(words)}"`))
  }),
  'take an attribute from elsewhere': ofElements((text, spans, { random }) => {
    const [first, ...others] = attributesOf(text, random.pick(spans))
    if (!first) return text
    const { start, end } = random.pick([first, ...others])
    const to = random.pick(spans)
    return insert(text, to.start + 1 + to.name.length, text.slice(start, end))
  }),
}
