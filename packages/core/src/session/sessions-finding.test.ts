import { describe, expect, it } from 'vitest'
import { createInstallation, createSession } from '../../test/installation.ts'
import { counted, failing } from '../../test/stores.ts'
import { randomId } from '../encoding/random.ts'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import { admittedWith, beginningWith } from '../testing/people.ts'
import { SESSION_LIFETIME } from './record.ts'
import { SESSION_FRESHNESS } from './sessions.ts'
import { sealToken } from './token.ts'

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
