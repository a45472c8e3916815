import { type SessionGroup, TOMBSTONE_LIFETIME } from '../../ports/session-store.ts'
import { check, MINUTE, storageCase } from '../port-case.ts'
import { isFound, recordOf, type StoreCase, withGroups } from './store-case.ts'

/** What is kept in the storage, and what is removed from it. */
export const keepingCases: readonly StoreCase[] = [
  storageCase('keeps sessions, ends and tombstones over a restart', async (bench) => {
    const { record, groups } = withGroups(bench)
    bench.clock.advance(1)
    const [kept, ended] = [recordOf(bench), recordOf(bench)]
    await bench.port.save(kept)
    await bench.port.save(ended)
    await bench.port.end(ended)
    await bench.port.endAll(groups[3] as SessionGroup)
    const restarted = { ...bench, port: await bench.open() }
    check(await isFound(restarted, kept), 'a session survives a restart')
    check(!(await isFound(restarted, ended)), 'so does its end')
    check((await restarted.port.save(record)) === false, 'so does a tombstone')
  }),

  storageCase('removes what has expired, and nothing else', async (bench) => {
    const { record, groups } = withGroups(bench)
    await bench.port.save(record)
    await bench.port.save(recordOf(bench, { expiresAt: bench.clock.now() + MINUTE }))
    await bench.port.save(recordOf(bench, { idleUntil: bench.clock.now() + 2 * MINUTE }))
    check((await bench.purge()) === 3, 'nothing is removed early')
    bench.clock.advance(MINUTE)
    check((await bench.purge()) === 2, 'past its end a session is removed')
    bench.clock.advance(MINUTE)
    check((await bench.purge()) === 1, 'and when it was idle for too long')
    await bench.port.endAll(groups[0])
    check((await bench.purge()) === 1, 'a tombstone is kept')
    bench.clock.advance(TOMBSTONE_LIFETIME - 1)
    check((await bench.purge()) === 1, 'to the last millisecond')
    bench.clock.advance(1)
    check((await bench.purge()) === 0, 'and then removed')
  }),
]
