import { abortAllDurableObjects, runInDurableObject } from 'cloudflare:test'
import type { Clock } from '@doorward/core/ports'
import type { Harness } from '@doorward/core/testing'
import type { LedgerObject } from '../src/objects/ledger.ts'
import type { SessionStoreObject } from '../src/objects/session-store.ts'
import { shards } from '../src/objects/shard.ts'

type StateObject = LedgerObject | SessionStoreObject

/**
 * What is stored in the Durable Objects of a namespace, emptied first.
 *
 * @param adapt makes an adapter over the namespace
 */
export async function overDurableObjects<Object extends StateObject, Port>(
  namespace: DurableObjectNamespace<Object>,
  clock: Clock,
  adapt: (namespace: DurableObjectNamespace<Object>, clock: Clock) => Port,
): Promise<Harness<Port>> {
  const everyShard = <T>(work: (shard: Object, state: DurableObjectState) => T): Promise<T[]> =>
    Promise.all(shards.map((name) => runInDurableObject(namespace.getByName(name), work)))

  await everyShard((_, { storage }) => {
    for (const table of ['claims', 'sessions', 'tombstones']) {
      const there = storage.sql.exec("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table)
      if (there.toArray().length > 0) storage.sql.exec(`DELETE FROM ${table}`)
    }
  })
  return {
    async open() {
      // As when the machine fails: the next call starts an object again, from what is stored.
      await abortAllDurableObjects()
      return adapt(namespace, clock)
    },
    async purge() {
      const left = await everyShard((shard) => shard.purge(clock()))
      return left.reduce((sum, rows) => sum + rows, 0)
    },
  }
}
