import type { Ledger } from '@doorward/core'
import { ExpiringObject } from './expiring-object.ts'
import { shardOf } from './shard.ts'

/** One shard of the ledger. */
export class LedgerObject extends ExpiringObject {
  /** Claims `key`; see the port's promise. The insertion itself decides, inside one transaction. */
  async claim(key: string, expiresAt: number): Promise<boolean> {
    const inserted = this.sql
      .exec('INSERT OR IGNORE INTO entries (key, expires_at) VALUES (?, ?) RETURNING key', key, expiresAt)
      .toArray()
    await this.expectPurge()
    return inserted.length === 1
  }
}

/** The {@link Ledger} over Durable Objects, by hash of the key. */
export function createDurableLedger(namespace: DurableObjectNamespace<LedgerObject>): Ledger {
  return {
    async claim(key, expiresAt) {
      return namespace.getByName(await shardOf(key)).claim(key, expiresAt)
    },
  }
}
