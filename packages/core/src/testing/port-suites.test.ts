import { expect, it } from 'vitest'
import type { DocumentCache } from '../ports/document-cache.ts'
import type { Ledger } from '../ports/ledger.ts'
import { createMemorySessionStore } from '../ports/memory/session-store.ts'
import type { SessionStore } from '../ports/session-store.ts'
import { documentCacheSuite, ledgerSuite, type PortCase, sessionStoreSuite } from './port-suites.ts'

/** Whether any case of a suite notices that the adapter breaks its promise. */
async function notices<Port>(suite: readonly PortCase<Port>[], create: () => Port): Promise<boolean> {
  const results = await Promise.allSettled(suite.map(({ run }) => run(create)))
  return results.some(({ status }) => status === 'rejected')
}

it.each<[string, () => Ledger]>([
  ['lets everybody win', () => ({ claim: async () => true })],
  ['lets nobody win', () => ({ claim: async () => false })],
  ['looks before it writes', createRacingLedger],
  ['does not tell capitals apart', createCarelessLedger],
])('the suite of the ledger notices one that %s', async (_, create) => {
  expect(await notices(ledgerSuite, create)).toBe(true)
})

it.each<[string, Partial<SessionStore>]>([
  ['forgets', { save: async () => undefined }],
  ['does not end a session', { end: async () => undefined }],
  ['fails to end what is not there', { end: () => Promise.reject(new Error('not found')) }],
])('the suite of the session store notices one that %s', async (_, broken) => {
  expect(await notices(sessionStoreSuite, () => ({ ...createMemorySessionStore(), ...broken }))).toBe(true)
})

it('the suite of the session store notices one that finds what has expired', async () => {
  const create = (): SessionStore => {
    const store = createMemorySessionStore()
    return { ...store, find: (id) => store.find(id, 0) }
  }
  expect(await notices(sessionStoreSuite, create)).toBe(true)
})

it('the suite of the document cache notices one that forgets, and one that mixes keys up', async () => {
  const empty: DocumentCache = { get: async () => undefined, put: async () => undefined }
  expect(await notices(documentCacheSuite, () => empty)).toBe(true)
  const constant: DocumentCache = { get: async () => '{}', put: async () => undefined }
  expect(await notices(documentCacheSuite, () => constant)).toBe(true)
})

function createRacingLedger(): Ledger {
  const claims = new Set<string>()
  return {
    async claim(key) {
      const first = !claims.has(key)
      await Promise.resolve()
      claims.add(key)
      return first
    },
  }
}

function createCarelessLedger(): Ledger {
  const claims = new Set<string>()
  return {
    async claim(key) {
      const first = !claims.has(key.toLowerCase())
      claims.add(key.toLowerCase())
      return first
    },
  }
}
