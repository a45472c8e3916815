import { describe, expect, it } from 'vitest'
import { groupOf, groupsOf, kinds, stranger } from '../../test/groups.ts'
import { createSession } from '../../test/installation.ts'
import { refusalOf } from '../../test/scenario.ts'
import { SESSION_PAGE, type SessionGroup } from '../ports/session-store.ts'
import { beginningWith } from '../testing/people.ts'

const MINUTE = 60_000

describe('the sessions of a group', () => {
  it.each(kinds)('by %s are ended together, in the memory too, and no others are', async (kind) => {
    const { sessions, isolate, clock, record, token } = await createSession()
    const twin = await sessions.begin(beginningWith(clock.now()))
    const other = await sessions.begin(beginningWith(clock.now(), stranger))
    expect(await sessions.endAll(groupOf(record, kind))).toBe(2)
    for (const reader of [sessions, isolate()]) {
      for (const ended of [token, twin.token]) expect(await reader.find(ended)).toBeUndefined()
      expect((await reader.find(other.token))?.record).toEqual(other.record)
    }
    expect(await sessions.endAll(groupOf(record, kind))).toBe(0)
  })

  it('at the provider stay apart: what is ended by another name goes on, in the memory too', async () => {
    const { sessions, isolate, record, token } = await createSession()
    const session = groupOf(record, 'session at the provider, of one user')
    const others = [
      { ...session, sid: 'sid-2' },
      { ...session, sid: 'SID-1' },
      { ...session, issuer: 'https://idp.example/' },
      { ...session, connection: 'other' },
      { ...session, userId: 'somebody else' },
      { by: 'user', userId: 'somebody else' },
      { by: 'connection', connection: 'acm' },
      { by: 'email', email: 'user@acme.exampl' },
    ] as SessionGroup[]
    for (const other of others) expect(await sessions.endAll(other)).toBe(0)
    for (const reader of [sessions, isolate()]) expect(await reader.find(token)).toBeDefined()
  })

  it('are listed whole, page by page, and neither those that ended nor others', async () => {
    const { sessions, clock, record, token } = await createSession()
    await sessions.begin(beginningWith(clock.now(), stranger))
    const begun = await Promise.all(
      Array.from({ length: SESSION_PAGE }, () => sessions.begin(beginningWith(clock.now()))),
    )
    await sessions.end(token)
    for (const group of groupsOf(record)) {
      const page = await sessions.list(group)
      expect(page).toHaveLength(SESSION_PAGE)
      expect(await sessions.list(group, page.at(-1))).toEqual([])
      expect(page).toEqual(expect.arrayContaining(begun.map((each) => each.record)))
    }
  })

  it('are listed on a second page where they do not fit on one', async () => {
    const { sessions, clock, record } = await createSession()
    await Promise.all(Array.from({ length: SESSION_PAGE }, () => sessions.begin(beginningWith(clock.now()))))
    const group = groupOf(record, 'user')
    const first = await sessions.list(group)
    const second = await sessions.list(group, first.at(-1))
    expect(new Set([...first, ...second].map(({ id }) => id)).size).toBe(SESSION_PAGE + 1)
  })
})

describe('a login whose group was ended after it was begun', () => {
  it.each(kinds)('by %s gets no session, and one that was begun after it does', async (kind) => {
    const { sessions, isolate, clock, store, record } = await createSession()
    const begunAt = clock.now()
    clock.advance(MINUTE)
    const group = groupOf(record, kind)
    await isolate().endAll(group)
    clock.advance(MINUTE)
    expect(await refusalOf(sessions.begin(beginningWith(begunAt)))).toBe('session_ended_early')
    expect(await store.list({ by: 'connection', connection: 'acme' })).toEqual([])
    const { token } = await sessions.begin(beginningWith(clock.now()))
    expect(await isolate().find(token)).toBeDefined()
  })

  it('is refused only where it belongs to the group', async () => {
    const { sessions, clock, record } = await createSession()
    const begunAt = clock.now()
    for (const group of groupsOf(record)) await sessions.endAll(group)
    await expect(sessions.begin(beginningWith(begunAt, stranger))).resolves.toBeDefined()
  })
})
