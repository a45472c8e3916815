import type { Clock } from '../clock.ts'
import { PURGE_INTERVAL, type Purgeable } from '../purgeable.ts'
import {
  groupsOf,
  nameOf,
  SESSION_PAGE,
  type SessionGroup,
  type SessionRecord,
  type SessionStore,
  TOMBSTONE_LIFETIME,
  TOUCH_INTERVAL,
} from '../session-store.ts'

/** A session store for one process: tests, and hosts that may forget sessions at a restart. */
export function createMemorySessionStore(clock: Clock): SessionStore & Purgeable {
  const records = new Map<string, SessionRecord>()
  /** When a group was ended, by its name. */
  const tombstones = new Map<string, number>()
  let purgedAt = clock()

  async function purge(): Promise<number> {
    const now = clock()
    purgedAt = now
    for (const [id, record] of records) if (!isAlive(record, now)) records.delete(id)
    for (const [name, endedAt] of tombstones) {
      if (endedAt + TOMBSTONE_LIFETIME <= now) tombstones.delete(name)
    }
    return records.size + tombstones.size
  }

  /** Whatever is kept is also thrown away, whether people sign in or are only signed out. */
  function purgeWhenDue(): void {
    if (clock() >= purgedAt + PURGE_INTERVAL) void purge()
  }

  function findLive({ id, userId }: { id: string; userId: string }): SessionRecord | undefined {
    const record = records.get(id)
    return record && record.userId === userId && isAlive(record, clock()) ? record : undefined
  }

  function membersOf(group: SessionGroup): SessionRecord[] {
    const name = nameOf(group)
    return [...records.values()].filter((record) => groupsOf(record).some((of) => nameOf(of) === name))
  }

  return {
    purge,

    async save(record) {
      purgeWhenDue()
      const overtaken = groupsOf(record).some(
        (group) => (tombstones.get(nameOf(group)) ?? Number.NEGATIVE_INFINITY) > record.begunAt,
      )
      if (!overtaken) records.set(record.id, structuredClone(record))
      return !overtaken
    },

    async touch(key, idleUntil) {
      const record = findLive(key)
      if (!record || idleUntil < record.idleUntil + TOUCH_INTERVAL) return record
      const touched = { ...record, usedAt: clock(), idleUntil }
      records.set(record.id, touched)
      return touched
    },

    async end(key) {
      const record = findLive(key)
      // Expired or not: a use that was sent before the end of its life may arrive after this.
      if (records.get(key.id)?.userId === key.userId) records.delete(key.id)
      return record
    },

    async endAll(group) {
      purgeWhenDue()
      tombstones.set(nameOf(group), clock())
      const members = membersOf(group)
      for (const { id } of members) records.delete(id)
      return members.filter((record) => isAlive(record, clock())).length
    },

    async list(group, after) {
      const alive = membersOf(group).filter((record) => isAlive(record, clock()))
      const following = alive.filter(({ id }) => after === undefined || id > after.id)
      return following.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, SESSION_PAGE)
    },
  }
}

function isAlive({ idleUntil, expiresAt }: SessionRecord, now: number): boolean {
  return idleUntil > now && expiresAt > now
}
