import type { Random } from '../random-configurations.ts'
import { randomDocument } from '../random-documents.ts'
import { byteMutations } from './byte-mutations.ts'
import { randomAnswer } from './grammar.ts'
import { bytesOf, type Input, textOf } from './input.ts'
import { markupMutations } from './markup-mutations.ts'
import { messageIn } from './message-in.ts'

const inBytes = Object.entries(byteMutations) as [
  [string, (typeof byteMutations)[string]],
  ...[string, (typeof byteMutations)[string]][],
]
const inMarkup = Object.entries(markupMutations) as [
  [string, (typeof markupMutations)[string]],
  ...[string, (typeof markupMutations)[string]][],
]

/** Longer ones tell nothing that shorter ones do not, in bytes. */
const MAX_LENGTH = 100_000

/** A longer history is not told. */
const MAX_HISTORY = 12

/** Alters an input once or several times. @param other another one, for what is to be put in */
export function mutate<One extends Input>(input: One, random: Random, other: () => Input): One {
  const { target } = input
  const carrier = target === 'redirect' || target === 'post' ? target : undefined
  const carried = carrier && random.happens(0.6) ? messageIn(textOf(input), carrier) : undefined
  let bytes = carried ? carried.xml : input.bytes
  const history = [...input.history]
  do {
    const isMarkup = (!carrier || carried) && random.happens(0.75)
    const [name, next] = isMarkup ? mutateMarkup(bytes, random, other) : mutateBytes(bytes, random)
    if (next.length > MAX_LENGTH) break
    bytes = next
    history.push(name)
  } while (random.happens(0.5))
  return {
    ...input,
    bytes: carried ? bytesOf(carried.with(bytes)) : bytes,
    history: history.slice(0, MAX_HISTORY),
  }
}

function mutateBytes(bytes: Uint8Array, random: Random): readonly [string, Uint8Array] {
  const [name, mutation] = random.pick(inBytes)
  return [name, mutation(bytes, random)]
}

function mutateMarkup(bytes: Uint8Array, random: Random, other: () => Input): readonly [string, Uint8Array] {
  const [name, mutation] = random.pick(inMarkup)
  const next = mutation(textOf({ bytes }), { random, other: () => textOf(other()) })
  return next === undefined ? mutateBytes(bytes, random) : [name, bytesOf(next)]
}

/** Writes an input anew by the rules of what it is, where there are such rules; with a signature that was made for another. */
export function generate<One extends Input>(input: One, random: Random): One | undefined {
  if (input.target === 'xml') {
    const text = randomDocument(random, { ids: 0.3, comments: random.happens(0.2) })
    return { ...input, bytes: bytesOf(text), history: ['a random document'] }
  }
  if (input.target !== 'response') return undefined
  const [signature = ''] = /<ds:Signature[\s>][\s\S]*?<\/ds:Signature>/.exec(textOf(input)) ?? []
  return { ...input, bytes: bytesOf(randomAnswer(random, signature)), history: ['a random answer'] }
}
