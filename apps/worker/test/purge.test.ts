import { env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { PURGE_INTERVAL, type SessionRecord } from '@doorward/core/ports'
import { expect, it } from 'vitest'
import type { Env } from '../src/composition.ts'
import type { SessionStoreObject } from '../src/objects/session-store.ts'

const { LEDGER, SESSIONS } = env as unknown as Env

it('removes claims once they have expired, keeps the others, and stops when none is left', async () => {
  const shard = LEDGER.getByName('a shard of this test')
  const now = Date.now()
  await shard.claim('scope', ['expired'], now + 60_000, now)
  await shard.claim('scope', ['alive'], now + 60_000, now)
  const sql = (statement: string) =>
    runInDurableObject(shard, (_, { storage }) => storage.sql.exec<{ key: string }>(statement).toArray())
  await sql("UPDATE claims SET expires_at = 0 WHERE key = 'expired'")
  expect(await runDurableObjectAlarm(shard)).toBe(true)
  expect(await sql('SELECT key FROM claims')).toEqual([{ key: 'alive' }])
  expect(await runInDurableObject(shard, (_, { storage }) => storage.getAlarm())).not.toBeNull()

  await sql('UPDATE claims SET expires_at = 0')
  expect(await runDurableObjectAlarm(shard)).toBe(true)
  expect(await runInDurableObject(shard, (_, { storage }) => storage.getAlarm())).toBeNull()
})

it('is expected of an object once something is written there, and not before', async () => {
  const now = Date.now()
  const alarmOf = (shard: DurableObjectStub<SessionStoreObject>) =>
    runInDurableObject(shard, (_, { storage }) => storage.getAlarm())
  const [saved, ended] = [SESSIONS.getByName('with a session'), SESSIONS.getByName('with a tombstone')]
  for (const shard of [saved, ended]) expect(await alarmOf(shard)).toBeNull()
  await saved.save(JSON.stringify(recordWith(now)))
  await ended.endAll({ by: 'user', userId: 'user' }, now)
  for (const shard of [saved, ended])
    expect(await alarmOf(shard)).toBeLessThanOrEqual(Date.now() + PURGE_INTERVAL)
  await saved.purge(now + 60_000)
  expect(await saved.touch({ userId: 'user', id: 'session' }, now + 1, now)).toBeUndefined()
})

/** A record that is over after a minute. */
function recordWith(now: number): SessionRecord {
  return {
    id: 'session',
    userId: 'user',
    identity: {
      connection: 'acme',
      protocol: 'oidc',
      issuer: 'https://idp.example',
      subject: 'user-1',
      email: undefined,
      emailVerified: false,
      username: undefined,
      name: undefined,
      givenName: undefined,
      familyName: undefined,
      picture: undefined,
      groups: [],
    },
    providerSession: { protocol: 'social' },
    begunAt: now,
    createdAt: now,
    usedAt: now,
    idleUntil: now + 60_000,
    expiresAt: now + 60_000,
  }
}
