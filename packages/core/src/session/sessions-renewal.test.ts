import { describe, expect, it } from 'vitest'
import { createSession } from '../../test/installation.ts'
import { counted, failing, slow } from '../../test/stores.ts'
import { beginningWith } from '../testing/people.ts'
import { SESSION_IDLE_LIFETIME } from './record.ts'
import { SESSION_FRESHNESS } from './sessions.ts'

describe('a renewal', () => {
  it('happens when it is asked for and the token is old enough, and only then', async () => {
    const { sessions, isolate, clock, token } = await createSession()
    clock.advance(SESSION_FRESHNESS - 1)
    for (const reader of [sessions, isolate()]) {
      for (const options of [{ renew: true }, { renew: true, fresh: true }]) {
        expect((await reader.find(token, options))?.renewed).toBeUndefined()
      }
    }
    clock.advance(1)
    for (const options of [{}, { fresh: true }, { renew: false }]) {
      expect((await isolate().find(token, options))?.renewed).toBeUndefined()
    }
    for (const options of [{ renew: true }, { renew: true, fresh: true }]) {
      for (const reader of [sessions, isolate()]) {
        const renewed = (await reader.find(token, options))?.renewed
        expect(renewed).toEqual(expect.any(String))
        expect(renewed).not.toBe(token)
      }
    }
  })

  it('happens although the record was read a moment ago', async () => {
    const { sessions, clock, token } = await createSession()
    clock.advance(SESSION_FRESHNESS)
    await sessions.find(token)
    expect((await sessions.find(token, { renew: true }))?.renewed).toBeDefined()
  })

  it('gives a token that stands for the same session, counts as seen, and is not renewed again at once', async () => {
    const installation = await createSession()
    const { clock, token, record } = installation
    const { store, calls } = counted(installation.store)
    const sessions = installation.isolate({ store })
    clock.advance(SESSION_FRESHNESS)
    const renewed = (await sessions.find(token, { renew: true }))?.renewed
    clock.advance(SESSION_FRESHNESS - 1)
    const found = await sessions.find(renewed, { renew: true })
    expect(found?.record.id).toBe(record.id)
    expect(found?.renewed).toBeUndefined()
    expect(calls()).toBe(1)
    expect((await installation.isolate().find(renewed, { renew: true }))?.renewed).toBeUndefined()
    clock.advance(1)
    expect((await sessions.find(renewed, { renew: true }))?.renewed).toBeDefined()
  })

  it('leaves the old token as it was, until the session ends', async () => {
    const { sessions, isolate, clock, token, record } = await createSession()
    clock.advance(SESSION_FRESHNESS)
    const renewed = (await sessions.find(token, { renew: true }))?.renewed
    for (const reader of [sessions, isolate()]) {
      expect((await reader.find(token))?.record.id).toBe(record.id)
    }
    await sessions.end(renewed)
    for (const reader of [sessions, isolate()]) expect(await reader.find(token)).toBeUndefined()
  })

  it('does not put off the absolute end', async () => {
    const { isolate, clock, token, record } = await createSession()
    const sessions = isolate()
    clock.advance(SESSION_IDLE_LIFETIME - 1)
    const found = await sessions.find(token, { renew: true })
    expect(found?.record.expiresAt).toBe(record.expiresAt)
    let latest = found?.renewed
    while (clock.now() < record.expiresAt - SESSION_IDLE_LIFETIME) {
      clock.advance(SESSION_IDLE_LIFETIME / 2)
      latest = (await sessions.find(latest, { renew: true }))?.renewed
    }
    clock.advance(record.expiresAt - 1 - clock.now())
    latest = (await sessions.find(latest, { renew: true }))?.renewed
    expect(latest).toBeDefined()
    clock.advance(1)
    expect(await sessions.find(latest)).toBeUndefined()
    // The token itself says so: the store is not asked.
    expect(await isolate({ store: failing }).find(latest)).toBeUndefined()
  })

  it('does not bring a session back that was ended or was idle for too long', async () => {
    const { sessions, isolate, clock, token } = await createSession()
    const idle = await sessions.begin(beginningWith(clock.now()))
    clock.advance(SESSION_FRESHNESS)
    await isolate().end(token)
    for (const reader of [sessions, isolate()]) {
      expect(await reader.find(token, { renew: true })).toBeUndefined()
    }
    clock.advance(SESSION_IDLE_LIFETIME)
    for (const reader of [sessions, isolate()]) {
      expect(await reader.find(idle.token, { renew: true })).toBeUndefined()
    }
    expect(await sessions.list({ by: 'connection', connection: 'acme' })).toEqual([])
  })

  it('that is under way while the session is ended gives a token that opens nothing elsewhere', async () => {
    const { isolate, clock, token, store } = await createSession()
    clock.advance(SESSION_FRESHNESS)
    const line = slow(store)
    const renewal = isolate({ store: line.store }).find(token, { renew: true })
    await line.answered
    await isolate().end(token)
    line.release()
    expect(await isolate().find((await renewal)?.renewed)).toBeUndefined()
  })

  it('may happen many times at once, and each of the new tokens works', async () => {
    const { sessions, isolate, clock, token, record } = await createSession()
    clock.advance(SESSION_FRESHNESS)
    const readers = [sessions, isolate(), isolate()]
    const found = await Promise.all(
      Array.from({ length: 30 }, (_, index) => readers[index % 3]?.find(token, { renew: true })),
    )
    const renewed = found.map((each) => each?.renewed)
    expect(new Set(renewed).size).toBe(30)
    for (const each of renewed) {
      for (const reader of [...readers, isolate()]) {
        expect((await reader.find(each))?.record.id).toBe(record.id)
      }
    }
  })
})
