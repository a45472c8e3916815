import { describe, expect, it } from 'vitest'
import type { Clock } from '../ports/clock.ts'
import { type ClaimKeys, checkClaim, type Ledger, MAX_CLAIM_LIFETIME } from '../ports/ledger.ts'
import { createMemoryLedger } from '../ports/memory/ledger.ts'
import type { Purgeable } from '../ports/purgeable.ts'
import { brokenPromisesOf, complaintsOf, inMemory, type Spoiled } from './complaints.ts'
import { ledgerSuite } from './ledger-suite.ts'
import type { Harness } from './port-case.ts'

type MemoryLedger = Ledger & Purgeable

/** A ledger that takes each key for another one. */
const takingKeys =
  (change: (key: string, scope: string) => string) =>
  (good: MemoryLedger): Partial<MemoryLedger> => ({
    claim: (scope, keys, expiresAt) =>
      good.claim(scope, keys.map((key) => change(key, scope)) as unknown as ClaimKeys, expiresAt),
  })

const ledgers: Spoiled<Ledger>[] = [
  ['lets everybody win', () => ({ claim: async () => true })],
  ['lets nobody win', () => ({ claim: async () => false })],
  [
    'looks before it writes',
    (good, clock) => {
      const claimed = new Set<string>()
      return {
        async claim(scope, keys, expiresAt) {
          checkClaim(scope, keys, expiresAt, clock())
          const names = keys.map((key) => JSON.stringify([scope, key]))
          const isFree = !names.some((name) => claimed.has(name))
          await Promise.resolve()
          for (const name of names) claimed.add(name)
          if (isFree) await good.claim(scope, keys, expiresAt)
          return isFree
        },
      }
    },
  ],
  [
    'claims the free keys of a refused claim',
    (good) => ({
      async claim(scope, keys, expiresAt) {
        if (await good.claim(scope, keys, expiresAt)) return true
        for (const key of keys) await good.claim(scope, [key], expiresAt)
        return false
      },
    }),
  ],
  [
    'looks at the first key only',
    (good) => ({ claim: (scope, [first], expiresAt) => good.claim(scope, [first], expiresAt) }),
  ],
  ['ignores the scope', (good) => ({ claim: (_, keys, expiresAt) => good.claim('', keys, expiresAt) })],
  ['does not tell capitals of a key apart', takingKeys((key) => key.toLowerCase())],
  [
    'does not tell capitals of a scope apart',
    (good) => ({ claim: (scope, keys, expiresAt) => good.claim(scope.toLowerCase(), keys, expiresAt) }),
  ],
  ['trims its keys', takingKeys((key) => key.trim())],
  ['does not tell spellings of a letter apart', takingKeys((key) => key.normalize())],
  ['ends a key where it is zero', takingKeys((key) => key.replace(/\0.*$/, ''))],
  [
    'forgets a millisecond early',
    (good, clock) => ({
      async claim(scope, keys, expiresAt) {
        checkClaim(scope, keys, expiresAt, clock())
        await good.purge()
        return good.claim(scope, keys, Math.max(expiresAt - 1, clock() + 1))
      },
    }),
  ],
  [
    'never removes what has expired',
    (good) => {
      let count = 0
      return {
        async claim(scope, keys, expiresAt) {
          const won = await good.claim(scope, keys, expiresAt)
          if (won) count += keys.length
          return won
        },
        purge: async () => count,
      }
    },
  ],
  [
    'removes everything',
    (_, clock) => {
      let current = createMemoryLedger(clock)
      return {
        claim: (...claim) => current.claim(...claim),
        async purge() {
          current = createMemoryLedger(clock)
          return 0
        },
      }
    },
  ],
  [
    'keeps for as long as it is told',
    (good, clock) => ({
      claim: (scope, keys, expiresAt) =>
        good.claim(scope, keys, Math.min(expiresAt, clock() + MAX_CLAIM_LIFETIME)),
    }),
  ],
  [
    'accepts what has expired',
    (good, clock) => ({
      claim: (scope, keys, expiresAt) =>
        expiresAt <= clock() ? Promise.resolve(true) : good.claim(scope, keys, expiresAt),
    }),
  ],
  [
    'runs scope and key together',
    (good) => ({
      claim: (scope, keys, expiresAt) =>
        good.claim('', keys.map((key) => scope + key) as unknown as ClaimKeys, expiresAt),
    }),
  ],
  [
    'looks at the first two hundred characters of a key only',
    takingKeys((key) => (key.length > 512 ? key : key.slice(0, 200))),
  ],
  [
    'takes no more than two keys',
    (good) => ({
      async claim(scope, keys, expiresAt) {
        if (keys.length > 2) throw new RangeError('too many keys')
        return good.claim(scope, keys, expiresAt)
      },
    }),
  ],
  [
    'takes a scope of any length',
    (good) => ({ claim: (scope, keys, expiresAt) => good.claim(scope.slice(-500), keys, expiresAt) }),
  ],
]

describe('the suite of the ledger', () => {
  it('has nothing against a good one', async () => {
    const create = (clock: Clock) => inMemory<Ledger>(createMemoryLedger(clock))
    expect(await complaintsOf(ledgerSuite, create)).toEqual([])
  })

  it.each(ledgers)('notices one that %s', async (_, spoil) => {
    const create = (clock: Clock) => {
      const good = createMemoryLedger(clock)
      return inMemory<Ledger>({ ...good, ...spoil(good, clock) })
    }
    expect(await brokenPromisesOf(ledgerSuite, create)).not.toEqual([])
  })

  it('notices one that forgets at a restart', async () => {
    const create = (clock: Clock): Harness<Ledger> => {
      const first = createMemoryLedger(clock)
      let opened = 0
      return { open: async () => (opened++ === 0 ? first : createMemoryLedger(clock)), purge: first.purge }
    }
    expect(await brokenPromisesOf(ledgerSuite, create)).not.toEqual([])
  })
})
