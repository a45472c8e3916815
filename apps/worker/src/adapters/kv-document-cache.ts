import type { DocumentCache } from '@doorward/core'

/** The {@link DocumentCache} over a KV namespace, which lags by about a minute: documents may. */
export function createKvDocumentCache(namespace: KVNamespace): DocumentCache {
  return {
    async get(key) {
      return (await namespace.get(key)) ?? undefined
    },
    async put(key, document, maxAge) {
      // KV refuses to keep anything for less than a minute.
      await namespace.put(key, document, { expirationTtl: Math.max(60, maxAge) })
    },
  }
}
