import { randomReference } from '@doorward/core'
import { createMiddleware } from 'hono/factory'
import type { AppEnvironment } from '../context.ts'

/** Names each request. An id that the client sends is not taken over: it could forge or flood the event log. */
export const requestId = createMiddleware<AppEnvironment>(async (c, next) => {
  c.set('requestId', randomReference())
  await next()
  c.header('x-request-id', c.var.requestId)
})
