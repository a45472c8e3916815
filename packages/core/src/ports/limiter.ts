/**
 * Slows floods down. **Promises** to say false sooner or later to a caller who asks much more often than the limit;
 * does not promise to count exactly, and decides nothing that safety depends on.
 */
export interface Limiter {
  /** @param key who is asking: an address, never a person */
  allow(key: string): Promise<boolean>
}
