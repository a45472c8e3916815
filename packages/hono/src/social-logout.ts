import {
  type LoginServices,
  randomId,
  type SessionRecord,
  type SocialConnection,
  SsoError,
} from '@doorward/core'
import { socialLogoutUrl } from '@doorward/core/social'
import type { Context } from 'hono'
import type { AppEnvironment } from './context.ts'
import { clearLogoutCookie, readLogoutCookie, writeLogoutCookie } from './cookies.ts'
import { SIGNED_OUT, SIGNED_OUT_EVERYWHERE } from './signed-out.ts'

/** What signing out at a social provider needs. */
type SocialLogoutServices = Pick<LoginServices, 'baseUrl' | 'selector'>

/**
 * Where a sign-out leads that ended a session from a social account: on to the provider, where that is wanted, and back.
 *
 * @returns undefined for the page alone
 */
export function leaveSocial(
  c: Context<AppEnvironment>,
  { identity }: SessionRecord,
  { baseUrl, selector }: SocialLogoutServices,
): string | undefined {
  if (identity.protocol !== 'social') return undefined
  const connection = find(identity.connection, selector)
  const url = connection && socialLogoutUrl(connection, baseUrl)
  // Under the same id there may be another user pool by now, to which this person is nobody.
  if (!url || url.origin !== identity.issuer) return undefined
  writeLogoutCookie(c, { connection: identity.connection, requestId: randomId(16) })
  return url.href
}

/** Answers a browser that comes back. It is signed out here, whoever comes; only what it may rely on is decided. */
export function returnFromSocial(c: Context<AppEnvironment>, id: string): Response {
  const isAwaited = readLogoutCookie(c)?.connection === id
  if (isAwaited) clearLogoutCookie(c)
  return c.redirect(isAwaited ? SIGNED_OUT_EVERYWHERE : SIGNED_OUT, 303)
}

/** @returns undefined when there is no such connection any more */
function find(id: string, selector: LoginServices['selector']): SocialConnection | undefined {
  try {
    return selector.byId('social', id)
  } catch (error) {
    if (error instanceof SsoError && error.code === 'connection_not_found') return undefined
    throw error
  }
}
