import { DurableObject } from 'cloudflare:workers'

/** How often what has expired is removed, in milliseconds. */
const PURGE_INTERVAL = 10 * 60 * 1000

/**
 * A Durable Object with one SQLite table of entries that expire. Each answers one call at a time, so what it decides
 * is decided once for all the world.
 */
export abstract class ExpiringObject extends DurableObject {
  protected readonly sql: SqlStorage

  constructor(state: DurableObjectState, env: Cloudflare.Env) {
    super(state, env)
    this.sql = state.storage.sql
    this.sql.exec(`
      CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT, expires_at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS entries_by_expiry ON entries (expires_at);
    `)
  }

  /** To be called when an entry was written: sees to it that entries are removed some time after they expired. */
  protected async expectPurge(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(Date.now() + PURGE_INTERVAL)
  }

  override async alarm(): Promise<void> {
    this.sql.exec('DELETE FROM entries WHERE expires_at <= ?', Date.now())
    const left = this.sql.exec<{ count: number }>('SELECT count(*) AS count FROM entries').one().count
    if (left > 0) await this.ctx.storage.setAlarm(Date.now() + PURGE_INTERVAL)
  }
}
