import { env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { PURGE_INTERVAL } from '@doorward/core/ports'
import { recordWith } from '@doorward/core/testing'
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
  const record = recordWith(now)
  await saved.save(JSON.stringify(record))
  await ended.endAll({ by: 'user', userId: 'user' }, now)
  for (const shard of [saved, ended])
    expect(await alarmOf(shard)).toBeLessThanOrEqual(Date.now() + PURGE_INTERVAL)
  await saved.purge(record.idleUntil)
  expect(await saved.touch({ userId: record.userId, id: record.id }, now + 1, now)).toBeUndefined()
})
