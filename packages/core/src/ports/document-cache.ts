/**
 * Keeps documents of identity providers (discovery, key sets) so that not every login fetches them.
 *
 * **Promises** nothing but to return what was put, for at most `maxAge`, or nothing. It may lag, forget, and be
 * read and written by others: what it holds is sealed by the caller ({@link sealDocuments}).
 * **When it can not be reached** it may reject: that counts as an empty answer.
 */
export interface DocumentCache {
  get(key: string): Promise<string | undefined>
  /** @param maxAge for how long to keep it, in seconds; at least 60 */
  put(key: string, document: string, maxAge: number): Promise<void>
}
