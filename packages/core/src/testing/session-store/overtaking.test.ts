import { describe, expect, it } from 'vitest'
import { groupsOf, nameOf, type SessionGroup } from '../../ports/session-store.ts'
import { brokenPromisesOf } from '../complaints.ts'
import { MINUTE } from '../port-case.ts'
import { overtakingCases } from './overtaking.ts'
import { disguised, endEach, FAR, type SpoiledStore, spoiledBy } from './spoiled.ts'

const withoutTombstoneFor = (kind: string, applies: (group: SessionGroup) => boolean): SpoiledStore => [
  `remembers no end by ${kind}`,
  (good) => ({ endAll: (group) => (applies(group) ? endEach(good, group) : good.endAll(group)) }),
]

/** Stores that are good but for one promise. */
const stores: SpoiledStore[] = [
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
    'knows an end only where there was a session to end',
    (good) => ({
      endAll: async (group) => ((await good.list(group)).length > 0 ? good.endAll(group) : 0),
    }),
  ],
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
]

describe('the suite of the session store, on logins that are overtaken', () => {
  it.each(stores)('notices one that %s', async (_, spoil) => {
    expect(await brokenPromisesOf(overtakingCases, spoiledBy(spoil))).not.toEqual([])
  })
})
