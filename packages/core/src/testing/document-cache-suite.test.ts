import { describe, expect, it } from 'vitest'
import type { Clock } from '../ports/clock.ts'
import type { DocumentCache } from '../ports/document-cache.ts'
import { createMemoryDocumentCache } from '../ports/memory/document-cache.ts'
import { brokenPromisesOf, complaintsOf } from './complaints.ts'
import { documentCacheSuite } from './document-cache-suite.ts'

/**
 * Adapters that are good but for one promise. None keeps a document for too long: the suite leaves that to the adapters'
 * own tests, because a cache such as KV goes by the time of its own machines, which no test can move.
 */
const caches: [string, (clock: Clock) => DocumentCache][] = [
  ['forgets', () => ({ get: async () => undefined, put: async () => undefined })],
  ['finds what was never put', () => ({ get: async () => '{}', put: async () => undefined })],
  [
    'keeps the first document for ever',
    (clock) => {
      const good = createMemoryDocumentCache(clock)
      const known = new Set<string>()
      return {
        ...good,
        async put(key, document, maxAge) {
          if (known.has(key)) return
          known.add(key)
          await good.put(key, document, maxAge)
        },
      }
    },
  ],
  [
    'changes documents',
    (clock) => {
      const good = createMemoryDocumentCache(clock)
      return {
        ...good,
        put: (key, document, maxAge) => good.put(key, document.replace(/[^\0-\x7f]/g, '?'), maxAge),
      }
    },
  ],
  [
    'does not tell capitals of a key apart',
    (clock) => {
      const good = createMemoryDocumentCache(clock)
      return {
        get: (key) => good.get(key.toLowerCase()),
        put: (key, document, maxAge) => good.put(key.toLowerCase(), document, maxAge),
      }
    },
  ],
  [
    'keeps one document for all keys',
    (clock) => {
      const good = createMemoryDocumentCache(clock)
      return {
        get: () => good.get('key'),
        put: (_, document, maxAge) => good.put('key', document, maxAge),
      }
    },
  ],
]

describe('the suite of the document cache', () => {
  it('has nothing against a good one', async () => {
    expect(await complaintsOf(documentCacheSuite, createMemoryDocumentCache)).toEqual([])
  })

  it.each(caches)('notices one that %s', async (_, create) => {
    expect(await brokenPromisesOf(documentCacheSuite, create)).not.toEqual([])
  })
})
