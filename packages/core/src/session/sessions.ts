import type { Sealer } from '../encoding/seal.ts'
import { SsoError } from '../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import {
  groupsOf,
  nameOf,
  type SessionGroup,
  type SessionKey,
  type SessionRecord,
  type SessionStore,
} from '../ports/session-store.ts'
import { newRecord, SESSION_IDLE_LIFETIME, type SessionBeginning } from './record.ts'
import { createSeenSessions, type Reading, type SeenSession } from './seen-sessions.ts'
import { openToken, sealToken } from './token.ts'

/**
 * For how long a record that was read counts without being read again, in milliseconds: after this long, at the latest,
 * a session that was ended is refused everywhere. A token is renewed when it is older.
 */
export const SESSION_FRESHNESS = 5 * 60 * 1000

/** What sessions need. */
export interface SessionServices {
  readonly store: SessionStore
  readonly sealer: Sealer
  readonly clock: Clock
  /** The ids of the connections there are: a session of one that was removed from the configuration is over. */
  readonly connections: readonly string[]
}

/** A session that was just begun: its record, and the value of the cookie that stands for it. */
export interface BegunSession {
  readonly record: SessionRecord
  readonly token: string
}

/** A session that is alive. */
export interface FoundSession {
  readonly record: SessionRecord
  /** The cookie's new value, where one was asked for and it was time. */
  readonly renewed?: string
}

/** How a session is looked for. */
export interface FindOptions {
  /** Read the record, however lately that was done: for answers that must be true this moment. */
  readonly fresh?: boolean
  /** Renew a token that is older than {@link SESSION_FRESHNESS}: where the answer can set a cookie. */
  readonly renew?: boolean
}

/** All there is to do with sessions. Each call may throw SsoError `session_store_unavailable`. */
export interface Sessions {
  /** @throws SsoError `session_ended_early` when the sessions of its user or another of its groups were ended meanwhile */
  begin(beginning: SessionBeginning): Promise<BegunSession>
  /**
   * Finds the session that a cookie stands for, and counts as a use of it.
   *
   * @param token the cookie's value, if there was one
   * @returns undefined when there is none, or no longer: forged, expired, idle for too long, ended
   */
  find(token: string | undefined, options?: FindOptions): Promise<FoundSession | undefined>
  /** Which session a cookie stands for, alive or not, if it is one of ours. Asks nobody. */
  keyOf(token: string | undefined): Promise<SessionKey | undefined>
  /**
   * Ends the session that a cookie stands for, everywhere.
   *
   * @returns the session that was ended, or undefined when there was none
   */
  end(token: string | undefined): Promise<SessionRecord | undefined>
  /** Ends one session by its name. */
  endOne(key: SessionKey): Promise<SessionRecord | undefined>
  /** Ends every session of a group, those included whose login is under way. @returns how many were ended */
  endAll(group: SessionGroup): Promise<number>
  /** Lists the sessions of a group, a page at a time. @param after the last one of the page before */
  list(group: SessionGroup, after?: SessionKey): Promise<readonly SessionRecord[]>
}

/**
 * Sessions: records in the store, sealed tokens in cookies, and a memory of what this isolate has verified. To be
 * created once for each isolate or process.
 */
export function createSessions({ store, sealer, clock, connections }: SessionServices): Sessions {
  const seen = createSeenSessions()
  const known = new Set(connections)

  /**
   * Remembers an answer of the store. It may be old when it arrives: the store answers "alive", the session is ended, the
   * answer arrives. So it counts from when it was asked for, not from now; and if the session was forgotten in this isolate
   * meanwhile, it is not remembered at all, or it would come back.
   */
  function remember(token: string, answer: Answer): void {
    const { record, issuedAt, askedAt, reading } = answer
    const freshUntil = Math.min(askedAt + SESSION_FRESHNESS, record.idleUntil, record.expiresAt)
    if (!reading.isOvertaken) seen.set(token, { record, issuedAt, freshUntil })
  }

  /** Reads the record, and remembers it. */
  async function read(token: string, renew: boolean): Promise<FoundSession | undefined> {
    const now = clock()
    const opened = await openToken(token, sealer)
    if (!opened || now >= opened.expiresAt || !known.has(opened.connection)) return undefined
    const reading = seen.beginReading(opened.id)
    try {
      const record = await reach(() => store.touch(opened, now + SESSION_IDLE_LIFETIME))
      if (!record) {
        seen.forget(opened.id)
        return undefined
      }
      if (!renew || !isDue(opened, now)) {
        remember(token, { record, issuedAt: opened.issuedAt, askedAt: now, reading })
        return { record }
      }
      const renewed = await sealToken(record, now, sealer)
      remember(renewed, { record, issuedAt: now, askedAt: now, reading })
      return { record, renewed }
    } finally {
      seen.endReading(reading)
    }
  }

  /** A renewal can wait for a store that is down: what was read lately counts on, as long as it would have anyway. */
  async function renewIfReachable(token: string): Promise<FoundSession | undefined> {
    try {
      return await read(token, true)
    } catch (error) {
      const session = seen.get(token, clock())
      if (session && error instanceof SsoError && error.code === 'session_store_unavailable') return session
      throw error
    }
  }

  return {
    async begin(beginning) {
      const now = clock()
      const record = await newRecord(beginning, now, sealer)
      const reading = seen.beginReading(record.id)
      try {
        if (!(await reach(() => store.save(record)))) {
          throw new SsoError('session_ended_early', 'the session was ended before its login was complete')
        }
        const token = await sealToken(record, now, sealer)
        remember(token, { record, issuedAt: now, askedAt: now, reading })
        return { record, token }
      } finally {
        seen.endReading(reading)
      }
    },

    async find(token, { fresh = false, renew = false } = {}) {
      if (token === undefined) return undefined
      const now = clock()
      const session = fresh ? undefined : seen.get(token, now)
      if (!session) return read(token, renew)
      return renew && isDue(session, now) ? renewIfReachable(token) : session
    },

    keyOf,

    async end(token) {
      const key = await keyOf(token)
      return key && endOne(key)
    },

    endOne,

    async endAll(group) {
      const name = nameOf(group)
      try {
        return await reach(() => store.endAll(group))
      } finally {
        // Also when it failed: some may have ended.
        seen.forgetAll((record) => groupsOf(record).some((of) => nameOf(of) === name))
      }
    },

    list: (group, after) => reach(() => store.list(group, after)),
  }

  async function keyOf(token: string | undefined): Promise<SessionKey | undefined> {
    const opened = token === undefined ? undefined : await openToken(token, sealer)
    return opened && { userId: opened.userId, id: opened.id }
  }

  async function endOne(key: SessionKey): Promise<SessionRecord | undefined> {
    try {
      return await reach(() => store.end(key))
    } finally {
      seen.forget(key.id)
    }
  }
}

/** What the store said of a session. Times are in milliseconds since the epoch. */
interface Answer {
  readonly record: SessionRecord
  /** When the token that stands for it was sealed. */
  readonly issuedAt: number
  readonly askedAt: number
  readonly reading: Reading
}

/** Whether a token is old enough to be renewed. */
function isDue({ issuedAt }: Pick<SeenSession, 'issuedAt'>, now: number): boolean {
  return now >= issuedAt + SESSION_FRESHNESS
}

async function reach<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (cause) {
    throw new SsoError('session_store_unavailable', 'the session store can not be reached', { cause })
  }
}
