import { describe, expect, it } from 'vitest'
import type { Clock } from '../../ports/clock.ts'
import {
  groupsOf,
  nameOf,
  SESSION_PAGE,
  type SessionKey,
  type SessionRecord,
  TOUCH_INTERVAL,
} from '../../ports/session-store.ts'
import { brokenPromisesOf, complaintsOf } from '../complaints.ts'
import { endingCases } from './ending.ts'
import { disguised, FAR, type MemoryStore, type SpoiledStore, spoiledBy } from './spoiled.ts'

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

/** Stores that are good but for one promise. */
const stores: SpoiledStore[] = [
  ['does not end a session', (good) => ({ end: (key) => good.touch(key, 0) })],
  ['does not say what it ended', (good) => ({ end: async (key) => void (await good.end(key)) as undefined })],
  [
    'leaves a session that is over where it is',
    (good) => ({ end: async (key) => ((await good.touch(key, 0)) ? good.end(key) : undefined) }),
  ],
  [
    'leaves the sessions of a group that are over where they are',
    (good) => ({
      async endAll(group) {
        let count = 0
        for (const record of await good.list(group)) if (await good.end(record)) count++
        return count
      },
    }),
  ],
  ['ends no group', (good) => ({ endAll: async (group) => (await good.list(group)).length })],
  ['does not count what it ends', (good) => ({ endAll: async (group) => (await good.endAll(group)) * 0 })],
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
    'ends more than the group',
    (good) => ({
      endAll: (group) =>
        good.endAll('sid' in group ? { by: 'connection', connection: group.connection } : group),
    }),
  ],
  [
    'takes issuers that differ by a slash for one',
    (good) => ({
      endAll: (group) =>
        good.endAll('issuer' in group ? { ...group, issuer: group.issuer.replace(/\/$/, '') } : group),
    }),
  ],
  [
    'does not find the sessions of a SAML provider by their index',
    (good) =>
      disguised(good, ({ providerSession: session }) => ({
        providerSession: session.protocol === 'saml' ? { ...session, sessionIndex: undefined } : session,
      })),
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
    'inserts a session again that is used while it is ended',
    (good, clock) => ({ touch: touchByHalves(good, clock) }),
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
]

describe('the suite of the session store, on what it ends', () => {
  it.each(stores)('notices one that %s', async (_, spoil) => {
    expect(await brokenPromisesOf(endingCases, spoiledBy(spoil))).not.toEqual([])
  })

  it('notices one that fails to end what is not there', async () => {
    const create = spoiledBy((good) => ({
      end: async (key) => (await good.end(key)) ?? Promise.reject(new Error('there is none')),
    }))
    expect(await complaintsOf(endingCases, create)).toContain('Error: there is none')
  })
})
