import { describe, expect, it } from 'vitest'
import { createFixedClock } from '../../testing/fixed-clock.ts'
import { ledgerSuite } from '../../testing/ledger-suite.ts'
import { PURGE_INTERVAL } from '../purgeable.ts'
import { createMemoryLedger } from './ledger.ts'

describe('the memory ledger', () => {
  for (const { name, run } of ledgerSuite) {
    it(name, () =>
      run((clock) => {
        // What is in memory lives as long as the process, and the adapter with it.
        const ledger = createMemoryLedger(clock)
        return { open: async () => ledger, purge: ledger.purge }
      }),
    )
  }

  it('forgets what has expired by itself, so that it does not grow for ever', async () => {
    const clock = createFixedClock(0)
    const ledger = createMemoryLedger(clock.now)
    await ledger.claim('scope', ['key'], 1000)
    clock.advance(PURGE_INTERVAL)
    await ledger.claim('scope', ['another'], PURGE_INTERVAL + 1000)
    // What was forgotten can be claimed again: the only way to see it from outside.
    expect(await ledger.claim('scope', ['key'], PURGE_INTERVAL + 1000)).toBe(true)
  })
})
