import { type EventSink, SECRET_MIN_LENGTH, type Secret } from '@doorward/core'
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
 * @throws TypeError when one is so short that it could be guessed
 */
export function operatorOnly(tokens: readonly Secret[], events: EventSink) {
  if (tokens.some((token) => token.reveal().length < SECRET_MIN_LENGTH)) {
    throw new TypeError(`an operator's token needs at least ${SECRET_MIN_LENGTH} characters`)
  }
  return createMiddleware<AppEnvironment>(async (c, next) => {
    if (tokens.length === 0) return problem(c, 'not_found')
    const unverifiedToken = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    if (unverifiedToken !== undefined && (await isOneOf(tokens, unverifiedToken))) {
      c.set('isOperator', true)
      return next()
    }
    events.emit({ type: 'operator.refused', requestId: c.var.requestId })
    c.header('www-authenticate', 'Bearer')
    return problem(c, 'not_an_operator')
  })
}

async function isOneOf(tokens: readonly Secret[], unverifiedToken: string): Promise<boolean> {
  const matches = await Promise.all(tokens.map((token) => timingSafeEqual(token.reveal(), unverifiedToken)))
  return matches.includes(true)
}
