import type { PlannedCase } from '../planned-case.ts'
import { characters } from './reader/characters.ts'
import { encodings } from './reader/encodings.ts'
import { floods } from './reader/floods.ts'
import { ids } from './reader/identifiers.ts'
import { prefixes } from './reader/namespaces.ts'
import { tags } from './reader/tags.ts'

/** What the reader of XML must refuse, and what it must not. */
export const readerCases: readonly PlannedCase[] = [
  ...tags,
  ...characters,
  ...encodings,
  ...floods,
  ...prefixes,
  ...ids,
]
