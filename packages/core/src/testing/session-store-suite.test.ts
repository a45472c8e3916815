import { expect, it } from 'vitest'
import type { Clock } from '../ports/clock.ts'
import { createMemorySessionStore } from '../ports/memory/session-store.ts'
import type { SessionStore } from '../ports/session-store.ts'
import { complaintsOf, inMemory } from './complaints.ts'
import { sessionStoreSuite } from './session-store-suite.ts'

// What it has against others is beside its cases, in session-store/.
it('the suite of the session store has nothing against a good one', async () => {
  const create = (clock: Clock) => inMemory<SessionStore>(createMemorySessionStore(clock))
  expect(await complaintsOf(sessionStoreSuite, create)).toEqual([])
})
