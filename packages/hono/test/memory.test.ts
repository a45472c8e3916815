import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createMemorySessionStore, createSealer, createSessions, Secret, systemClock } from '@doorward/core'
import { beginningWith } from '@doorward/core/testing'
import { expect, it } from 'vitest'

// The garbage collector, which Node shows only when it is asked to.
setFlagsFromString('--expose_gc')
const collectGarbage = runInNewContext('gc') as () => void

const MIB = 1024 * 1024

it('keeps no header in memory of which a token was cut out', async () => {
  const services = {
    store: createMemorySessionStore(systemClock),
    sealer: createSealer([new Secret('a secret for tests, not for anything else')]),
    clock: systemClock,
    connections: ['acme'],
  }
  const tokens: string[] = []
  const begun = createSessions(services)
  for (let i = 0; i < 500; i++) tokens.push((await begun.begin(beginningWith(systemClock()))).token)
  const sessions = createSessions(services)
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  for (const token of tokens) {
    const header = Buffer.from(`padding=${'x'.repeat(100 * 1024)}; session=${token}`).toString('latin1')
    expect(await sessions.find(header.slice(-token.length))).toBeDefined()
  }
  collectGarbage()
  // All the headers together are fifty times as large.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(5 * MIB)
  expect(await sessions.find(tokens[0])).toBeDefined()
})
