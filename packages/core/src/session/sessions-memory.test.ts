import { describe, expect, it } from 'vitest'
import { createInstallation, createSession, type InstalledSession } from '../../test/installation.ts'
import { counted, slow } from '../../test/stores.ts'
import type { SessionStore } from '../ports/session-store.ts'
import { beginningWith } from '../testing/people.ts'
import { SESSION_FRESHNESS } from './sessions.ts'
import { sealToken } from './token.ts'

const MINUTE = 60_000

describe('the memory of an isolate', () => {
  it('asks the store once, and not again until the record is too old', async () => {
    const installation = await createSession()
    const { clock, token } = installation
    const { store, calls } = counted(installation.store)
    const sessions = installation.isolate({ store })
    expect(calls()).toBe(0)
    for (let round = 1; round <= 3; round++) {
      for (let time = 0; time < 10; time++) await sessions.find(token)
      clock.advance(SESSION_FRESHNESS - 1)
      expect((await sessions.find(token))?.record.id).toBe(installation.record.id)
      expect(calls()).toBe(round)
      clock.advance(1)
    }
  })

  it('counts the beginning of a session as a look at its record', async () => {
    const { clock, store, isolate } = createInstallation()
    const watched = counted(store)
    const sessions = isolate({ store: watched.store })
    const { token } = await sessions.begin(beginningWith(clock.now()))
    clock.advance(SESSION_FRESHNESS - 1)
    expect(await sessions.find(token)).toBeDefined()
    expect(watched.calls()).toBe(0)
    clock.advance(1)
    expect(await sessions.find(token)).toBeDefined()
    expect(watched.calls()).toBe(1)
  })

  it('asks the store every time when the answer must be true this moment', async () => {
    const installation = await createSession()
    const { store, calls } = counted(installation.store)
    const sessions = installation.isolate({ store })
    for (let time = 1; time <= 3; time++) {
      expect(await sessions.find(installation.token, { fresh: true })).toBeDefined()
      expect(calls()).toBe(time)
    }
    await sessions.find(installation.token)
    expect(calls()).toBe(3)
  })

  it('is asked by token: another one of the same session is looked up', async () => {
    const installation = await createSession()
    const { record, token, sealer, clock } = installation
    const { store, calls } = counted(installation.store)
    const sessions = installation.isolate({ store })
    await sessions.find(token)
    await sessions.find(await sealToken(record, clock.now(), sealer))
    expect(calls()).toBe(2)
  })
})

describe('a session that was ended behind the back of an isolate', () => {
  const ends: [string, (installation: InstalledSession) => Promise<unknown>][] = [
    ['another isolate, by its token', ({ isolate, token }) => isolate().end(token)],
    ['another isolate, by its name', ({ isolate, record }) => isolate().endOne(record)],
    [
      'another isolate, with its group',
      ({ isolate, record }) => isolate().endAll({ by: 'user', userId: record.userId }),
    ],
    ['the store', ({ store, record }) => store.end(record)],
    ['the store, with its group', ({ store }) => store.endAll({ by: 'connection', connection: 'acme' })],
  ]

  it.each(ends)('by %s: is refused as soon as its record is too old', async (_, end) => {
    const installation = await createSession()
    const { isolate, clock, token } = installation
    const reader = isolate()
    await reader.find(token)
    await end(installation)
    // However much it is used meanwhile.
    for (let minute = 0; minute < 5; minute++) {
      expect(await reader.find(token)).toBeDefined()
      clock.advance(MINUTE - 1)
      expect(await reader.find(token)).toBeDefined()
      clock.advance(1)
    }
    expect(await reader.find(token)).toBeUndefined()
    expect(await reader.find(token)).toBeUndefined()
  })

  it.each(ends)('by %s: is refused at once where its token was not seen yet', async (_, end) => {
    const installation = await createSession()
    await end(installation)
    expect(await installation.isolate().find(installation.token)).toBeUndefined()
  })

  it.each(ends)('by %s: is refused at once where the answer must be true this moment', async (_, end) => {
    const installation = await createSession()
    const reader = installation.isolate()
    await reader.find(installation.token)
    await end(installation)
    expect(await reader.find(installation.token, { fresh: true })).toBeUndefined()
    expect(await reader.find(installation.token)).toBeUndefined()
  })

  it('is refused under every token as soon as one of them was asked for', async () => {
    const { isolate, clock, sealer, token, record, store } = await createSession()
    const reader = isolate()
    const seen = await sealToken(record, clock.now(), sealer)
    for (const each of [token, seen]) expect(await reader.find(each)).toBeDefined()
    await store.end(record)
    expect(await reader.find(await sealToken(record, clock.now(), sealer))).toBeUndefined()
    for (const each of [token, seen]) expect(await reader.find(each)).toBeUndefined()
  })

  it('is refused in time under a token that was renewed just before the end', async () => {
    const { isolate, clock, token, record, store } = await createSession()
    const reader = isolate()
    clock.advance(SESSION_FRESHNESS)
    const renewed = (await reader.find(token, { renew: true }))?.renewed
    await store.end(record)
    expect(await isolate().find(renewed)).toBeUndefined()
    expect(await reader.find(token)).toBeUndefined()
    clock.advance(SESSION_FRESHNESS)
    expect(await reader.find(renewed, { renew: true })).toBeUndefined()
  })

  it('is refused in time when the answer of the store was long on its way', async () => {
    const { isolate, clock, token, record, store } = await createSession()
    const line = slow(store)
    const reader = isolate({ store: line.store })
    const found = reader.find(token)
    await line.answered
    await store.end(record)
    clock.advance(SESSION_FRESHNESS - 1)
    line.release()
    expect(await found).toBeDefined()
    expect(await reader.find(token)).toBeDefined()
    clock.advance(1)
    expect(await reader.find(token)).toBeUndefined()
  })

  it('is refused in time when the store was long in taking its record', async () => {
    const { isolate, clock, store } = createInstallation()
    const line = slow(store)
    const reader = isolate({ store: line.store })
    const beginning = reader.begin(beginningWith(clock.now()))
    await line.answered
    expect(await store.endAll({ by: 'connection', connection: 'acme' })).toBe(1)
    clock.advance(SESSION_FRESHNESS)
    line.release()
    const { token } = await beginning
    expect(await reader.find(token)).toBeUndefined()
  })

  it('is refused in time when a renewal was long on its way', async () => {
    const { isolate, clock, token, record, store } = await createSession()
    clock.advance(SESSION_FRESHNESS)
    const line = slow(store)
    const reader = isolate({ store: line.store })
    const renewal = reader.find(token, { renew: true })
    await line.answered
    await store.end(record)
    clock.advance(SESSION_FRESHNESS)
    line.release()
    expect(await reader.find((await renewal)?.renewed)).toBeUndefined()
  })

  it('is refused in time when an older answer arrives after one that said so', async () => {
    const { isolate, clock, token, record, store } = await createSession()
    const line = slow(store)
    const reader = isolate({ store: line.store })
    const early = reader.find(token)
    await line.answered
    await store.end(record)
    clock.advance(SESSION_FRESHNESS - 1)
    expect(await reader.find(token)).toBeUndefined()
    line.release()
    expect(await early).toBeDefined()
    clock.advance(1)
    expect(await reader.find(token)).toBeUndefined()
  })

  it('is refused in time, whatever happens in whatever order', async () => {
    for (let seed = 1; seed <= 150; seed++) await endSomewhere(seed)
  })
})

/**
 * Three isolates use, renew and lose one session at random, two of them far from the store: it may end while an answer
 * is on its way. Then each looks at every token.
 */
async function endSomewhere(seed: number): Promise<void> {
  const random = createRandom(seed)
  const { isolate, clock, store, token, record } = await createSession()
  let isDue = false
  let endedAt: number | undefined
  async function end(): Promise<void> {
    await store.end(record)
    endedAt = clock.now()
  }
  const wait = () => clock.advance(Math.floor((random() * SESSION_FRESHNESS) / 3))
  const distant: SessionStore = {
    ...store,
    async touch(...use) {
      const answer = await store.touch(...use)
      wait()
      if (isDue && endedAt === undefined) await end()
      wait()
      return answer
    },
  }
  const isolates = [isolate(), isolate({ store: distant }), isolate({ store: distant })]
  const tokens = [token]
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  async function step(): Promise<void> {
    wait()
    const [askedAt, wasEndedAt] = [clock.now(), endedAt]
    const options = { fresh: random() < 0.1, renew: random() < 0.5 }
    const found = await pick(isolates).find(pick(tokens), options)
    if (found?.renewed !== undefined) tokens.push(found.renewed)
    if (endedAt === undefined) expect(found, `seed ${seed}`).toBeDefined()
    if (wasEndedAt === undefined || !found) return
    expect(options.fresh, `seed ${seed}`).toBe(false)
    expect(askedAt, `seed ${seed}`).toBeLessThan(wasEndedAt + SESSION_FRESHNESS)
  }
  for (let time = 0; time < 12; time++) await step()
  isDue = true
  for (let time = 0; time < 3; time++) await step()
  if (endedAt === undefined) await end()
  for (let time = random() * 4; time > 1; time--) await step()
  clock.advance(Math.max(0, (endedAt ?? 0) + SESSION_FRESHNESS - clock.now()))
  for (const each of tokens) {
    for (const one of isolates) expect(await one.find(each), `seed ${seed}`).toBeUndefined()
  }
}

/** The same numbers from 0 to 1 for the same seed (mulberry32), so that a failure can be seen again. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
