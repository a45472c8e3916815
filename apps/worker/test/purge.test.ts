import { env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { expect, it } from 'vitest'
import type { Env } from '../src/composition.ts'

const { LEDGER } = env as unknown as Env

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
