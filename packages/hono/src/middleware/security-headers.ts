import type { BaseUrl } from '@doorward/core'
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { AppEnvironment } from '../context.ts'

/** Headers for everything that is not the page: nothing in an answer runs, is framed, cached, or leaks an address. */
export function securityHeaders(baseUrl: BaseUrl): MiddlewareHandler<AppEnvironment> {
  const headers = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    strictTransportSecurity: baseUrl.startsWith('https:') ? 'max-age=31536000' : false,
  })
  return async (c, next) => {
    await headers(c, next)
    c.header('cache-control', 'no-store')
  }
}
