import { type Limiter, SsoError } from '@doorward/core'
import { createMiddleware } from 'hono/factory'
import type { AppEnvironment } from '../context.ts'

/**
 * Slows down an address that asks too often.
 *
 * @param limiter undefined where limits are switched off in the configuration
 * @param clientAddress who is asking
 */
export function rateLimit(limiter: Limiter | undefined, clientAddress: (request: Request) => string) {
  return createMiddleware<AppEnvironment>(async (c, next) => {
    // A limiter that fails must not lock everybody out: nothing that is safe depends on it.
    const allowed = await limiter?.allow(clientAddress(c.req.raw)).catch(() => true)
    if (allowed === false) throw new SsoError('rate_limited', 'too many requests from one address')
    await next()
  })
}
