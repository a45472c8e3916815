import { type SessionGroup, TOMBSTONE_LIFETIME } from '../../ports/session-store.ts'
import { check, MINUTE, storageCase } from '../port-case.ts'
import { isFound, recordOf, type StoreCase, withGroups } from './store-case.ts'

/** What is kept in the storage, and what is removed from it. */
export const keepingCases: readonly StoreCase[] = [
  storageCase('keeps sessions, ends and tombstones over a restart', async (fixture) => {
    const { record, groups } = withGroups(fixture)
    fixture.clock.advance(1)
    const [kept, ended] = [recordOf(fixture), recordOf(fixture)]
    await fixture.port.save(kept)
    await fixture.port.save(ended)
    await fixture.port.end(ended)
    await fixture.port.endAll(groups[3] as SessionGroup)
    const restarted = { ...fixture, port: await fixture.open() }
    check(await isFound(restarted, kept), 'a session survives a restart')
    check(!(await isFound(restarted, ended)), 'so does its end')
    check((await restarted.port.save(record)) === false, 'so does a tombstone')
  }),

  storageCase('removes what has expired, and nothing else', async (fixture) => {
    const { record, groups } = withGroups(fixture)
    await fixture.port.save(record)
    await fixture.port.save(recordOf(fixture, { expiresAt: fixture.clock.now() + MINUTE }))
    await fixture.port.save(recordOf(fixture, { idleUntil: fixture.clock.now() + 2 * MINUTE }))
    check((await fixture.purge()) === 3, 'nothing is removed early')
    fixture.clock.advance(MINUTE)
    check((await fixture.purge()) === 2, 'past its end a session is removed')
    fixture.clock.advance(MINUTE)
    check((await fixture.purge()) === 1, 'and when it was idle for too long')
    await fixture.port.endAll(groups[0])
    check((await fixture.purge()) === 1, 'a tombstone is kept')
    fixture.clock.advance(TOMBSTONE_LIFETIME - 1)
    check((await fixture.purge()) === 1, 'to the last millisecond')
    fixture.clock.advance(1)
    check((await fixture.purge()) === 0, 'and then removed')
  }),
]
