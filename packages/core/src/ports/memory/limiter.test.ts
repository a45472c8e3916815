import { expect, it } from 'vitest'
import { createFixedClock } from '../../testing/fixed-clock.ts'
import { createMemoryLimiter } from './limiter.ts'

async function ask(limiter: ReturnType<typeof createMemoryLimiter>, key: string, times: number) {
  return (await Promise.all(Array.from({ length: times }, () => limiter.allow(key)))).filter(Boolean).length
}

it('lets the limit pass and no more', async () => {
  const limiter = createMemoryLimiter(3, createFixedClock(90_000).now)
  expect(await ask(limiter, '192.0.2.1', 10)).toBe(3)
})

it('counts each address by itself', async () => {
  const limiter = createMemoryLimiter(3, createFixedClock(90_000).now)
  await ask(limiter, '192.0.2.1', 10)
  expect(await ask(limiter, '192.0.2.2', 10)).toBe(3)
})

it('starts anew with the next minute', async () => {
  const clock = createFixedClock(119_999)
  const limiter = createMemoryLimiter(3, clock.now)
  await ask(limiter, '192.0.2.1', 10)
  expect(await ask(limiter, '192.0.2.1', 1)).toBe(0)
  clock.advance(1)
  expect(await ask(limiter, '192.0.2.1', 10)).toBe(3)
})
