import type { SessionRecord, SessionStore } from '../session-store.ts'

/** A session store for one process: tests, and hosts that may forget sessions at a restart. */
export function createMemorySessionStore(): SessionStore {
  const records = new Map<string, SessionRecord>()
  return {
    async save(record) {
      records.set(record.id, structuredClone(record))
    },
    async find(id, now) {
      const record = records.get(id)
      if (!record) return undefined
      if (record.expiresAt > now) return structuredClone(record)
      records.delete(id)
      return undefined
    },
    async end(id) {
      records.delete(id)
    },
  }
}
