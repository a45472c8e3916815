import { describe, expect, it } from 'vitest'
import type { Clock } from '../ports/clock.ts'
import type { DocumentCache } from '../ports/document-cache.ts'
import { type ClaimKeys, checkClaim, type Ledger, MAX_CLAIM_LIFETIME } from '../ports/ledger.ts'
import { createMemoryDocumentCache } from '../ports/memory/document-cache.ts'
import { createMemoryLedger } from '../ports/memory/ledger.ts'
import { createMemorySessionStore } from '../ports/memory/session-store.ts'
import type { Purgeable } from '../ports/purgeable.ts'
import {
  groupsOf,
  nameOf,
  SESSION_PAGE,
  type SessionGroup,
  type SessionKey,
  type SessionRecord,
  type SessionStore,
  TOUCH_INTERVAL,
} from '../ports/session-store.ts'
import { documentCacheSuite } from './document-cache-suite.ts'
import { ledgerSuite } from './ledger-suite.ts'
import { type Harness, MINUTE, type PortCase } from './port-case.ts'
import { sessionStoreSuite } from './session-store-suite.ts'

/** What a suite has against an adapter: the promises that it finds broken. */
async function complaints<Subject>(
  suite: readonly PortCase<Subject>[],
  create: (clock: Clock) => Subject,
): Promise<string[]> {
  const outcomes = await Promise.allSettled(suite.map(({ run }) => run(create)))
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
}

/** One complaint of the suite's own, rather than an adapter that fell over. */
const broken = expect.arrayContaining([expect.stringContaining('the adapter breaks its promise')])

/** What is in memory lives as long as the process, and the adapter with it. */
function inMemory<Port>(adapter: Port & Purgeable): Harness<Port> {
  return { open: async () => adapter, purge: adapter.purge }
}

type MemoryLedger = Ledger & Purgeable

/** A ledger that takes each key for another one. */
const takingKeys =
  (change: (key: string, scope: string) => string) =>
  (good: MemoryLedger): Partial<MemoryLedger> => ({
    claim: (scope, keys, expiresAt) =>
      good.claim(scope, keys.map((key) => change(key, scope)) as unknown as ClaimKeys, expiresAt),
  })

/** Adapters that are good but for one promise: made from a good one, and the clock. */
const ledgers: [string, (good: MemoryLedger, clock: Clock) => Partial<MemoryLedger>][] = [
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
]

/** Holes in the suite: each of these is to be noticed, and is not yet. */
const unnoticedLedgers: typeof ledgers = [
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
    expect(await complaints(ledgerSuite, (clock) => inMemory<Ledger>(createMemoryLedger(clock)))).toEqual([])
  })

  it.each(ledgers)('notices one that %s', async (_, spoil) => {
    const create = (clock: Clock) => {
      const good = createMemoryLedger(clock)
      return inMemory<Ledger>({ ...good, ...spoil(good, clock) })
    }
    expect(await complaints(ledgerSuite, create)).toEqual(broken)
  })

  it.fails.each(unnoticedLedgers)('notices one that %s', async (_, spoil) => {
    const create = (clock: Clock) => {
      const good = createMemoryLedger(clock)
      return inMemory<Ledger>({ ...good, ...spoil(good, clock) })
    }
    expect(await complaints(ledgerSuite, create)).toEqual(broken)
  })

  it('notices one that forgets at a restart', async () => {
    const create = (clock: Clock): Harness<Ledger> => {
      const first = createMemoryLedger(clock)
      let opened = 0
      return { open: async () => (opened++ === 0 ? first : createMemoryLedger(clock)), purge: first.purge }
    }
    expect(await complaints(ledgerSuite, create)).toEqual(broken)
  })
})

type MemoryStore = SessionStore & Purgeable

/** Later than everything else. */
const FAR = Number.MAX_SAFE_INTEGER

/** Ends a group one session at a time, and remembers nothing of it. */
async function endEach(store: SessionStore, group: SessionGroup): Promise<number> {
  let count = 0
  for (let page = await store.list(group); page.length > 0; page = await store.list(group)) {
    for (const record of page) if (await store.end(record)) count++
  }
  return count
}

/** A store that keeps records other than it was given them, and gives them back as they were. */
function disguised(
  good: MemoryStore,
  disguise: (record: SessionRecord) => Partial<SessionRecord>,
): MemoryStore {
  const originals = new Map<string, Partial<SessionRecord>>()
  const restored = <R extends SessionRecord | undefined>(record: R): R =>
    record && { ...record, ...originals.get(record.id) }
  return {
    ...good,
    async save(record) {
      const changes = disguise(record)
      const names = Object.keys(changes) as (keyof SessionRecord)[]
      originals.set(record.id, Object.fromEntries(names.map((name) => [name, record[name]])))
      return good.save({ ...record, ...changes })
    },
    touch: async (key, idleUntil) => restored(await good.touch(key, idleUntil)),
    end: async (key) => restored(await good.end(key)),
    list: async (group, after) => (await good.list(group, after)).map(restored),
  }
}

/** A store that still finds, but neither lists nor counts, what has reached one of its ends. */
function findingExpired(
  good: MemoryStore,
  clock: Clock,
  end: 'idleUntil' | 'expiresAt',
): Partial<MemoryStore> {
  const latest = new Map<string, SessionRecord>()
  return {
    async save(record) {
      latest.set(record.id, record)
      return good.save(record)
    },
    async touch(key, idleUntil) {
      const found = await good.touch(key, idleUntil)
      if (found) latest.set(found.id, found)
      const last = latest.get(key.id)
      return found ?? (last && last.userId === key.userId && last[end] <= clock() ? last : undefined)
    },
  }
}

/** A store in which nothing ends by being idle. */
function withoutIdleEnd(good: MemoryStore, clock: Clock): MemoryStore {
  const uses = new Map<string, { usedAt: number; idleUntil: number }>()
  const found = <R extends SessionRecord | undefined>(record: R): R =>
    record && { ...record, ...uses.get(record.id) }
  return {
    ...good,
    save(record) {
      uses.set(record.id, { usedAt: record.usedAt, idleUntil: record.idleUntil })
      return good.save({ ...record, idleUntil: FAR })
    },
    async touch(key, idleUntil) {
      const record = found(await good.touch(key, 0))
      if (!record || idleUntil < record.idleUntil + TOUCH_INTERVAL) return record
      uses.set(record.id, { usedAt: clock(), idleUntil })
      return found(record)
    },
    end: async (key) => found(await good.end(key)),
    list: async (group, after) => (await good.list(group, after)).map(found),
  }
}

/** Reads, waits, and writes back what it read, wherever it is by then; `mayWrite` is asked before. */
function touchByHalves(good: MemoryStore, clock: Clock, mayWrite: (id: string) => boolean = () => true) {
  return async (key: SessionKey, idleUntil: number): Promise<SessionRecord | undefined> => {
    const record = await good.touch(key, 0)
    if (!record || idleUntil < record.idleUntil + TOUCH_INTERVAL) return record
    await Promise.resolve()
    const touched = { ...record, usedAt: clock(), idleUntil }
    // Past every tombstone: the flaw is to insert where only an update is due.
    if (mayWrite(record.id)) await good.save({ ...touched, begunAt: FAR })
    return touched
  }
}

const withoutTombstoneFor = (
  kind: string,
  applies: (group: SessionGroup) => boolean,
): [string, (good: MemoryStore) => Partial<MemoryStore>] => [
  `remembers no end by ${kind}`,
  (good) => ({ endAll: (group) => (applies(group) ? endEach(good, group) : good.endAll(group)) }),
]

/** Adapters that are good but for one promise: made from a good one, and the clock. */
const stores: [string, (good: MemoryStore, clock: Clock) => Partial<MemoryStore>][] = [
  ['forgets what was saved', () => ({ save: async () => true })],
  ['says that nothing was kept', (good) => ({ save: async (record) => !(await good.save(record)) })],
  ['does not end a session', (good) => ({ end: (key) => good.touch(key, 0) })],
  ['does not say what it ended', (good) => ({ end: async (key) => void (await good.end(key)) as undefined })],
  [
    'inserts a session again that is used while it is ended',
    (good, clock) => ({ touch: touchByHalves(good, clock) }),
  ],
  ['ends no group', (good) => ({ endAll: async (group) => (await good.list(group)).length })],
  ['does not count what it ends', (good) => ({ endAll: async (group) => (await good.endAll(group)) * 0 })],
  [
    'ends more than the group',
    (good) => ({
      endAll: (group) =>
        good.endAll('sid' in group ? { by: 'connection', connection: group.connection } : group),
    }),
  ],
  ['remembers no end of a group', (good) => ({ endAll: (group) => endEach(good, group) })],
  withoutTombstoneFor('user', ({ by }) => by === 'user'),
  withoutTombstoneFor('connection', ({ by }) => by === 'connection'),
  withoutTombstoneFor('address', ({ by }) => by === 'email'),
  withoutTombstoneFor('provider session', (group) => 'sid' in group && group.userId === undefined),
  withoutTombstoneFor(
    'provider session of one user',
    (group) => 'sid' in group && group.userId !== undefined,
  ),
  withoutTombstoneFor('anything but the user', ({ by }) => by !== 'user'),
  [
    'looks whether a group was ended before it writes',
    (good, clock) => {
      const ends = new Map<string, number>()
      const hidden = disguised(good, () => ({ begunAt: FAR }))
      return {
        ...hidden,
        async save(record) {
          const isOvertaken = groupsOf(record).some(
            (group) => (ends.get(nameOf(group)) ?? 0) >= record.begunAt,
          )
          await Promise.resolve()
          return !isOvertaken && hidden.save(record)
        },
        endAll(group) {
          ends.set(nameOf(group), clock())
          return good.endAll(group)
        },
      }
    },
  ],
  [
    'takes issuers that differ by a slash for one',
    (good) => ({
      endAll: (group) =>
        good.endAll('issuer' in group ? { ...group, issuer: group.issuer.replace(/\/$/, '') } : group),
    }),
  ],
  ['finds what is past its absolute end', (good, clock) => findingExpired(good, clock, 'expiresAt')],
  ['finds what was idle for too long', (good, clock) => findingExpired(good, clock, 'idleUntil')],
  [
    'refuses later logins of an ended group too',
    (good) => ({
      async save(record) {
        const probe = { ...record, id: `${record.id}-probe`, begunAt: 0 }
        if (!(await good.save(probe))) return false
        await good.end(probe)
        return good.save(record)
      },
    }),
  ],
  [
    'knows an end only where there was a session to end',
    (good) => ({
      endAll: async (group) => ((await good.list(group)).length > 0 ? good.endAll(group) : 0),
    }),
  ],
  ['ignores the idle end', withoutIdleEnd],
  ['ignores the absolute end', (good) => disguised(good, () => ({ expiresAt: FAR }))],
  [
    'brings an idle session back that is asked for',
    (good, clock) => {
      const idle = withoutIdleEnd(good, clock)
      return {
        ...idle,
        async touch(key, idleUntil) {
          const before = await idle.touch(key, 0)
          await idle.touch(key, idleUntil)
          return before && before.idleUntil > clock() ? idle.touch(key, 0) : undefined
        },
      }
    },
  ],
  ['does not put the idle end off', (good) => ({ touch: (key) => good.touch(key, 0) })],
  [
    'says that it put the idle end off, and does not',
    (good, clock) => ({
      async touch(key, idleUntil) {
        const record = await good.touch(key, 0)
        const isDue = record && idleUntil >= record.idleUntil + TOUCH_INTERVAL
        return isDue ? { ...record, usedAt: clock(), idleUntil } : record
      },
    }),
  ],
  [
    'lets a use bring the idle end nearer',
    (good, clock) => ({
      async touch(key, idleUntil) {
        const record = await good.touch(key, idleUntil)
        if (!record || idleUntil >= record.idleUntil) return record
        await good.end(key)
        const nearer = { ...record, usedAt: clock(), idleUntil }
        await good.save({ ...nearer, begunAt: FAR })
        return nearer
      },
    }),
  ],
  [
    'finds by id without the user',
    (good) => {
      const users = new Map<string, string>()
      return {
        save: (record) => {
          users.set(record.id, record.userId)
          return good.save(record)
        },
        touch: ({ id }, idleUntil) => good.touch({ id, userId: users.get(id) ?? '' }, idleUntil),
      }
    },
  ],
  [
    'ends by id without the user',
    (good) => {
      const users = new Map<string, string>()
      return {
        save: (record) => {
          users.set(record.id, record.userId)
          return good.save(record)
        },
        end: ({ id }) => good.end({ id, userId: users.get(id) ?? '' }),
      }
    },
  ],
  [
    'lists without pages',
    (good) => ({
      async list(group, after) {
        const all: SessionRecord[] = []
        for (let last = after; ; last = all.at(-1)) {
          const page = await good.list(group, last)
          if (page.length === 0) return all
          all.push(...page)
        }
      },
    }),
  ],
  ['lists the first page again and again', (good) => ({ list: (group) => good.list(group) })],
  [
    'lists some twice',
    (good) => ({
      async list(group, after) {
        const page = await good.list(group, after)
        return [...page, ...page].slice(0, SESSION_PAGE)
      },
    }),
  ],
  [
    'lists the last one of a page again on the next',
    (good) => {
      const last = new Map<string, SessionRecord>()
      return {
        async list(group, after) {
          const page = await good.list(group, after)
          const again = after && last.get(after.id)
          for (const record of page.slice(-1)) last.set(record.id, record)
          return again ? [again, ...page].slice(0, SESSION_PAGE) : page
        },
      }
    },
  ],
  [
    'lists what has expired',
    (good) => {
      const seen: SessionRecord[] = []
      return {
        async list(group, after) {
          const page = await good.list(group, after)
          seen.push(...page)
          return page.length === 0 && after === undefined ? seen.slice(0, SESSION_PAGE) : page
        },
      }
    },
  ],
  [
    'never removes what has expired',
    (good) => {
      let count = 0
      return {
        async save(record) {
          const kept = await good.save(record)
          if (kept) count++
          return kept
        },
        async endAll(group) {
          count++
          return good.endAll(group)
        },
        purge: async () => count,
      }
    },
  ],
  [
    'removes what is alive',
    (_, clock) => {
      let current = createMemorySessionStore(clock)
      return {
        save: (record) => current.save(record),
        touch: (key, idleUntil) => current.touch(key, idleUntil),
        end: (key) => current.end(key),
        endAll: (group) => current.endAll(group),
        list: (group, after) => current.list(group, after),
        async purge() {
          current = createMemorySessionStore(clock)
          return 0
        },
      }
    },
  ],
  [
    'makes null of what was absent',
    (good) => ({
      save: (record) =>
        good.save({
          ...record,
          identity: { ...record.identity, username: null as unknown as undefined },
        }),
    }),
  ],
  [
    'cuts a record short',
    (good) => ({
      save: (record) =>
        good.save({
          ...record,
          identity: { ...record.identity, groups: record.identity.groups.slice(0, 100) },
        }),
    }),
  ],
  [
    'tells capitals of an address apart',
    (good) => {
      const addresses = new Set<string | undefined>()
      return {
        save: (record) => {
          addresses.add(record.identity.email)
          return good.save(record)
        },
        endAll: async (group) =>
          group.by === 'email' && !addresses.has(group.email) ? 0 : good.endAll(group),
      }
    },
  ],
]

/** Holes in the suite: each of these is to be noticed, and is not yet. */
const unnoticedStores: typeof stores = [
  [
    'forgets an end of a group after five minutes',
    (good, clock) => {
      const ends = new Map<string, number>()
      return {
        endAll(group) {
          ends.set(nameOf(group), clock())
          return good.endAll(group)
        },
        async save(record) {
          if (await good.save(record)) return true
          const remembered = groupsOf(record).some(
            (group) => (ends.get(nameOf(group)) ?? 0) + 5 * MINUTE > clock(),
          )
          return !remembered && good.save({ ...record, begunAt: FAR })
        },
      }
    },
  ],
  [
    'remembers the first end of a group only',
    (good) => {
      const ended = new Set<string>()
      return {
        endAll(group) {
          const isFirst = !ended.has(nameOf(group))
          ended.add(nameOf(group))
          return isFirst ? good.endAll(group) : endEach(good, group)
        },
      }
    },
  ],
  [
    'ends no more of a group than a page',
    (good) => {
      const kept: SessionRecord[] = []
      return {
        save(record) {
          kept.push(record)
          return good.save(record)
        },
        async endAll(group) {
          const name = nameOf(group)
          const members = kept.filter((record) => groupsOf(record).some((of) => nameOf(of) === name))
          const count = good.endAll(group)
          for (const record of members.slice(SESSION_PAGE)) void good.save({ ...record, begunAt: FAR })
          return Math.min(await count, SESSION_PAGE)
        },
      }
    },
  ],
  [
    'lists by connection only',
    (good) => ({
      list: async (group, after) => (group.by === 'connection' ? good.list(group, after) : []),
    }),
  ],
  [
    'starts a list again when the last one of the page before has ended',
    (good) => ({
      list: async (group, after) => good.list(group, after && (await good.touch(after, 0))),
    }),
  ],
  [
    'inserts a session again that is used while it alone is ended',
    (good, clock) => {
      const endedInGroups = new Set<string>()
      return {
        touch: touchByHalves(good, clock, (id) => !endedInGroups.has(id)),
        async endAll(group) {
          for (const { id } of await good.list(group)) endedInGroups.add(id)
          return good.endAll(group)
        },
      }
    },
  ],
  [
    'takes an address for a pattern',
    (good) => {
      const addresses = new Set<string>()
      return {
        save: (record) => {
          if (record.identity.email !== undefined) addresses.add(record.identity.email)
          return good.save(record)
        },
        async endAll(group) {
          let count = await good.endAll(group)
          if (group.by !== 'email') return count
          const parts = group.email.split(/([%_])/).map((part) => {
            if (part === '%') return '.*'
            return part === '_' ? '.' : part.replace(/[.+?^$*()[\]{}|\\]/g, '\\$&')
          })
          const pattern = new RegExp(`^${parts.join('')}$`, 'i')
          for (const email of addresses) {
            if (pattern.test(email)) count += await good.endAll({ by: 'email', email })
          }
          return count
        },
      }
    },
  ],
  [
    'counts what has expired as ended',
    (good, clock) => {
      const kept: SessionRecord[] = []
      return {
        async save(record) {
          const isKept = await good.save(record)
          if (isKept) kept.push(record)
          return isKept
        },
        async endAll(group) {
          const name = nameOf(group)
          const expired = kept.filter(
            (record) =>
              Math.min(record.idleUntil, record.expiresAt) <= clock() &&
              groupsOf(record).some((of) => nameOf(of) === name),
          )
          return (await good.endAll(group)) + expired.length
        },
      }
    },
  ],
  [
    'does not tell capitals of an id apart',
    (good) => {
      const ids = new Map<string, string>()
      return {
        save(record) {
          ids.set(record.id.toLowerCase(), record.id)
          return good.save(record)
        },
        touch: ({ id, userId }, idleUntil) =>
          good.touch({ id: ids.get(id.toLowerCase()) ?? id, userId }, idleUntil),
      }
    },
  ],
  [
    'does not find the sessions of a SAML provider by their index',
    (good) =>
      disguised(good, ({ providerSession: session }) => ({
        providerSession: session.protocol === 'saml' ? { ...session, sessionIndex: undefined } : session,
      })),
  ],
  [
    'keeps sessions of OpenID Connect only',
    (good) => ({
      save: (record) =>
        good.save(
          record.providerSession.protocol === 'oidc'
            ? record
            : { ...record, providerSession: { protocol: 'social' } },
        ),
    }),
  ],
]

describe('the suite of the session store', () => {
  it('has nothing against a good one', async () => {
    const create = (clock: Clock) => inMemory<SessionStore>(createMemorySessionStore(clock))
    expect(await complaints(sessionStoreSuite, create)).toEqual([])
  })

  it.each(stores)('notices one that %s', async (_, spoil) => {
    const create = (clock: Clock) => {
      const good = createMemorySessionStore(clock)
      return inMemory<SessionStore>({ ...good, ...spoil(good, clock) })
    }
    expect(await complaints(sessionStoreSuite, create)).toEqual(broken)
  })

  it.each<[string, (kept: MemoryStore) => Partial<MemoryStore>]>([
    ['sessions', () => ({ touch: async () => undefined })],
    ['ends of groups', () => ({ save: async () => true })],
  ])('notices one that loses %s at a restart', async (_, spoil) => {
    const create = (clock: Clock): Harness<SessionStore> => {
      const kept = createMemorySessionStore(clock)
      let opened = 0
      return { open: async () => (opened++ === 0 ? kept : { ...kept, ...spoil(kept) }), purge: kept.purge }
    }
    expect(await complaints(sessionStoreSuite, create)).toEqual(broken)
  })

  it('notices one that loses everything at a restart', async () => {
    const create = (clock: Clock): Harness<SessionStore> => {
      const first = createMemorySessionStore(clock)
      let opened = 0
      return {
        open: async () => (opened++ === 0 ? first : createMemorySessionStore(clock)),
        purge: first.purge,
      }
    }
    expect(await complaints(sessionStoreSuite, create)).toEqual(broken)
  })

  it('notices one that brings ended sessions back at a restart', async () => {
    const create = (clock: Clock): Harness<SessionStore> => {
      const [kept, backup] = [createMemorySessionStore(clock), createMemorySessionStore(clock)]
      const first = {
        ...kept,
        async save(record: SessionRecord) {
          await backup.save(record)
          return kept.save(record)
        },
        endAll: async (group: SessionGroup) => (await backup.endAll(group)) + (await kept.endAll(group)) * 0,
      }
      let opened = 0
      return { open: async () => (opened++ === 0 ? first : backup), purge: kept.purge }
    }
    expect(await complaints(sessionStoreSuite, create)).toEqual(broken)
  })

  it('notices one that fails to end what is not there', async () => {
    const create = (clock: Clock) => {
      const good = createMemorySessionStore(clock)
      const end = async (key: SessionKey) =>
        (await good.end(key)) ?? Promise.reject(new Error('there is none'))
      return inMemory<SessionStore>({ ...good, end })
    }
    expect(await complaints(sessionStoreSuite, create)).toContain('Error: there is none')
  })

  it.fails.each(unnoticedStores)('notices one that %s', async (_, spoil) => {
    const create = (clock: Clock) => {
      const good = createMemorySessionStore(clock)
      return inMemory<SessionStore>({ ...good, ...spoil(good, clock) })
    }
    expect(await complaints(sessionStoreSuite, create)).toEqual(broken)
  })
})

const caches: [string, (clock: Clock) => DocumentCache][] = [
  ['forgets', () => ({ get: async () => undefined, put: async () => undefined })],
  ['finds what was never put', () => ({ get: async () => '{}', put: async () => undefined })],
  [
    'keeps the first document for ever',
    (clock) => {
      const good = createMemoryDocumentCache(clock)
      const known = new Set<string>()
      return {
        ...good,
        async put(key, document, maxAge) {
          if (known.has(key)) return
          known.add(key)
          await good.put(key, document, maxAge)
        },
      }
    },
  ],
  [
    'changes documents',
    (clock) => {
      const good = createMemoryDocumentCache(clock)
      return {
        ...good,
        put: (key, document, maxAge) => good.put(key, document.replace(/[^\0-\x7f]/g, '?'), maxAge),
      }
    },
  ],
]

/** Holes in the suite: each of these is to be noticed, and is not yet. */
const unnoticedCaches: typeof caches = [
  [
    'keeps one document for all keys',
    (clock) => {
      const good = createMemoryDocumentCache(clock)
      return {
        get: () => good.get('key'),
        put: (_, document, maxAge) => good.put('key', document, maxAge),
      }
    },
  ],
  [
    'does not tell capitals of a key apart',
    (clock) => {
      const good = createMemoryDocumentCache(clock)
      return {
        get: (key) => good.get(key.toLowerCase()),
        put: (key, document, maxAge) => good.put(key.toLowerCase(), document, maxAge),
      }
    },
  ],
  ['keeps a document for ever', () => createMemoryDocumentCache(() => 0)],
]

describe('the suite of the document cache', () => {
  it('has nothing against a good one', async () => {
    expect(await complaints(documentCacheSuite, createMemoryDocumentCache)).toEqual([])
  })

  it.each(caches)('notices one that %s', async (_, create) => {
    expect(await complaints(documentCacheSuite, create)).toEqual(broken)
  })

  it.fails.each(unnoticedCaches)('notices one that %s', async (_, create) => {
    expect(await complaints(documentCacheSuite, create)).toEqual(broken)
  })
})
