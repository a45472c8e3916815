import type { Sealer } from '../encoding/seal.ts'
import type { DocumentCache } from './document-cache.ts'

/**
 * Makes a cache that others may write into one that only we can fill: documents decide which keys are trusted, so
 * each is sealed, bound to its cache key. What does not open is as good as absent, and so is a cache that fails.
 */
export function sealDocuments(cache: DocumentCache, sealer: Sealer): DocumentCache {
  return {
    async get(key) {
      const sealed = await cache.get(key).catch(() => undefined)
      return sealed === undefined ? undefined : sealer.open('document', key, sealed)
    },
    async put(key, document, maxAge) {
      const sealed = await sealer.seal('document', key, document)
      await cache.put(key, sealed, maxAge).catch(() => undefined)
    },
  }
}
