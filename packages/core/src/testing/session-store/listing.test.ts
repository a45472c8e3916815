import { describe, expect, it } from 'vitest'
import { SESSION_PAGE, type SessionRecord } from '../../ports/session-store.ts'
import { brokenPromisesOf } from '../complaints.ts'
import { listingCases } from './listing.ts'
import { type SpoiledStore, spoiledBy } from './spoiled.ts'

/** Stores that are good but for one promise. */
const stores: SpoiledStore[] = [
  [
    'lists by connection only',
    (good) => ({
      list: async (group, after) => (group.by === 'connection' ? good.list(group, after) : []),
    }),
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
    'starts a list again when the last one of the page before has ended',
    (good) => ({
      list: async (group, after) => good.list(group, after && (await good.touch(after, 0))),
    }),
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
]

describe('the suite of the session store, on what it lists', () => {
  it.each(stores)('notices one that %s', async (_, spoil) => {
    expect(await brokenPromisesOf(listingCases, spoiledBy(spoil))).not.toEqual([])
  })
})
