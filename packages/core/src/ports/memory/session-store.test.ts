import { describe, expect, it } from 'vitest'
import { createFixedClock } from '../../testing/fixed-clock.ts'
import { recordWith } from '../../testing/people.ts'
import { sessionStoreSuite } from '../../testing/session-store-suite.ts'
import { PURGE_INTERVAL } from '../purgeable.ts'
import { TOMBSTONE_LIFETIME } from '../session-store.ts'
import { createMemorySessionStore } from './session-store.ts'

describe('the memory session store', () => {
  for (const { name, run } of sessionStoreSuite) {
    it(name, () =>
      run((clock) => {
        // What is in memory lives as long as the process, and the adapter with it.
        const sessions = createMemorySessionStore(clock)
        return { open: async () => sessions, purge: sessions.purge }
      }),
    )
  }

  it('forgets by itself which groups were ended, where nobody signs in either', async () => {
    const clock = createFixedClock(0)
    const sessions = createMemorySessionStore(clock.now)
    const record = { ...recordWith(0, {}), begunAt: -1 }
    await sessions.endAll({ by: 'user', userId: record.userId })
    const passed = PURGE_INTERVAL + TOMBSTONE_LIFETIME
    clock.advance(passed)
    await sessions.endAll({ by: 'user', userId: 'somebody-else' })
    // Only a clock that goes back shows what was forgotten: a login of that time gets its session.
    clock.advance(-passed)
    expect(await sessions.save(record)).toBe(true)
  })
})
