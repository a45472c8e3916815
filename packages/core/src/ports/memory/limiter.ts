import type { Clock } from '../clock.ts'
import type { Limiter } from '../limiter.ts'

/**
 * A limiter for one process: a fixed window of a minute.
 *
 * @param limit how many calls one key may make in each minute
 */
export function createMemoryLimiter(limit: number, clock: Clock): Limiter {
  let window = 0
  let counts = new Map<string, number>()
  return {
    async allow(key) {
      const current = Math.floor(clock() / 60_000)
      if (current !== window) {
        window = current
        counts = new Map()
      }
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count <= limit
    },
  }
}
