import { describe, it } from 'vitest'
import { sessionStoreSuite } from '../../testing/session-store-suite.ts'
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
})
