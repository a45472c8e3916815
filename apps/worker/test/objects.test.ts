import { env, runInDurableObject } from 'cloudflare:test'
import { systemClock } from '@doorward/core/ports'
import { recordWith } from '@doorward/core/testing'
import { describe, expect, it } from 'vitest'
import type { Env } from '../src/composition.ts'
import { createDurableLedger } from '../src/objects/ledger.ts'
import { onceMore } from '../src/objects/once-more.ts'
import { SessionStoreObject } from '../src/objects/session-store.ts'
import { shards } from '../src/objects/shard.ts'

const { LEDGER, SESSIONS } = env as unknown as Env

it('spreads claims over all objects, and keeps those of one scope in one', async () => {
  const ledger = createDurableLedger(LEDGER, systemClock)
  const until = systemClock() + 60_000
  await Promise.all(Array.from({ length: 200 }, (_, n) => ledger.claim(`spread ${n}`, ['a', 'b'], until)))
  const scopes = await Promise.all(
    shards.map((name) =>
      runInDurableObject(LEDGER.getByName(name), (_, { storage }) =>
        storage.sql
          .exec<{ scope: string; keys: number }>(
            "SELECT scope, count(*) AS keys FROM claims WHERE scope LIKE 'spread %' GROUP BY scope",
          )
          .toArray(),
      ),
    ),
  )
  expect(scopes.flat()).toHaveLength(200)
  expect(scopes.flat().every(({ keys }) => keys === 2)).toBe(true)
  for (const ofShard of scopes) expect(ofShard.length).toBeGreaterThan(0)
})

it('stores nothing of a claim that fails in the middle', async () => {
  const shard = LEDGER.getByName('where a claim fails')
  await runInDurableObject(shard, (_, { storage }) =>
    storage.sql.exec(
      "CREATE TRIGGER fail BEFORE INSERT ON claims WHEN NEW.key = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END",
    ),
  )
  const now = systemClock()
  // Inside the object: an exception that leaves it would undo everything by itself.
  await runInDurableObject(shard, async (object) => {
    await expect(object.claim('scope', ['good', 'bad'], now + 60_000, now)).rejects.toThrow()
    expect(await object.claim('scope', ['good'], now + 60_000, now)).toBe(true)
  })
})

it('takes over the sessions of an object that an earlier version made, and finds people by their NameID after that', async () => {
  const now = systemClock()
  const old = recordWith(now, { id: 'old' })
  const shard = SESSIONS.getByName('of an earlier version')
  await shard.save(JSON.stringify(old))
  await runInDurableObject(shard, async (_, state) => {
    state.storage.sql.exec('DROP INDEX sessions_by_name_id')
    state.storage.sql.exec('ALTER TABLE sessions DROP COLUMN name_id')
    const updated = new SessionStoreObject(state, env as Cloudflare.Env)
    expect(await updated.touch(old, now + 1, now)).toBeDefined()
    const nameId = {
      value: 'user-1',
      format: undefined,
      nameQualifier: undefined,
      spNameQualifier: undefined,
    }
    const providerSession = { protocol: 'saml', sessionIndex: '_1', nameId } as const
    await updated.save(JSON.stringify({ ...old, id: 'new', providerSession }))
    const { connection, issuer } = old.identity
    const person = { by: 'name-id', connection, issuer, nameId, sessionIndex: undefined } as const
    expect(await updated.endAll(person, now)).toBe(1)
    expect(await updated.touch(old, now + 1, now)).toBeDefined()
  })
})

describe('a call that fails', () => {
  const failing = (times: number, error: object) => {
    let calls = 0
    return async () => {
      calls++
      if (calls <= times) throw Object.assign(new Error('reset'), error)
      return calls
    }
  }

  it('is made once more when the platform says that it may be', async () => {
    expect(await onceMore(failing(1, { retryable: true }))).toBe(2)
    await expect(onceMore(failing(2, { retryable: true }))).rejects.toThrow('reset')
  })

  it('is not made again for any other reason', async () => {
    await expect(onceMore(failing(1, {}))).rejects.toThrow('reset')
    await expect(onceMore(failing(1, { retryable: true, overloaded: true }))).rejects.toThrow('reset')
  })
})
