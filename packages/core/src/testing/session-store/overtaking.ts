import { type SessionGroup, TOMBSTONE_LIFETIME } from '../../ports/session-store.ts'
import { check, storageCase } from '../port-case.ts'
import { isFound, type StoreCase, twinOf, withGroups } from './store-case.ts'

/** What becomes of a login when its end comes first, or at the same moment. */
export const overtakingCases: readonly StoreCase[] = [
  storageCase('gives no session to a login that its end has overtaken', async (fixture) => {
    for (const index of [0, 1, 2, 3, 4]) {
      const { record, groups } = withGroups(fixture)
      fixture.clock.advance(1)
      await fixture.port.endAll(groups[index] as SessionGroup)
      const atOnce = { ...twinOf(record), begunAt: fixture.clock.now() }
      check((await fixture.port.save(record)) === false, 'a login that was begun before is refused')
      fixture.clock.advance(TOMBSTONE_LIFETIME - 1)
      check((await fixture.port.save(record)) === false, 'for as long as a login may take')
      check(!(await isFound(fixture, record)), 'and has no session')
      const later = { ...twinOf(record), begunAt: fixture.clock.now() }
      check((await fixture.port.save(later)) === true, 'one that was begun after is not')
      check(await isFound(fixture, later), 'and has its session')
      check((await fixture.port.save(atOnce)) === true, 'nor one of the very same millisecond')
    }
  }),

  storageCase('counts the later one of two ends', async (fixture) => {
    for (const index of [0, 1, 2, 3, 4]) {
      const { record, groups } = withGroups(fixture)
      const group = groups[index] as SessionGroup
      await fixture.port.endAll(group)
      const between = { ...record, begunAt: fixture.clock.now() }
      fixture.clock.advance(1)
      await fixture.port.endAll(group)
      check((await fixture.port.save(between)) === false, 'a login that was begun between them is refused')
      check(!(await isFound(fixture, between)), 'and has no session')
      const later = { ...twinOf(record), begunAt: fixture.clock.now() }
      check((await fixture.port.save(later)) === true, 'one that was begun after both is not')
    }
  }),

  storageCase('lets no session slip through while its group is ended', async (fixture) => {
    const { record, byConnection } = withGroups(fixture)
    fixture.clock.advance(1)
    const twins = () => Array.from({ length: 40 }, () => twinOf(record))
    const [before, meanwhile] = [twins(), twins()]
    const saves = before.map((each) => fixture.port.save(each))
    const ended = fixture.port.endAll(byConnection)
    const late = meanwhile.map((each) => fixture.port.save(each))
    await Promise.all([...saves, ended, ...late])
    const found = await Promise.all(before.map((each) => isFound(fixture, each)))
    check(!found.includes(true), 'none is found that was saved before')
    const foundLate = await Promise.all(meanwhile.map((each) => isFound(fixture, each)))
    check(!foundLate.includes(true), 'nor one that was saved meanwhile')
  }),
]
