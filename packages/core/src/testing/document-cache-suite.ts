import { systemClock } from '../ports/clock.ts'
import type { DocumentCache } from '../ports/document-cache.ts'
import { check, type PortCase, unique } from './port-case.ts'

/** The promises of {@link DocumentCache}. */
export const documentCacheSuite: readonly PortCase<DocumentCache>[] = [
  {
    name: 'returns what was put, and nothing else',
    async run(create) {
      const cache = await create(systemClock)
      const key = unique('document')
      check((await cache.get(key)) === undefined, 'an unknown key is empty')
      await cache.put(key, '{"ünï":1}', 60)
      check((await cache.get(key)) === '{"ünï":1}', 'a document comes back to the letter')
      await cache.put(key, '{}', 60)
      check((await cache.get(key)) === '{}', 'a later document replaces an earlier one')
    },
  },
  {
    name: 'tells keys apart to the letter',
    async run(create) {
      const cache = await create(systemClock)
      const key = unique('Document')
      const others = [unique('Document'), key.toLowerCase(), `${key}x`]
      await cache.put(key, '"one"', 60)
      for (const other of others) {
        check((await cache.get(other)) === undefined, 'what was put under one key is under no other')
        await cache.put(other, '"other"', 60)
      }
      check((await cache.get(key)) === '"one"', 'each key keeps its document')
    },
  },
]
