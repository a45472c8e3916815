import type { Clock } from '../../ports/clock.ts'
import { createMemorySessionStore } from '../../ports/memory/session-store.ts'
import type { Purgeable } from '../../ports/purgeable.ts'
import type { SessionGroup, SessionRecord, SessionStore } from '../../ports/session-store.ts'
import { inMemory, type Spoiled } from '../complaints.ts'
import type { Harness } from '../port-case.ts'

/** For the tests of the suite itself: stores that are good but for one promise. */

export type MemoryStore = SessionStore & Purgeable
export type SpoiledStore = Spoiled<SessionStore>

/** @returns what makes a store in memory, spoiled, for a suite */
export function spoiledBy(spoil: SpoiledStore[1]): (clock: Clock) => Harness<SessionStore> {
  return (clock) => {
    const good = createMemorySessionStore(clock)
    return inMemory<SessionStore>({ ...good, ...spoil(good, clock) })
  }
}

/** Later than everything else. */
export const FAR: number = Number.MAX_SAFE_INTEGER

/** Ends a group one session at a time, and remembers nothing of it. */
export async function endEach(store: SessionStore, group: SessionGroup): Promise<number> {
  let count = 0
  for (let page = await store.list(group); page.length > 0; page = await store.list(group)) {
    for (const record of page) if (await store.end(record)) count++
  }
  return count
}

/** A store that keeps records other than it was given them, and gives them back as they were. */
export function disguised(
  good: MemoryStore,
  disguise: (record: SessionRecord) => Partial<SessionRecord>,
): MemoryStore {
  const originals = new Map<string, Partial<SessionRecord>>()
  const restored = <R extends SessionRecord | undefined>(record: R): R =>
    record && { ...record, ...originals.get(record.id) }
  return {
    ...good,
    async save(record) {
      const changes = disguise(record)
      const names = Object.keys(changes) as (keyof SessionRecord)[]
      originals.set(record.id, Object.fromEntries(names.map((name) => [name, record[name]])))
      return good.save({ ...record, ...changes })
    },
    touch: async (key, idleUntil) => restored(await good.touch(key, idleUntil)),
    end: async (key) => restored(await good.end(key)),
    list: async (group, after) => (await good.list(group, after)).map(restored),
  }
}
