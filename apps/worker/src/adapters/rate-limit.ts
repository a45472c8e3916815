import type { Limiter } from '@doorward/core'

/** The {@link Limiter} over the Rate Limiting binding; the numbers are in wrangler.jsonc. */
export function createRateLimiter(binding: RateLimit): Limiter {
  return {
    async allow(key) {
      return (await binding.limit({ key })).success
    },
  }
}
