import { type ClaimKeys, checkClaim } from '@doorward/core/ports'
import type { ExpiringTable, SqlDatabase } from './database.ts'

/** The ledger's table. Times are in milliseconds since the epoch. */
export interface ClaimTable extends ExpiringTable {
  /** See the port's promise. @throws RangeError when the claim can not be kept as asked */
  claim(scope: string, keys: ClaimKeys, expiresAt: number, now: number): boolean
}

/** Opens the ledger's table in `database`, and creates it where it is not there yet. */
export function openClaimTable(database: SqlDatabase): ClaimTable {
  database.script(`
    CREATE TABLE IF NOT EXISTS claims (
      scope TEXT NOT NULL,
      key TEXT NOT NULL,
      expires_at INTEGER NOT NULL,
      PRIMARY KEY (scope, key)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS claims_by_expiry ON claims (expires_at);
  `)

  const isClaimed = (scope: string, key: string): boolean =>
    database.all('SELECT 1 FROM claims WHERE scope = ? AND key = ?', scope, key).length > 0

  return {
    claim(scope, keys, expiresAt, now) {
      checkClaim(scope, keys, expiresAt, now)
      return database.transaction(() => {
        if (keys.some((key) => isClaimed(scope, key))) return false
        for (const key of new Set(keys)) {
          database.all('INSERT INTO claims (scope, key, expires_at) VALUES (?, ?, ?)', scope, key, expiresAt)
        }
        return true
      })
    },

    purge(now) {
      database.all('DELETE FROM claims WHERE expires_at <= ?', now)
      return database.all<{ count: number }>('SELECT count(*) AS count FROM claims')[0]?.count ?? 0
    },
  }
}
