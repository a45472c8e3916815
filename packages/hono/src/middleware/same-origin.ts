import { type BaseUrl, SsoError } from '@doorward/core'
import { createMiddleware } from 'hono/factory'
import type { AppEnvironment } from '../context.ts'

/** Lets only our own pages call: what changes something must not be reachable from a form on another site. */
export function sameOrigin(baseUrl: BaseUrl) {
  return createMiddleware<AppEnvironment>(async (c, next) => {
    const site = c.req.header('sec-fetch-site')
    const same = site === undefined ? c.req.header('origin') === baseUrl : site === 'same-origin'
    if (!same) throw new SsoError('request_cross_site', 'only pages of this site may call this')
    await next()
  })
}
