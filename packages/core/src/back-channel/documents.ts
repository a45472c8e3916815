import type { Clock } from '../ports/clock.ts'
import type { DocumentCache } from '../ports/document-cache.ts'

/** For how long a document is used without asking again, in milliseconds. */
const FRESH_FOR = 60 * 60 * 1000

/** A provider's document, and when it was fetched. */
export interface FetchedDocument<T> {
  readonly document: T
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number
}

/** Keeps documents of identity providers: in this process, and behind it in the shared cache. */
export interface Documents {
  /**
   * @param key names the document; for one configuration always the same
   * @param load fetches and checks it; what it refuses is not kept
   * @param newerThan take none that was fetched before this time (milliseconds since the epoch)
   */
  read<T>(key: string, load: () => Promise<T>, newerThan?: number): Promise<FetchedDocument<T>>
}

/** @param cache the shared cache, sealed: what comes out of it is trusted as if we had fetched it ourselves */
export function createDocuments(cache: DocumentCache, clock: Clock): Documents {
  // As many entries as there are connections and kinds of document: bounded by the configuration.
  const known = new Map<string, FetchedDocument<unknown>>()

  return {
    async read<T>(key: string, load: () => Promise<T>, newerThan = 0): Promise<FetchedDocument<T>> {
      const oldest = Math.max(newerThan, clock() - FRESH_FOR)
      const here = known.get(key) as FetchedDocument<T> | undefined
      if (here && here.fetchedAt > oldest) return here
      const shared = parse<T>(await cache.get(key))
      if (shared && shared.fetchedAt > oldest) {
        known.set(key, shared)
        return shared
      }
      const fetched: FetchedDocument<T> = { document: await load(), fetchedAt: clock() }
      known.set(key, fetched)
      await cache.put(key, JSON.stringify(fetched), FRESH_FOR / 1000)
      return fetched
    },
  }
}

function parse<T>(text: string | undefined): FetchedDocument<T> | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as FetchedDocument<T>)
}
