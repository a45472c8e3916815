import { type SessionGroup, TOMBSTONE_LIFETIME } from '../../ports/session-store.ts'
import { check, storageCase } from '../port-case.ts'
import { isFound, type StoreCase, twinOf, withGroups } from './store-case.ts'

/** What becomes of a login when its end comes first, or at the same moment. */
export const overtakingCases: readonly StoreCase[] = [
  storageCase('gives no session to a login that its end has overtaken', async (bench) => {
    for (const index of [0, 1, 2, 3, 4]) {
      const { record, groups } = withGroups(bench)
      bench.clock.advance(1)
      await bench.port.endAll(groups[index] as SessionGroup)
      const atOnce = { ...twinOf(record), begunAt: bench.clock.now() }
      check((await bench.port.save(record)) === false, 'a login that was begun before is refused')
      bench.clock.advance(TOMBSTONE_LIFETIME - 1)
      check((await bench.port.save(record)) === false, 'for as long as a login may take')
      check(!(await isFound(bench, record)), 'and has no session')
      const later = { ...twinOf(record), begunAt: bench.clock.now() }
      check((await bench.port.save(later)) === true, 'one that was begun after is not')
      check(await isFound(bench, later), 'and has its session')
      check((await bench.port.save(atOnce)) === true, 'nor one of the very same millisecond')
    }
  }),

  storageCase('counts the later one of two ends', async (bench) => {
    for (const index of [0, 1, 2, 3, 4]) {
      const { record, groups } = withGroups(bench)
      const group = groups[index] as SessionGroup
      await bench.port.endAll(group)
      const between = { ...record, begunAt: bench.clock.now() }
      bench.clock.advance(1)
      await bench.port.endAll(group)
      check((await bench.port.save(between)) === false, 'a login that was begun between them is refused')
      check(!(await isFound(bench, between)), 'and has no session')
      const later = { ...twinOf(record), begunAt: bench.clock.now() }
      check((await bench.port.save(later)) === true, 'one that was begun after both is not')
    }
  }),

  storageCase('lets no session slip through while its group is ended', async (bench) => {
    const { record, byConnection } = withGroups(bench)
    bench.clock.advance(1)
    const twins = () => Array.from({ length: 40 }, () => twinOf(record))
    const [before, meanwhile] = [twins(), twins()]
    const saves = before.map((each) => bench.port.save(each))
    const ended = bench.port.endAll(byConnection)
    const late = meanwhile.map((each) => bench.port.save(each))
    await Promise.all([...saves, ended, ...late])
    const found = await Promise.all(before.map((each) => isFound(bench, each)))
    check(!found.includes(true), 'none is found that was saved before')
    const foundLate = await Promise.all(meanwhile.map((each) => isFound(bench, each)))
    check(!foundLate.includes(true), 'nor one that was saved meanwhile')
  }),
]
