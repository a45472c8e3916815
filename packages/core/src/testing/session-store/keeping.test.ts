import { describe, expect, it } from 'vitest'
import type { Clock } from '../../ports/clock.ts'
import { createMemorySessionStore } from '../../ports/memory/session-store.ts'
import type { SessionGroup, SessionRecord, SessionStore } from '../../ports/session-store.ts'
import { brokenPromisesOf } from '../complaints.ts'
import type { Harness } from '../port-case.ts'
import { keepingCases } from './keeping.ts'
import { type MemoryStore, type SpoiledStore, spoiledBy } from './spoiled.ts'

/** Stores that are good but for one promise. */
const stores: SpoiledStore[] = [
  [
    'never removes what has expired',
    (good) => {
      let count = 0
      return {
        async save(record) {
          const kept = await good.save(record)
          if (kept) count++
          return kept
        },
        async endAll(group) {
          count++
          return good.endAll(group)
        },
        purge: async () => count,
      }
    },
  ],
  [
    'removes what is alive',
    (_, clock) => {
      let current = createMemorySessionStore(clock)
      return {
        save: (record) => current.save(record),
        touch: (key, idleUntil) => current.touch(key, idleUntil),
        end: (key) => current.end(key),
        endAll: (group) => current.endAll(group),
        list: (group, after) => current.list(group, after),
        async purge() {
          current = createMemorySessionStore(clock)
          return 0
        },
      }
    },
  ],
]

describe('the suite of the session store, on what it keeps', () => {
  it.each(stores)('notices one that %s', async (_, spoil) => {
    expect(await brokenPromisesOf(keepingCases, spoiledBy(spoil))).not.toEqual([])
  })

  it.each<[string, (kept: MemoryStore) => Partial<MemoryStore>]>([
    ['sessions', () => ({ touch: async () => undefined })],
    ['ends of groups', () => ({ save: async () => true })],
  ])('notices one that loses %s at a restart', async (_, spoil) => {
    const create = (clock: Clock): Harness<SessionStore> => {
      const kept = createMemorySessionStore(clock)
      let opened = 0
      return { open: async () => (opened++ === 0 ? kept : { ...kept, ...spoil(kept) }), purge: kept.purge }
    }
    expect(await brokenPromisesOf(keepingCases, create)).not.toEqual([])
  })

  it('notices one that loses everything at a restart', async () => {
    const create = (clock: Clock): Harness<SessionStore> => {
      const first = createMemorySessionStore(clock)
      let opened = 0
      return {
        open: async () => (opened++ === 0 ? first : createMemorySessionStore(clock)),
        purge: first.purge,
      }
    }
    expect(await brokenPromisesOf(keepingCases, create)).not.toEqual([])
  })

  it('notices one that brings ended sessions back at a restart', async () => {
    const create = (clock: Clock): Harness<SessionStore> => {
      const [kept, backup] = [createMemorySessionStore(clock), createMemorySessionStore(clock)]
      const first = {
        ...kept,
        async save(record: SessionRecord) {
          await backup.save(record)
          return kept.save(record)
        },
        endAll: async (group: SessionGroup) => (await backup.endAll(group)) + (await kept.endAll(group)) * 0,
      }
      let opened = 0
      return { open: async () => (opened++ === 0 ? first : backup), purge: kept.purge }
    }
    expect(await brokenPromisesOf(keepingCases, create)).not.toEqual([])
  })
})
