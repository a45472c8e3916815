import { describe, expect, it } from 'vitest'
import type { Clock } from '../../ports/clock.ts'
import { groupsOf, nameOf, type SessionRecord, TOUCH_INTERVAL } from '../../ports/session-store.ts'
import { brokenPromisesOf } from '../complaints.ts'
import { findingCases } from './finding.ts'
import { disguised, FAR, type MemoryStore, type SpoiledStore, spoiledBy } from './spoiled.ts'

/** A store that still finds, but neither lists nor counts, what has reached one of its ends. */
function findingExpired(
  good: MemoryStore,
  clock: Clock,
  end: 'idleUntil' | 'expiresAt',
): Partial<MemoryStore> {
  const latest = new Map<string, SessionRecord>()
  return {
    async save(record) {
      latest.set(record.id, record)
      return good.save(record)
    },
    async touch(key, idleUntil) {
      const found = await good.touch(key, idleUntil)
      if (found) latest.set(found.id, found)
      const last = latest.get(key.id)
      return found ?? (last && last.userId === key.userId && last[end] <= clock() ? last : undefined)
    },
  }
}

/** A store in which nothing ends by being idle. */
function withoutIdleEnd(good: MemoryStore, clock: Clock): MemoryStore {
  const uses = new Map<string, { usedAt: number; idleUntil: number }>()
  const found = <R extends SessionRecord | undefined>(record: R): R =>
    record && { ...record, ...uses.get(record.id) }
  return {
    ...good,
    save(record) {
      uses.set(record.id, { usedAt: record.usedAt, idleUntil: record.idleUntil })
      return good.save({ ...record, idleUntil: FAR })
    },
    async touch(key, idleUntil) {
      const record = found(await good.touch(key, 0))
      if (!record || idleUntil < record.idleUntil + TOUCH_INTERVAL) return record
      uses.set(record.id, { usedAt: clock(), idleUntil })
      return found(record)
    },
    end: async (key) => found(await good.end(key)),
    list: async (group, after) => (await good.list(group, after)).map(found),
  }
}

/** Stores that are good but for one promise. */
const stores: SpoiledStore[] = [
  ['forgets what was saved', () => ({ save: async () => true })],
  ['says that nothing was kept', (good) => ({ save: async (record) => !(await good.save(record)) })],
  [
    'makes null of what was absent',
    (good) => ({
      save: (record) =>
        good.save({
          ...record,
          identity: { ...record.identity, username: null as unknown as undefined },
        }),
    }),
  ],
  [
    'cuts a record short',
    (good) => ({
      save: (record) =>
        good.save({
          ...record,
          identity: { ...record.identity, groups: record.identity.groups.slice(0, 100) },
        }),
    }),
  ],
  [
    'keeps sessions of OpenID Connect only',
    (good) => ({
      save: (record) =>
        good.save(
          record.providerSession.protocol === 'oidc'
            ? record
            : { ...record, providerSession: { protocol: 'social' } },
        ),
    }),
  ],
  [
    'finds by id without the user',
    (good) => {
      const users = new Map<string, string>()
      return {
        save: (record) => {
          users.set(record.id, record.userId)
          return good.save(record)
        },
        touch: ({ id }, idleUntil) => good.touch({ id, userId: users.get(id) ?? '' }, idleUntil),
      }
    },
  ],
  [
    'ends by id without the user',
    (good) => {
      const users = new Map<string, string>()
      return {
        save: (record) => {
          users.set(record.id, record.userId)
          return good.save(record)
        },
        end: ({ id }) => good.end({ id, userId: users.get(id) ?? '' }),
      }
    },
  ],
  [
    'does not tell capitals of an id apart',
    (good) => {
      const ids = new Map<string, string>()
      return {
        save(record) {
          ids.set(record.id.toLowerCase(), record.id)
          return good.save(record)
        },
        touch: ({ id, userId }, idleUntil) =>
          good.touch({ id: ids.get(id.toLowerCase()) ?? id, userId }, idleUntil),
      }
    },
  ],
  ['ignores the absolute end', (good) => disguised(good, () => ({ expiresAt: FAR }))],
  ['finds what is past its absolute end', (good, clock) => findingExpired(good, clock, 'expiresAt')],
  ['ignores the idle end', withoutIdleEnd],
  ['finds what was idle for too long', (good, clock) => findingExpired(good, clock, 'idleUntil')],
  [
    'brings an idle session back that is asked for',
    (good, clock) => {
      const idle = withoutIdleEnd(good, clock)
      return {
        ...idle,
        async touch(key, idleUntil) {
          const before = await idle.touch(key, 0)
          await idle.touch(key, idleUntil)
          return before && before.idleUntil > clock() ? idle.touch(key, 0) : undefined
        },
      }
    },
  ],
  [
    'counts what has expired as ended',
    (good, clock) => {
      const kept: SessionRecord[] = []
      return {
        async save(record) {
          const isKept = await good.save(record)
          if (isKept) kept.push(record)
          return isKept
        },
        async endAll(group) {
          const name = nameOf(group)
          const expired = kept.filter(
            (record) =>
              Math.min(record.idleUntil, record.expiresAt) <= clock() &&
              groupsOf(record).some((of) => nameOf(of) === name),
          )
          return (await good.endAll(group)) + expired.length
        },
      }
    },
  ],
  ['does not put the idle end off', (good) => ({ touch: (key) => good.touch(key, 0) })],
  [
    'says that it put the idle end off, and does not',
    (good, clock) => ({
      async touch(key, idleUntil) {
        const record = await good.touch(key, 0)
        const isDue = record && idleUntil >= record.idleUntil + TOUCH_INTERVAL
        return isDue ? { ...record, usedAt: clock(), idleUntil } : record
      },
    }),
  ],
  [
    'lets a use bring the idle end nearer',
    (good, clock) => ({
      async touch(key, idleUntil) {
        const record = await good.touch(key, idleUntil)
        if (!record || idleUntil >= record.idleUntil) return record
        await good.end(key)
        const nearer = { ...record, usedAt: clock(), idleUntil }
        await good.save({ ...nearer, begunAt: FAR })
        return nearer
      },
    }),
  ],
]

describe('the suite of the session store, on what it finds', () => {
  it.each(stores)('notices one that %s', async (_, spoil) => {
    expect(await brokenPromisesOf(findingCases, spoiledBy(spoil))).not.toEqual([])
  })
})
