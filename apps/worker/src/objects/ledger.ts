import { type ClaimKeys, type Clock, checkClaim, type Ledger } from '@doorward/core/ports'
import { type ClaimTable, openClaimTable } from '@doorward/sqlite'
import { PurgedObject } from './purged-object.ts'
import { shardOf } from './shard.ts'

/** One shard of the ledger. */
export class LedgerObject extends PurgedObject<ClaimTable> {
  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env, openClaimTable)
  }

  async claim(scope: string, keys: ClaimKeys, expiresAt: number, now: number): Promise<boolean> {
    const won = this.table.claim(scope, keys, expiresAt, now)
    await this.expectPurge()
    return won
  }
}

/** The {@link Ledger} over Durable Objects, by hash of the scope. */
export function createDurableLedger(namespace: DurableObjectNamespace<LedgerObject>, clock: Clock): Ledger {
  return {
    async claim(scope, keys, expiresAt) {
      const now = clock()
      checkClaim(scope, keys, expiresAt, now)
      return namespace.getByName(await shardOf(scope)).claim(scope, keys, expiresAt, now)
    },
  }
}
