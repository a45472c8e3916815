import type { Clock } from '../clock.ts'
import type { Ledger } from '../ledger.ts'

/** A ledger for one process: tests, and hosts that never run twice. Forgets at a restart. */
export function createMemoryLedger(clock: Clock): Ledger {
  const claims = new Map<string, number>()
  return {
    async claim(key, expiresAt) {
      const now = clock()
      for (const [known, until] of claims) if (until <= now) claims.delete(known)
      if (claims.has(key)) return false
      claims.set(key, expiresAt)
      return true
    },
  }
}
