import type { BaseUrl } from '@doorward/core'
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { AppEnvironment } from '../context.ts'

/** Headers for everything that is not the page: nothing in an answer runs, is framed, or leaks an address,
 * and nothing is cached that does not say so itself. */
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
    const { contentSecurityPolicy, framedBy } = c.var
    if (contentSecurityPolicy !== undefined) c.header('content-security-policy', contentSecurityPolicy)
    if (framedBy?.length) {
      const policy = c.res.headers.get('content-security-policy') ?? ''
      const allowed = `frame-ancestors ${framedBy.join(' ')}`
      c.header('content-security-policy', policy.replace("frame-ancestors 'none'", allowed))
      // It knows of no list, and would forbid what the policy allows where that is not understood.
      c.header('x-frame-options', undefined)
    }
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  }
}
