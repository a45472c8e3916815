import { DurableObject } from 'cloudflare:workers'
import { PURGE_INTERVAL, systemClock } from '@doorward/core/ports'
import type { ExpiringTable, SqlDatabase } from '@doorward/sqlite'

/**
 * A Durable Object with a table of rows that expire. Each answers one call at a time, so what it decides is decided
 * once for all the world.
 */
export abstract class PurgedObject<Table extends ExpiringTable> extends DurableObject {
  protected readonly table: Table

  constructor(state: DurableObjectState, env: Cloudflare.Env, open: (database: SqlDatabase) => Table) {
    super(state, env)
    this.table = open(overStorage(state.storage))
  }

  /** To be called when something was written: sees to it that it is removed some time after it expired. */
  protected async expectPurge(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.#setAlarm()
  }

  override async alarm(): Promise<void> {
    if (this.purge(systemClock()) > 0) await this.#setAlarm()
  }

  /** Removes what has expired by `now`, in milliseconds since the epoch. @returns how many rows are left */
  purge(now: number): number {
    return this.table.purge(now)
  }

  #setAlarm(): Promise<void> {
    return this.ctx.storage.setAlarm(systemClock() + PURGE_INTERVAL)
  }
}

function overStorage(storage: DurableObjectStorage): SqlDatabase {
  return {
    script: (sql) => void storage.sql.exec(sql),
    all: <Row extends Record<string, SqlStorageValue>>(sql: string, ...bindings: SqlStorageValue[]) =>
      storage.sql.exec<Row>(sql, ...bindings).toArray(),
    transaction: (work) => storage.transactionSync(work),
  }
}
