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
  /** Forgets one session: it is no longer found. */
  forget(id: string): void
  /** Forgets what was ended here. */
  forgetAll(ended: (record: SessionRecord) => boolean): void
  /** To be called before a record is read, and with {@link SeenSessions.endReading} after. */
  beginReading(id: string): Reading
  endReading(reading: Reading): void
}

/** A record is being read: what is forgotten meanwhile must not come back with an answer that was given before. */
export interface Reading {
  readonly id: string
  /** Whether its session may have been forgotten since it began. */
  readonly isOvertaken: boolean
}

/** About how many characters of records are kept in each of two generations: a few megabytes. */
const CAPACITY = 2 * 1024 * 1024

/** What an entry takes besides its texts: the token, ids and times, the maps. */
const ENTRY_WEIGHT = 2048

/** What a group takes besides its name. */
const GROUP_WEIGHT = 16

/** How much earlier than another request's the time of one may be, in milliseconds, without the clock being put back. */
const CLOCK_TOLERANCE = 10_000

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
  /** The latest time that was seen. */
  let latest = 0
  const readings = new Set<{ id: string; isOvertaken: boolean }>()

  function set(token: string, session: SeenSession): void {
    if (!young.has(token)) weight += weightOf(session.record)
    young.set(token, session)
    if (weight < capacity) return
    old = young
    young = new Map()
    weight = 0
  }

  function find(token: string): SeenSession | undefined {
    const session = young.get(token)
    if (session) return session
    const older = old.get(token)
    if (older) set(ownCopy(token), older)
    return older
  }

  function forgetWhere(matches: (record: SessionRecord) => boolean): void {
    for (const [token, { record }] of old) if (matches(record)) old.delete(token)
    for (const [token, { record }] of young) {
      if (!matches(record)) continue
      weight -= weightOf(record)
      young.delete(token)
    }
  }

  function forgetAll(ended: (record: SessionRecord) => boolean): void {
    for (const reading of readings) reading.isOvertaken = true
    forgetWhere(ended)
  }

  /** A clock that is put back must not make anything last. */
  function keepTime(now: number): void {
    if (now < latest - CLOCK_TOLERANCE) {
      forgetAll(() => true)
      latest = now
    } else if (now > latest) latest = now
  }

  return {
    set: (token, session) => set(ownCopy(token), session),
    get(token, now) {
      keepTime(now)
      const session = find(token)
      return session && now < session.freshUntil ? session : undefined
    },
    forget(id) {
      for (const reading of readings) if (reading.id === id) reading.isOvertaken = true
      forgetWhere((record) => record.id === id)
    },
    forgetAll,
    beginReading(id) {
      const reading = { id, isOvertaken: false }
      readings.add(reading)
      return reading
    },
    endReading: (reading) => void readings.delete(reading),
  }
}

/**
 * A text that was cut out of a header keeps the whole header in memory: it is a view of it. To join something to it makes a
 * text of its own when the joined text is cut again.
 */
function ownCopy(token: string): string {
  return ` ${token}`.slice(1)
}

/** Roughly: to count it exactly would take longer than to verify the token. */
function weightOf({ identity, providerSession }: SessionRecord): number {
  const lists = [...identity.groups, ...identity.roles]
  const groups = lists.reduce((sum, group) => sum + group.length + GROUP_WEIGHT, 0)
  return ENTRY_WEIGHT + groups + lengthOfTexts(identity) + lengthOfTexts(providerSession)
}

function lengthOfTexts(members: object): number {
  let length = 0
  for (const member of Object.values(members)) if (typeof member === 'string') length += member.length
  return length
}
