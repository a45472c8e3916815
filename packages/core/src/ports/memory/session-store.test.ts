import { describe, it } from 'vitest'
import { sessionStoreSuite } from '../../testing/port-suites.ts'
import { createMemorySessionStore } from './session-store.ts'

describe('the memory session store', () => {
  for (const { name, run } of sessionStoreSuite) it(name, () => run(createMemorySessionStore))
})
