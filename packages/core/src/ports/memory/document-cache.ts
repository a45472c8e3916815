import type { Clock } from '../clock.ts'
import type { DocumentCache } from '../document-cache.ts'

/** A document cache for one process. */
export function createMemoryDocumentCache(clock: Clock): DocumentCache {
  const documents = new Map<string, { document: string; expiresAt: number }>()
  return {
    async get(key) {
      const entry = documents.get(key)
      return entry && entry.expiresAt > clock() ? entry.document : undefined
    },
    async put(key, document, maxAge) {
      documents.set(key, { document, expiresAt: clock() + maxAge * 1000 })
    },
  }
}
