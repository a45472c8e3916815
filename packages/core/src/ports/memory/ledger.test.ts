import { describe, expect, it } from 'vitest'
import { createFixedClock } from '../../testing/fixed-clock.ts'
import { ledgerSuite } from '../../testing/port-suites.ts'
import { createMemoryLedger } from './ledger.ts'

describe('the memory ledger', () => {
  for (const { name, run } of ledgerSuite) it(name, () => run(createMemoryLedger))

  it('forgets a claim when it expires, so that it does not grow for ever', async () => {
    const clock = createFixedClock(0)
    const ledger = createMemoryLedger(clock.now)
    await ledger.claim('key', 1000)
    clock.advance(999)
    expect(await ledger.claim('key', 2000)).toBe(false)
    clock.advance(1)
    expect(await ledger.claim('key', 2000)).toBe(true)
  })
})
