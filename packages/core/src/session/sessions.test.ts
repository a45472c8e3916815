import { describe, expect, it } from 'vitest'
import { admittedWith, beginningWith } from '../../test/people.ts'
import { refusalOf } from '../../test/scenario.ts'
import { randomId } from '../encoding/random.ts'
import { createSealer, type Sealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import { createMemorySessionStore } from '../ports/memory/session-store.ts'
import {
  SESSION_PAGE,
  type SessionGroup,
  type SessionRecord,
  type SessionStore,
} from '../ports/session-store.ts'
import { createFixedClock, type FixedClock } from '../testing/fixed-clock.ts'
import { SESSION_IDLE_LIFETIME, SESSION_LIFETIME } from './record.ts'
import { createSessions, SESSION_FRESHNESS, type Sessions } from './sessions.ts'
import { sealToken } from './token.ts'

const MINUTE = 60_000

/** One installation, and how to reach it: each isolate has a memory of its own, and all share one store. */
interface Installation {
  readonly clock: FixedClock
  readonly store: SessionStore
  readonly sealer: Sealer
  isolate(changes?: Partial<Parameters<typeof createSessions>[0]>): Sessions
}

function createInstallation(): Installation {
  const clock = createFixedClock(Date.UTC(2026, 0, 1))
  const store = createMemorySessionStore(clock.now)
  const sealer = createSealer([new Secret(randomId(32))])
  const services = { store, sealer, clock: clock.now, connections: ['acme', 'other'] }
  return { clock, store, sealer, isolate: (changes) => createSessions({ ...services, ...changes }) }
}

/** The same store, and how often it was asked for a record. */
function counted(store: SessionStore): { readonly store: SessionStore; calls(): number } {
  let count = 0
  return {
    calls: () => count,
    store: {
      ...store,
      touch: (...use) => {
        count++
        return store.touch(...use)
      },
    },
  }
}

/** The same store, whose first answer waits on its way until it is let go. */
function slow(store: SessionStore) {
  const open = Promise.withResolvers<void>()
  const waiting = Promise.withResolvers<void>()
  let isFirst = true
  async function late<T>(call: Promise<T>): Promise<T> {
    const holds = isFirst
    isFirst = false
    const answer = await call
    waiting.resolve()
    if (holds) await open.promise
    return answer
  }
  return {
    store: {
      ...store,
      save: (record) => late(store.save(record)),
      touch: (key, idleUntil) => late(store.touch(key, idleUntil)),
    } satisfies SessionStore,
    /** Until the store has answered, and the answer is on its way. */
    answered: waiting.promise,
    release: () => open.resolve(),
  }
}

const unreachable = () => Promise.reject(new Error('unreachable'))
const failing: SessionStore = {
  save: unreachable,
  touch: unreachable,
  end: unreachable,
  endAll: unreachable,
  list: unreachable,
}

/** A session, begun now, in an installation of its own. */
async function createSession(changes: Partial<Parameters<typeof createSessions>[0]> = {}) {
  const installation = createInstallation()
  const sessions = installation.isolate(changes)
  const begun = await sessions.begin(beginningWith(installation.clock.now()))
  return { ...installation, sessions, ...begun }
}

/** Every kind of group that the session of {@link beginningWith} belongs to. */
const groupsOf = ({ userId }: SessionRecord): [string, SessionGroup][] => {
  const session = {
    by: 'provider-session',
    connection: 'acme',
    issuer: 'https://idp.example',
    sid: 'sid-1',
  } as const
  return [
    ['user', { by: 'user', userId }],
    ['connection', { by: 'connection', connection: 'acme' }],
    ['address', { by: 'email', email: 'USER@acme.example' }],
    ['session at the provider', { ...session, userId: undefined }],
    ['session at the provider, of one user', { ...session, userId }],
  ]
}
const kinds = [
  'user',
  'connection',
  'address',
  'session at the provider',
  'session at the provider, of one user',
]
const groupOf = (record: SessionRecord, kind: string): SessionGroup => {
  const group = groupsOf(record).find(([name]) => name === kind)?.[1]
  if (!group) throw new Error(`no group by ${kind}`)
  return group
}

/** Sessions that belong to none of those groups. */
const stranger = {
  identity: admittedWith({ connection: 'other', subject: 'user-2', email: 'second@acme.example' }),
  providerSession: { protocol: 'social' },
} as const

describe('a session', () => {
  it('is found by its token, with the record it was begun with', async () => {
    const { sessions, isolate, clock, record, token } = await createSession()
    expect(record).toMatchObject({
      identity: admittedWith(),
      begunAt: clock.now(),
      createdAt: clock.now(),
      expiresAt: clock.now() + SESSION_LIFETIME,
    })
    expect((await sessions.find(token))?.record).toEqual(record)
    expect((await isolate().find(token))?.record).toEqual(record)
  })

  it('has a new id and another token every time', async () => {
    const { isolate, clock } = createInstallation()
    const sessions = isolate()
    const begun = await Promise.all(
      Array.from({ length: 20 }, () => sessions.begin(beginningWith(clock.now()))),
    )
    expect(new Set(begun.map(({ record }) => record.id)).size).toBe(20)
    expect(new Set(begun.map(({ token }) => token)).size).toBe(20)
    expect(new Set(begun.map(({ record }) => record.userId)).size).toBe(1)
  })

  it('keeps the ID Token so that only this installation can read it', async () => {
    const { record, store, sealer } = await createSession()
    const stored = await store.touch(record, 0)
    const session = stored?.providerSession
    if (session?.protocol !== 'oidc' || session.sealedIdToken === undefined) throw new Error('none is kept')
    expect(JSON.stringify(stored)).not.toContain('header.payload.signature')
    expect(await sealer.open('id-token', record.id, session.sealedIdToken)).toBe('header.payload.signature')
    const stranger = createSealer([new Secret(randomId(32))])
    expect(await stranger.open('id-token', record.id, session.sealedIdToken)).toBeUndefined()
  })

  it('is begun for somebody whose ID Token is too large to be kept', async () => {
    const { isolate, clock } = createInstallation()
    const sessions = isolate()
    const idToken = new Secret('x'.repeat(8193))
    const { record, token } = await sessions.begin(
      beginningWith(clock.now(), { providerSession: { protocol: 'oidc', sid: 'sid-1', idToken } }),
    )
    expect(record.providerSession).toEqual({ protocol: 'oidc', sid: 'sid-1', sealedIdToken: undefined })
    expect(await sessions.find(token)).toBeDefined()
  })

  it('is over when it was ended, and only that one', async () => {
    const { isolate, clock } = createInstallation()
    const sessions = isolate()
    const [one, two] = [
      await sessions.begin(beginningWith(clock.now())),
      await sessions.begin(beginningWith(clock.now())),
    ]
    expect(await sessions.end(one.token)).toEqual(one.record)
    for (const reader of [sessions, isolate()]) {
      expect(await reader.find(one.token)).toBeUndefined()
      expect((await reader.find(two.token))?.record).toEqual(two.record)
    }
    expect(await sessions.end(one.token)).toBeUndefined()
  })

  it('is ended by its name as well', async () => {
    const { sessions, isolate, record, token } = await createSession()
    const { id, userId } = record
    expect(await sessions.endOne({ id, userId: 'somebody else' })).toBeUndefined()
    expect(await sessions.find(token, { fresh: true })).toBeDefined()
    expect(await sessions.endOne({ id, userId })).toEqual(record)
    for (const reader of [sessions, isolate()]) expect(await reader.find(token)).toBeUndefined()
    expect(await sessions.endOne({ id, userId })).toBeUndefined()
  })
})

describe('a session of a connection that was removed from the configuration', () => {
  it('is refused without a look into the store, and can still be ended', async () => {
    const { isolate, store, token, record } = await createSession()
    const { store: watched, calls } = counted(store)
    const without = isolate({ store: watched, connections: ['other'] })
    for (const options of [{}, { fresh: true }, { renew: true }]) {
      expect(await without.find(token, options)).toBeUndefined()
    }
    expect(calls()).toBe(0)
    expect(await without.end(token)).toEqual(record)
    expect(await isolate().find(token)).toBeUndefined()
  })

  it('goes on when the connection is put back', async () => {
    const { isolate, token } = await createSession()
    expect(await isolate({ connections: [] }).find(token)).toBeUndefined()
    expect(await isolate().find(token)).toBeDefined()
  })
})

describe('a token', () => {
  it('names no session when it is missing, made up, altered or cut, and the store is not asked', async () => {
    const { isolate, token, record, sealer } = await createSession()
    const sessions = isolate({ store: failing })
    const middle = token.length / 2
    const content = JSON.stringify([record.id, record.userId, 'acme', record.createdAt, record.expiresAt])
    const wrong = [
      undefined,
      '',
      'token',
      record.id,
      record.userId,
      'A'.repeat(300),
      token.slice(1),
      token.slice(0, -1),
      token.slice(0, middle),
      `${token}A`,
      `${token.slice(0, middle)}${token[middle] === 'A' ? 'B' : 'A'}${token.slice(middle + 1)}`,
      await sealer.seal('document', '', content),
      await sealer.seal('id-token', record.id, content),
      await sealToken(record, record.createdAt, createSealer([new Secret(randomId(32))])),
    ]
    for (const text of wrong) {
      for (const options of [{}, { fresh: true }, { renew: true }]) {
        expect(await sessions.find(text, options)).toBeUndefined()
      }
      expect(await sessions.end(text)).toBeUndefined()
    }
    expect(await isolate().find(token)).toBeDefined()
  })

  it('names no session when the record belongs to another user', async () => {
    const { isolate, record, sealer, clock } = await createSession()
    const other = await sealToken({ ...record, userId: 'somebody else' }, clock.now(), sealer)
    expect(await isolate().find(other)).toBeUndefined()
    expect(await isolate().end(other)).toBeUndefined()
  })
})

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
  const ends: [string, (installation: Awaited<ReturnType<typeof createSession>>) => Promise<unknown>][] = [
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

describe('a replaced secret', () => {
  const secretOf = () => new Secret(randomId(32))

  it('opens tokens while it is in the list, and a renewal seals them under the newest', async () => {
    const [older, newer] = [secretOf(), secretOf()]
    const { isolate, clock, token, record } = await createSession({ sealer: createSealer([older]) })
    const both = isolate({ sealer: createSealer([newer, older]) })
    const onlyNewer = isolate({ sealer: createSealer([newer]) })
    expect((await both.find(token))?.record).toEqual(record)
    expect(await onlyNewer.find(token)).toBeUndefined()
    clock.advance(SESSION_FRESHNESS)
    const renewed = (await both.find(token, { renew: true }))?.renewed
    expect((await onlyNewer.find(renewed))?.record.id).toBe(record.id)
    expect(await isolate({ sealer: createSealer([older]) }).find(renewed)).toBeUndefined()
  })

  it('opens and ends nothing once it is removed', async () => {
    const [older, newer] = [secretOf(), secretOf()]
    const { isolate, token } = await createSession({ sealer: createSealer([older]) })
    const without = isolate({ sealer: createSealer([newer]) })
    expect(await without.find(token, { renew: true })).toBeUndefined()
    expect(await without.end(token)).toBeUndefined()
    expect(await isolate({ sealer: createSealer([newer, older]) }).find(token)).toBeDefined()
  })
})

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
    for (const [, group] of groupsOf(record)) {
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
    for (const [, group] of groupsOf(record)) await sessions.endAll(group)
    await expect(sessions.begin(beginningWith(begunAt, stranger))).resolves.toBeDefined()
  })
})

describe('a session store that can not be reached', () => {
  it('lets what is in memory go on until it is too old', async () => {
    const installation = await createSession()
    const { clock, token, record } = installation
    const flaky = { ...installation.store }
    const sessions = installation.isolate({ store: flaky })
    await sessions.find(token)
    Object.assign(flaky, failing)
    clock.advance(SESSION_FRESHNESS - 1)
    expect((await sessions.find(token))?.record).toEqual(record)
    clock.advance(1)
    expect(await refusalOf(sessions.find(token))).toBe('session_store_unavailable')
    Object.assign(flaky, installation.store)
    expect((await sessions.find(token))?.record.id).toBe(record.id)
  })

  it('says so wherever it had to be asked, and nobody is reported ended who may be alive', async () => {
    const { isolate, clock, token, record } = await createSession()
    const sessions = isolate({ store: failing })
    const group = groupOf(record, 'user')
    const { id, userId } = record
    const attempts = [
      () => sessions.begin(beginningWith(clock.now())),
      () => sessions.find(token),
      () => sessions.find(token, { fresh: true }),
      () => sessions.find(token, { renew: true }),
      () => sessions.end(token),
      () => sessions.endOne({ id, userId }),
      () => sessions.endAll(group),
      () => sessions.list(group),
    ]
    for (const attempt of attempts) expect(await refusalOf(attempt())).toBe('session_store_unavailable')
    expect((await isolate().find(token))?.record).toEqual(record)
  })

  it('keeps what it failed with as the cause', async () => {
    const { isolate, token } = await createSession()
    await expect(isolate({ store: failing }).find(token)).rejects.toMatchObject({
      cause: new Error('unreachable'),
    })
  })

  it('ends nothing in the memory either', async () => {
    const installation = await createSession()
    const { token, record } = installation
    const sessions = installation.isolate({
      store: { ...installation.store, end: unreachable, endAll: unreachable },
    })
    await sessions.find(token)
    expect(await refusalOf(sessions.end(token))).toBe('session_store_unavailable')
    expect(await refusalOf(sessions.endAll(groupOf(record, 'user')))).toBe('session_store_unavailable')
    expect((await sessions.find(token))?.record).toEqual(record)
    expect((await sessions.find(token, { fresh: true }))?.record).toEqual(record)
  })

  it('gives nothing to who asks for an answer that is true this moment, although it is in memory', async () => {
    const installation = await createSession()
    const flaky = { ...installation.store }
    const sessions = installation.isolate({ store: flaky })
    await sessions.find(installation.token)
    Object.assign(flaky, failing)
    expect(await refusalOf(sessions.find(installation.token, { fresh: true }))).toBe(
      'session_store_unavailable',
    )
    expect(await sessions.find(installation.token)).toBeDefined()
  })

  it('lets what is in memory go on although it is time to renew the token', async () => {
    const installation = await createSession()
    const flaky = { ...installation.store }
    const sessions = installation.isolate({ store: flaky })
    installation.clock.advance(SESSION_FRESHNESS)
    await sessions.find(installation.token)
    Object.assign(flaky, failing)
    expect(await sessions.find(installation.token, { renew: true })).toBeDefined()
  })

  it('is noticed when it throws instead of rejecting', async () => {
    const { isolate, token } = await createSession()
    const touch = () => {
      throw new Error('unreachable')
    }
    const sessions = isolate({ store: { ...failing, touch } })
    expect(await refusalOf(sessions.find(token))).toBe('session_store_unavailable')
  })

  it('leaves no session to a login that it refused', async () => {
    const { isolate, clock, store } = createInstallation()
    const sessions = isolate({ store: { ...store, save: unreachable } })
    expect(await refusalOf(sessions.begin(beginningWith(clock.now())))).toBe('session_store_unavailable')
    expect(await store.list({ by: 'connection', connection: 'acme' })).toEqual([])
  })
})
