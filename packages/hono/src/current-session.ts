import type { Clock, SessionRecord, Sessions } from '@doorward/core'
import type { Context } from 'hono'
import { readSessionCookie, writeSessionCookie } from './cookies.ts'
import { isNavigation } from './navigation.ts'

/** What it takes to know who is signed in. */
export interface CurrentSessionServices {
  readonly sessions: Sessions
  readonly clock: Clock
}

/**
 * Who sends this request. Counts as a use of the session, and renews its cookie where it is time and a browser is
 * navigating. Calls of a page come many at once, and a late answer to one of them could put an old session's cookie in
 * the place of a new one.
 *
 * @param options `fresh`: read the record, however lately that was done
 * @throws SsoError `session_store_unavailable`
 */
export async function currentSession(
  c: Context,
  { sessions, clock }: CurrentSessionServices,
  options: { readonly fresh: boolean },
): Promise<SessionRecord | undefined> {
  const renew = isNavigation(c.req.raw)
  const found = await sessions.find(readSessionCookie(c), { ...options, renew })
  if (found?.renewed !== undefined) {
    writeSessionCookie(c, { token: found.renewed, record: found.record }, clock())
  }
  return found?.record
}
