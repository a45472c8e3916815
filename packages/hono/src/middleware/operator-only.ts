import type { EventSink, Secret } from '@doorward/core'
import { createMiddleware } from 'hono/factory'
import { timingSafeEqual } from 'hono/utils/buffer'
import type { AppEnvironment } from '../context.ts'
import { problem } from '../errors.ts'

/**
 * Lets only operators call, who bring one of the tokens as `Authorization: Bearer TOKEN`
 * ([RFC 6750, section 2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)). A browser never sends that by itself,
 * so another site can not use it.
 *
 * @param tokens several while one is being replaced; none where operators are not wanted: then there is nothing here
 */
export function operatorOnly(tokens: readonly Secret[], events: EventSink) {
  return createMiddleware<AppEnvironment>(async (c, next) => {
    if (tokens.length === 0) return problem(c, 'not_found')
    const unverifiedToken = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    const matches = await Promise.all(tokens.map((token) => timingSafeEqual(token.reveal(), unverifiedToken)))
    if (matches.includes(true)) {
      c.set('isOperator', true)
      return next()
    }
    events.emit({ type: 'operator.refused', requestId: c.var.requestId })
    c.header('www-authenticate', 'Bearer')
    return problem(c, 'not_an_operator')
  })
}
