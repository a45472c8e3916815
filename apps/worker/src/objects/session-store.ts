import type { SessionRecord, SessionStore } from '@doorward/core'
import { ExpiringObject } from './expiring-object.ts'
import { shardOf } from './shard.ts'

/** One shard of the session store. */
export class SessionStoreObject extends ExpiringObject {
  /** Records travel as JSON, so that what was absent stays absent. */
  async save(id: string, record: string, expiresAt: number): Promise<void> {
    this.sql.exec(
      'INSERT OR REPLACE INTO entries (key, value, expires_at) VALUES (?, ?, ?)',
      id,
      record,
      expiresAt,
    )
    await this.expectPurge()
  }

  async find(id: string, now: number): Promise<string | undefined> {
    const rows = this.sql.exec<{ value: string }>(
      'SELECT value FROM entries WHERE key = ? AND expires_at > ?',
      id,
      now,
    )
    return rows.toArray()[0]?.value
  }

  async end(id: string): Promise<void> {
    this.sql.exec('DELETE FROM entries WHERE key = ?', id)
  }
}

/** The {@link SessionStore} over Durable Objects, by hash of the session's id. */
export function createDurableSessionStore(
  namespace: DurableObjectNamespace<SessionStoreObject>,
): SessionStore {
  const shard = async (id: string) => namespace.getByName(await shardOf(id))
  return {
    async save(record) {
      await (await shard(record.id)).save(record.id, JSON.stringify(record), record.expiresAt)
    },
    async find(id, now) {
      const record = await (await shard(id)).find(id, now)
      return record === undefined ? undefined : (JSON.parse(record) as SessionRecord)
    },
    async end(id) {
      await (await shard(id)).end(id)
    },
  }
}
