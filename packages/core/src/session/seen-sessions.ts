import type { SessionRecord } from '../ports/session-store.ts'

/** A session whose record was read a short while ago. */
export interface SeenSession {
  readonly record: SessionRecord
  /** When the token was sealed, in milliseconds since the epoch. */
  readonly issuedAt: number
  /** Until when the record counts without being read again, in milliseconds since the epoch. */
  readonly freshUntil: number
}

/** The tokens that this isolate has verified lately, so that the next request with one of them costs next to nothing. */
export interface SeenSessions {
  /** @param now the time, in milliseconds since the epoch */
  get(token: string, now: number): SeenSession | undefined
  set(token: string, session: SeenSession): void
  /** Forgets what ended here, without waiting until it is read again. */
  forget(ended: (record: SessionRecord) => boolean): void
}

/** About how many characters of records are kept in each of two generations: a few megabytes. */
const CAPACITY = 2 * 1024 * 1024

/** What an entry takes besides what its groups do: the token, the other members, the maps. */
const BASE_WEIGHT = 2048

/**
 * Keeps two generations: what is asked for moves to the young one, and when that is full, the old one is dropped. This
 * bounds the memory and keeps what is in use, without a list to maintain on each hit.
 *
 * @param capacity about how many characters a generation holds
 */
export function createSeenSessions(capacity = CAPACITY): SeenSessions {
  let young = new Map<string, SeenSession>()
  let old = new Map<string, SeenSession>()
  let weight = 0

  function set(token: string, session: SeenSession): void {
    if (!young.has(token)) weight += weightOf(session.record)
    young.set(token, session)
    if (weight < capacity) return
    old = young
    young = new Map()
    weight = 0
  }

  return {
    set,
    get(token, now) {
      const session = young.get(token)
      if (session) return now < session.freshUntil ? session : undefined
      const older = old.get(token)
      if (!older || now >= older.freshUntil) return undefined
      set(token, older)
      return older
    },
    forget(ended) {
      for (const generation of [young, old]) {
        for (const [token, { record }] of generation) if (ended(record)) generation.delete(token)
      }
    },
  }
}

function weightOf({ identity }: SessionRecord): number {
  return identity.groups.reduce((sum, group) => sum + group.length, BASE_WEIGHT)
}
