/** An adapter over storage of its own, from which what has expired must be removed now and then. */
export interface Purgeable {
  /** Removes what has expired. @returns how many entries are left */
  purge(): Promise<number>
}

/** How often adapters remove what has expired, in milliseconds. */
export const PURGE_INTERVAL = 10 * 60 * 1000
