import { describe, expect, it } from 'vitest'
import { groupOf, kinds } from '../../test/groups.ts'
import { createInstallation, createSession } from '../../test/installation.ts'
import { refusalOf } from '../../test/scenario.ts'
import { counted, failing, slow } from '../../test/stores.ts'
import type { SessionRecord } from '../ports/session-store.ts'
import { beginningWith } from '../testing/people.ts'
import { SESSION_IDLE_LIFETIME, SESSION_LIFETIME } from './record.ts'
import { SESSION_FRESHNESS, type Sessions } from './sessions.ts'

const MINUTE = 60_000

describe('the end of a session', () => {
  it('comes after its lifetime at the latest, however much it is used and renewed', async () => {
    const { sessions, clock, token } = await createSession()
    let latest = token
    for (let time = 0; time < 12 * 60 - 1; time++) {
      clock.advance(MINUTE)
      latest = (await sessions.find(latest, { renew: true }))?.renewed ?? latest
    }
    clock.advance(MINUTE - 1)
    for (const each of [token, latest]) expect(await sessions.find(each, { renew: true })).toBeDefined()
    const renewed = (await sessions.find(token, { renew: true }))?.renewed
    clock.advance(1)
    for (const each of [token, latest, renewed]) expect(await sessions.find(each)).toBeUndefined()
    expect(await sessions.end(token)).toBeUndefined()
  })

  it('is known without the store', async () => {
    const { isolate, clock, token } = await createSession()
    const alone = isolate({ store: failing })
    clock.advance(SESSION_LIFETIME - 1)
    expect(await refusalOf(alone.find(token))).toBe('session_store_unavailable')
    clock.advance(1)
    expect(await alone.find(token)).toBeUndefined()
  })

  it('may come by the name that its cookie stands for, which is known without the store', async () => {
    const { sessions, isolate, record, token } = await createSession()
    const key = await isolate({ store: failing }).keyOf(token)
    expect(key).toEqual({ userId: record.userId, id: record.id })
    expect(key && (await sessions.endOne(key))).toEqual(record)
    expect(await sessions.find(token)).toBeUndefined()
    for (const none of [undefined, '', 'forged', `${token}x`]) {
      expect(await sessions.keyOf(none)).toBeUndefined()
    }
  })

  it('comes when it was not used for too long', async () => {
    const { sessions, isolate, clock, token } = await createSession()
    const second = await sessions.begin(beginningWith(clock.now()))
    clock.advance(SESSION_IDLE_LIFETIME - 1)
    expect(await isolate().find(second.token)).toBeDefined()
    clock.advance(1)
    for (const reader of [sessions, isolate()]) {
      expect(await reader.find(token)).toBeUndefined()
      expect(await reader.find(token, { fresh: true })).toBeUndefined()
      expect(await reader.find(second.token)).toBeDefined()
    }
  })

  it('is put off by each use, and by nothing else', async () => {
    const { sessions, clock, token } = await createSession()
    for (let time = 0; time < 5; time++) {
      clock.advance(SESSION_IDLE_LIFETIME - MINUTE)
      const { record } = (await sessions.find(token)) ?? {}
      expect(record).toMatchObject({
        usedAt: clock.now(),
        idleUntil: clock.now() + SESSION_IDLE_LIFETIME,
      })
    }
    await sessions.list({ by: 'connection', connection: 'acme' })
    clock.advance(SESSION_IDLE_LIFETIME)
    expect(await sessions.find(token)).toBeUndefined()
  })
})

describe('a session that was ended here', () => {
  const ends: [string, (sessions: Sessions, token: string, record: SessionRecord) => Promise<unknown>][] = [
    ['its first token', (sessions, token) => sessions.end(token)],
    ['its name', (sessions, _, { id, userId }) => sessions.endOne({ id, userId })],
    ...kinds.map((kind): (typeof ends)[number] => [
      `the ${kind}`,
      (sessions, _, record) => sessions.endAll(groupOf(record, kind)),
    ]),
  ]

  it.each(ends)('by %s is refused at once, under its old and its renewed tokens', async (_, end) => {
    const { sessions, clock, token, record } = await createSession()
    clock.advance(SESSION_FRESHNESS)
    const renewed = (await sessions.find(token, { renew: true }))?.renewed
    expect(renewed).toBeDefined()
    for (const each of [token, renewed]) expect(await sessions.find(each)).toBeDefined()
    await end(sessions, token, record)
    for (const each of [token, renewed]) {
      expect(await sessions.find(each)).toBeUndefined()
      expect(await sessions.find(each, { renew: true })).toBeUndefined()
    }
  })

  it('by its renewed token is over under the first one too', async () => {
    const { sessions, clock, token } = await createSession()
    clock.advance(SESSION_FRESHNESS)
    const renewed = (await sessions.find(token, { renew: true }))?.renewed
    await sessions.find(token)
    expect(await sessions.end(renewed)).toBeDefined()
    expect(await sessions.find(token)).toBeUndefined()
  })

  it('stays so when an answer from before its end arrives after it', async () => {
    const { isolate, token, store } = await createSession()
    const line = slow(store)
    const sessions = isolate({ store: line.store })
    const early = sessions.find(token)
    await line.answered
    await sessions.end(token)
    line.release()
    await early
    expect(await sessions.find(token)).toBeUndefined()
  })

  it('stays so when an answer from before its end arrives after one that said so', async () => {
    const { isolate, token, record, store } = await createSession()
    const line = slow(store)
    const sessions = isolate({ store: line.store })
    const early = sessions.find(token)
    await line.answered
    await store.end(record)
    expect(await sessions.find(token)).toBeUndefined()
    line.release()
    await early
    expect(await sessions.find(token)).toBeUndefined()
  })

  it('does not keep others from being remembered, however often somebody asks with it', async () => {
    const { isolate, clock, token, record, store } = await createSession()
    const other = await isolate().begin(beginningWith(clock.now()))
    await store.end(record)
    const line = slow(store)
    const { store: watched, calls } = counted(line.store)
    const sessions = isolate({ store: watched })
    const finding = sessions.find(other.token)
    await line.answered
    expect(await sessions.find(token)).toBeUndefined()
    line.release()
    await finding
    const asked = calls()
    expect(await sessions.find(other.token)).toBeDefined()
    expect(calls()).toBe(asked)
  })

  it('with its group stays so when it was being begun meanwhile', async () => {
    const { isolate, clock, store } = createInstallation()
    const line = slow(store)
    const sessions = isolate({ store: line.store })
    const beginning = sessions.begin(beginningWith(clock.now()))
    await line.answered
    expect(await sessions.endAll({ by: 'connection', connection: 'acme' })).toBe(1)
    line.release()
    const { token } = await beginning
    expect(await sessions.find(token)).toBeUndefined()
  })
})
