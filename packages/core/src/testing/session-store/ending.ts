import { randomId } from '../../encoding/random.ts'
import {
  type NameId,
  SESSION_PAGE,
  type SessionGroup,
  type SessionRecord,
} from '../../ports/session-store.ts'
import { check, MINUTE, storageCase } from '../port-case.ts'
import { identity, isFound, recordOf, type StoreCase, sessionOf, twinOf, withGroups } from './store-case.ts'

const nameId: NameId = {
  value: 'user-1',
  format: undefined,
  nameQualifier: undefined,
  spNameQualifier: undefined,
}

/** What is ended: that, all of it, for good, and nothing else. */
export const endingCases: readonly StoreCase[] = [
  storageCase('ends one session, and says which', async (fixture) => {
    const [one, two] = [recordOf(fixture), recordOf(fixture)]
    await fixture.port.save(one)
    await fixture.port.save(two)
    const ended = await fixture.port.end(one)
    check(ended?.id === one.id && ended.identity.email === one.identity.email, 'what was ended is returned')
    check(!(await isFound(fixture, one)), 'it is not found again')
    check(await isFound(fixture, two), 'the other one is')
    check((await fixture.port.end(one)) === undefined, 'ending it twice is fine')
  }),

  storageCase('keeps a session ended for a use that was sent before and arrives after', async (fixture) => {
    const { record, groups } = withGroups(fixture)
    const twin = twinOf(record)
    for (const each of [record, twin]) await fixture.port.save(each)
    fixture.clock.advance(record.idleUntil - fixture.clock.now())
    check((await fixture.port.end(record)) === undefined, 'it was over by itself')
    // As seen by a host whose clock is behind, or whose call took longer.
    fixture.clock.advance(-1)
    check(!(await isFound(fixture, record)), 'what was ended is not found')
    fixture.clock.advance(1)
    check((await fixture.port.endAll(groups[0] as SessionGroup)) === 0, 'the other one was over as well')
    fixture.clock.advance(-1)
    check(!(await isFound(fixture, twin)), 'what was ended with its group is not found')
  }),

  storageCase('ends all sessions of a group, and no other', async (fixture) => {
    for (const index of [0, 1, 2, 3, 4]) {
      const { record, groups } = withGroups(fixture)
      const group = groups[index] as SessionGroup
      const twin = twinOf(record)
      const stranger = recordOf(fixture)
      const colleague = recordOf(fixture, {
        identity: { ...record.identity, email: undefined },
        providerSession: sessionOf('another'),
      })
      for (const each of [record, twin, stranger, colleague]) await fixture.port.save(each)
      const colleagues = group.by === 'connection' ? 1 : 0
      check((await fixture.port.endAll(group)) === 2 + colleagues, `all by ${group.by} are counted`)
      check(
        !(await isFound(fixture, record)) && !(await isFound(fixture, twin)),
        `all by ${group.by} are ended`,
      )
      check(await isFound(fixture, stranger), 'nobody else is')
      check(
        (await isFound(fixture, colleague)) === (group.by !== 'connection'),
        'colleagues only when their connection is',
      )
    }
  }),

  storageCase('ends all sessions of a group that is larger than a page', async (fixture) => {
    const { record, byConnection } = withGroups(fixture)
    const records = Array.from({ length: SESSION_PAGE + 1 }, () => twinOf(record))
    const colleagues = Array.from({ length: 10 }, () => ({ ...twinOf(record), userId: randomId(32) }))
    await Promise.all([...records, ...colleagues].map((each) => fixture.port.save(each)))
    check((await fixture.port.endAll(byConnection)) === SESSION_PAGE + 11, 'all are counted')
    const found = await Promise.all([...records, ...colleagues].map((each) => isFound(fixture, each)))
    check(!found.includes(true), 'all are ended')
  }),

  storageCase('ends a SAML session by its SessionIndex, and no other', async (fixture) => {
    const connection = randomId(16)
    const withIndex = (sessionIndex: string | undefined): SessionRecord =>
      recordOf(fixture, {
        identity: { ...identity, protocol: 'saml', connection },
        providerSession: { protocol: 'saml', sessionIndex, nameId },
      })
    const ended = withIndex('_Index-1')
    const others = [withIndex('_index-1'), withIndex(undefined)]
    for (const each of [ended, ...others]) await fixture.port.save(each)
    fixture.clock.advance(1)
    const { issuer } = identity
    const group = { by: 'provider-session', connection, issuer, sid: '_Index-1', userId: undefined } as const
    check((await fixture.port.endAll(group)) === 1, 'one is ended')
    check(!(await isFound(fixture, ended)), 'the one with that index')
    for (const other of others) check(await isFound(fixture, other), 'the others go on')
    check((await fixture.port.save(twinOf(ended))) === false, 'a login with that index is refused')
  }),

  storageCase('keeps apart what only looks alike', async (fixture) => {
    const { record, groups } = withGroups(fixture)
    await fixture.port.save(record)
    const { connection, issuer, email = '' } = record.identity
    const sid = groups.flatMap((group) => ('sid' in group ? [group.sid] : []))[0] ?? ''
    const session = { by: 'provider-session', connection, issuer, sid, userId: undefined } as const
    const others: SessionGroup[] = [
      { ...session, issuer: `${issuer}/` },
      { ...session, connection: `${connection}x` },
      { ...session, sid: sid.toLowerCase() },
      { ...session, sid: '' },
      { ...session, userId: randomId(32) },
      { by: 'connection', connection: connection.slice(1) },
      { by: 'user', userId: connection },
      { by: 'email', email: `x${email}` },
      // An address is no pattern.
      { by: 'email', email: `_${email.slice(1)}` },
      { by: 'email', email: '%@acme.example' },
      { by: 'email', email: '*@acme.example' },
    ]
    for (const other of others) check((await fixture.port.endAll(other)) === 0, 'another group is empty')
    check(await isFound(fixture, record), 'the session goes on')
  }),

  storageCase('does not bring a session back that is used while it is ended', async (fixture) => {
    for (const isAlone of [true, false]) {
      const { record, groups } = withGroups(fixture)
      await fixture.port.save(record)
      fixture.clock.advance(MINUTE)
      const uses = () => Array.from({ length: 20 }, () => isFound(fixture, record))
      const end = () => (isAlone ? fixture.port.end(record) : fixture.port.endAll(groups[2] as SessionGroup))
      await Promise.all([...uses(), end(), ...uses()])
      check(!(await isFound(fixture, record)), 'it stays ended')
      check((await fixture.port.list(groups[0])).length === 0, 'and is in no list')
    }
  }),
]
