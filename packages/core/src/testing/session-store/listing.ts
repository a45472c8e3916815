import { randomId } from '../../encoding/random.ts'
import { SESSION_PAGE, type SessionRecord } from '../../ports/session-store.ts'
import { check, storageCase } from '../port-case.ts'
import { HOUR, recordOf, type StoreCase, sessionOf, twinOf, withGroups } from './store-case.ts'

/** What is listed, and in which portions. */
export const listingCases: readonly StoreCase[] = [
  storageCase('lists the sessions of each kind of group, and no other', async (fixture) => {
    const { record, groups } = withGroups(fixture)
    const records = [record, twinOf(record)]
    const stranger = recordOf(fixture, { providerSession: sessionOf('another') })
    for (const each of [...records, stranger]) await fixture.port.save(each)
    for (const group of groups) {
      const listed = (await fixture.port.list(group)).map(({ id }) => id)
      check(
        records.every(({ id }) => listed.includes(id)),
        `all by ${group.by} are listed`,
      )
      check(listed.length === records.length, 'and nobody else')
    }
  }),

  storageCase('lists the sessions of a group, page by page', async (fixture) => {
    const { record, byConnection } = withGroups(fixture)
    const total = SESSION_PAGE * 2 + 1
    const records = Array.from({ length: total }, () => ({ ...twinOf(record), userId: randomId(32) }))
    await Promise.all([recordOf(fixture), ...records].map((each) => fixture.port.save(each)))
    const listed: SessionRecord[] = []
    const sizes: number[] = []
    for (let page = 0; page < 4; page++) {
      const last = listed.at(-1)
      // One page goes on after a session that is there, the next one after one that has ended meanwhile.
      if (last && page === 2) await fixture.port.end(last)
      const found = await fixture.port.list(byConnection, last)
      sizes.push(found.length)
      listed.push(...found)
    }
    check(sizes.join() === `${SESSION_PAGE},${SESSION_PAGE},1,0`, 'pages are full but for the last one')
    const ids = new Set(listed.map(({ id }) => id))
    check(ids.size === total && records.every(({ id }) => ids.has(id)), 'each session is listed once')
    check(listed[0]?.identity.email === record.identity.email, 'with its record')
    fixture.clock.advance(HOUR)
    check((await fixture.port.list(byConnection)).length === 0, 'an expired one is not listed')
  }),
]
