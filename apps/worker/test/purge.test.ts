import { env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { expect, it } from 'vitest'
import type { Env } from '../src/composition.ts'

const { LEDGER } = env as unknown as Env

it('removes claims once they have expired, keeps the others, and stops when none is left', async () => {
  const shard = LEDGER.getByName('a shard of this test')
  const now = Date.now()
  await shard.claim('expired', now - 1)
  await shard.claim('alive', now + 60_000)
  expect(await runDurableObjectAlarm(shard)).toBe(true)
  const keys = await runInDurableObject(shard, (_, state) =>
    state.storage.sql.exec<{ key: string }>('SELECT key FROM entries').toArray(),
  )
  expect(keys).toEqual([{ key: 'alive' }])
  expect(await runInDurableObject(shard, (_, state) => state.storage.getAlarm())).not.toBeNull()

  await runInDurableObject(shard, (_, state) => state.storage.sql.exec('UPDATE entries SET expires_at = 0'))
  expect(await runDurableObjectAlarm(shard)).toBe(true)
  expect(await runInDurableObject(shard, (_, state) => state.storage.getAlarm())).toBeNull()
})
