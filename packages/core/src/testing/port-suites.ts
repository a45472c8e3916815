import { randomId } from '../encoding/random.ts'
import { systemClock } from '../ports/clock.ts'
import type { DocumentCache } from '../ports/document-cache.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Identity, SessionRecord, SessionStore } from '../ports/session-store.ts'
import { createFixedClock, type FixedClock } from './fixed-clock.ts'

/**
 * What every adapter of a port must do. A case needs no test framework: it throws when the adapter fails, so it runs
 * under any of them.
 *
 * @example
 * ```ts
 * for (const { name, run } of ledgerSuite) {
 *   it(name, () => run((clock) => createMyLedger(clock)))
 * }
 * ```
 */
export interface PortCase<Port> {
  readonly name: string
  /** @param create makes a new adapter over the same, initially empty, storage; each case uses keys of its own */
  run(create: (clock: FixedClock['now']) => Port | Promise<Port>): Promise<void>
}

// Real adapters purge by the host's clock, so the suites start from it.
const NOW = systemClock()
const MINUTE = 60_000

/** Keys that no other case uses, so that adapters over one real store need not be emptied in between. */
const unique = (name: string): string => `${name}-${randomId(16)}`

function check(condition: boolean, promise: string): void {
  if (!condition) throw new Error(`the adapter breaks its promise: ${promise}`)
}

/** The promises of {@link Ledger}. */
export const ledgerSuite: readonly PortCase<Ledger>[] = [
  {
    name: 'gives a key to the first claim and refuses the second',
    async run(create) {
      const ledger = await create(createFixedClock(NOW).now)
      const key = unique('once')
      check((await ledger.claim(key, NOW + MINUTE)) === true, 'the first claim wins')
      check((await ledger.claim(key, NOW + MINUTE)) === false, 'the second claim loses')
      check((await ledger.claim(unique('other'), NOW + MINUTE)) === true, 'another key is free')
    },
  },
  {
    name: 'lets exactly one of a hundred claims at once win',
    async run(create) {
      const ledger = await create(createFixedClock(NOW).now)
      const key = unique('race')
      const claims = await Promise.all(Array.from({ length: 100 }, () => ledger.claim(key, NOW + MINUTE)))
      check(claims.filter(Boolean).length === 1, 'exactly one claim wins')
    },
  },
  {
    name: 'keeps a claim until it expires',
    async run(create) {
      const clock = createFixedClock(NOW)
      const ledger = await create(clock.now)
      const key = unique('kept')
      await ledger.claim(key, NOW + 10 * MINUTE)
      clock.advance(10 * MINUTE - 1)
      check((await ledger.claim(key, NOW + 20 * MINUTE)) === false, 'it is kept until expiresAt')
    },
  },
  {
    name: 'tells keys apart to the letter',
    async run(create) {
      const ledger = await create(createFixedClock(NOW).now)
      const key = unique('Case')
      await ledger.claim(key, NOW + MINUTE)
      check((await ledger.claim(key.toLowerCase(), NOW + MINUTE)) === true, 'case matters')
      check((await ledger.claim(`${key} `, NOW + MINUTE)) === true, 'white space matters')
    },
  },
]

const identity: Identity = {
  connection: 'acme',
  protocol: 'oidc',
  issuer: 'https://idp.example',
  subject: 'user-1',
  email: 'user@acme.example',
  emailVerified: true,
  username: undefined,
  name: 'User Ünïcode',
  givenName: undefined,
  familyName: undefined,
  picture: undefined,
  groups: Array.from({ length: 200 }, (_, i) => `group-${i}`),
}

function sessionRecord(id: string): SessionRecord {
  return { id, userId: 'user', identity, createdAt: NOW, expiresAt: NOW + 10 * MINUTE }
}

/** The promises of {@link SessionStore}. */
export const sessionStoreSuite: readonly PortCase<SessionStore>[] = [
  {
    name: 'finds what was saved, whole',
    async run(create) {
      const store = await create(createFixedClock(NOW).now)
      const id = unique('saved')
      await store.save(sessionRecord(id))
      const found = await store.find(id, NOW)
      check(found !== undefined, 'a saved record is found')
      check(found?.identity.groups.length === 200, 'all groups are there')
      check(found?.identity.name === identity.name, 'text is kept to the letter')
      check(found?.identity.username === undefined, 'what was absent stays absent')
      check(found?.expiresAt === NOW + 10 * MINUTE, 'the end is kept')
    },
  },
  {
    name: 'does not find what was never saved, has expired or was ended',
    async run(create) {
      const store = await create(createFixedClock(NOW).now)
      check((await store.find(unique('never'), NOW)) === undefined, 'an unknown id is not found')
      const expired = unique('expired')
      await store.save(sessionRecord(expired))
      check((await store.find(expired, NOW + 10 * MINUTE)) === undefined, 'an expired record is not found')
      const ended = unique('ended')
      await store.save(sessionRecord(ended))
      await store.end(ended)
      check((await store.find(ended, NOW)) === undefined, 'an ended session is not found')
      await store.end(ended)
    },
  },
]

/** The promises of {@link DocumentCache}. */
export const documentCacheSuite: readonly PortCase<DocumentCache>[] = [
  {
    name: 'returns what was put, and nothing else',
    async run(create) {
      const cache = await create(createFixedClock(NOW).now)
      const key = unique('document')
      check((await cache.get(key)) === undefined, 'an unknown key is empty')
      await cache.put(key, '{"ünï":1}', 60)
      check((await cache.get(key)) === '{"ünï":1}', 'a document comes back to the letter')
      await cache.put(key, '{}', 60)
      check((await cache.get(key)) === '{}', 'a later document replaces an earlier one')
    },
  },
]
