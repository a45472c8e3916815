import { type CorpusCase, readCases, type SharedFacts } from './case.ts'

const accepting = import.meta.glob('./accept/*/*', { query: '?raw', import: 'default', eager: true })
const rejecting = import.meta.glob('./reject/*/*', { query: '?raw', import: 'default', eager: true })
const facts = import.meta.glob('./*.json', { query: '?raw', import: 'default', eager: true })

/** All cases, read so that they are there on every host. */
export const corpusCases: readonly CorpusCase[] = readCases(
  new Map(
    Object.entries({ ...accepting, ...rejecting }).map(([path, text]) => [path.slice(2), String(text)]),
  ),
)

/** What they have in common. */
export const sharedFacts: SharedFacts = JSON.parse(String(facts['./shared.TEST-KEY.json'])) as SharedFacts
