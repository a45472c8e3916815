import type { Clock } from '../clock.ts'
import { checkClaim, type Ledger } from '../ledger.ts'
import { PURGE_INTERVAL, type Purgeable } from '../purgeable.ts'

/** A ledger for one process: tests, and hosts that never run twice. Forgets at a restart. */
export function createMemoryLedger(clock: Clock): Ledger & Purgeable {
  const claims = new Map<string, number>()
  let purgedAt = clock()

  async function purge(): Promise<number> {
    purgedAt = clock()
    for (const [name, expiresAt] of claims) if (expiresAt <= purgedAt) claims.delete(name)
    return claims.size
  }

  return {
    purge,
    async claim(scope, keys, expiresAt) {
      const now = clock()
      checkClaim(scope, keys, expiresAt, now)
      if (now >= purgedAt + PURGE_INTERVAL) void purge()
      const names = keys.map((key) => JSON.stringify([scope, key]))
      if (names.some((name) => claims.has(name))) return false
      for (const name of names) claims.set(name, expiresAt)
      return true
    },
  }
}
