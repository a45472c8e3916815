import { SsoError } from '@doorward/core'
import { createMiddleware } from 'hono/factory'
import type { AppEnvironment } from '../context.ts'

/**
 * Lets other sites send people here, but nothing else: an image or a script of theirs could begin logins by the
 * hundred and push a person's own out of the browser
 * ([Fetch Metadata](https://www.w3.org/TR/fetch-metadata/)). Answers that are posted come as navigations too. Old browsers without these headers pass.
 */
export const navigationOnly = createMiddleware<AppEnvironment>(async (c, next) => {
  const site = c.req.header('sec-fetch-site')
  const foreign = site === 'cross-site' || site === 'same-site'
  const mode = c.req.header('sec-fetch-mode')
  const framed = c.req.header('sec-fetch-dest') !== 'document'
  if (foreign && (mode !== 'navigate' || framed)) {
    const details = { site, mode: mode ?? 'none' }
    throw new SsoError(
      'request_cross_site',
      'another site may begin or complete a login only by navigating here',
      {
        details,
      },
    )
  }
  await next()
})
