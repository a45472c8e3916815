import { decodeUtf8, encodeUtf8 } from '../encoding/bytes.ts'
import type { SessionRecord } from '../ports/session-store.ts'

/** A session whose record was read a short while ago. */
export interface SeenSession {
  readonly record: SessionRecord
  /** When the token was sealed, in milliseconds since the epoch. */
  readonly issuedAt: number
  /** When the record was read, in milliseconds since the epoch. */
  readonly readAt: number
  /** Until when the record counts without being read again, in milliseconds since the epoch. */
  readonly freshUntil: number
}

/** The tokens that this isolate has verified lately, so that the next request with one of them costs next to nothing. */
export interface SeenSessions {
  /** @param now the time, in milliseconds since the epoch */
  get(token: string, now: number): SeenSession | undefined
  set(token: string, session: SeenSession): void
  /** Forgets the session of this id: it is no longer found. */
  drop(id: string): void
  /** Forgets what was ended here, also in answers that are under way. */
  forget(ended: (record: SessionRecord) => boolean): void
  /** How often something was ended here: an answer that was under way meanwhile may be about it. */
  readonly forgotten: number
}

/** About how many characters of records are kept in each of two generations: a few megabytes. */
const CAPACITY = 2 * 1024 * 1024

/** What an entry takes besides its texts: the token, ids and times, the maps. */
const ENTRY_WEIGHT = 2048

/** What a group takes besides its name. */
const GROUP_WEIGHT = 16

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
  let forgotten = 0

  function set(token: string, session: SeenSession): void {
    if (!young.has(token)) weight += weightOf(session.record)
    young.set(token, session)
    if (weight < capacity) return
    old = young
    young = new Map()
    weight = 0
  }

  function removeWhere(matches: (record: SessionRecord) => boolean): void {
    for (const generation of [young, old]) {
      for (const [token, { record }] of generation) if (matches(record)) generation.delete(token)
    }
  }

  return {
    // A copy of its own: what was cut out of a header keeps the whole header in memory.
    set: (token, session) => set(decodeUtf8(encodeUtf8(token)), session),
    get(token, now) {
      const session = young.get(token)
      if (session) return isFresh(session, now) ? session : undefined
      const older = old.get(token)
      if (!older || !isFresh(older, now)) return undefined
      set(decodeUtf8(encodeUtf8(token)), older)
      return older
    },
    drop: (id) => removeWhere((record) => record.id === id),
    get forgotten() {
      return forgotten
    },
    forget(ended) {
      forgotten++
      removeWhere(ended)
    },
  }
}

/** Not before it was read either: a clock that is put back must not make it last. */
function isFresh({ readAt, freshUntil }: SeenSession, now: number): boolean {
  return now < freshUntil && now >= readAt
}

/** Roughly: to count it exactly would take longer than to verify the token. */
function weightOf({ identity, providerSession }: SessionRecord): number {
  const groups = identity.groups.reduce((sum, group) => sum + group.length + GROUP_WEIGHT, 0)
  return ENTRY_WEIGHT + groups + lengthOfTexts(identity) + lengthOfTexts(providerSession)
}

function lengthOfTexts(members: object): number {
  let length = 0
  for (const member of Object.values(members)) if (typeof member === 'string') length += member.length
  return length
}
