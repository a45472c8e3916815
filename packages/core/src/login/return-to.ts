import type { BaseUrl } from '../config/base-url.ts'
import { SsoError } from '../errors/index.ts'

declare const brand: unique symbol

/** A path of our own origin, with query, that a browser may be sent to after a login. */
export type ReturnTo = string & { readonly [brand]: 'ReturnTo' }

/** Where a login leads when nothing else was asked for. */
export const DEFAULT_RETURN_TO = '/' as ReturnTo

/** Transactions travel in a cookie, so this has to be short. */
const MAX_LENGTH = 1024

/**
 * The one parser for every address that somebody wants to be sent to after a login: `next`, and later RelayState and
 * `target_link_uri`. It resolves the address as a browser would, compares the origin, and hands on path and query
 * only, so that what was compared is what is used.
 *
 * @param value what was asked for; undefined or empty gives {@link DEFAULT_RETURN_TO}
 * @throws SsoError `return_to_refused` for another origin, for our own login URLs (a loop), and for anything that
 *   browsers or servers have been seen to read in two ways: a backslash, a control character, two slashes at the
 *   start, also where they are encoded
 */
export function parseReturnTo(value: string | undefined, baseUrl: BaseUrl): ReturnTo {
  if (value === undefined || value === '') return DEFAULT_RETURN_TO
  if (value.length > MAX_LENGTH || /[\p{Cc}\p{Z}\\]/u.test(value)) throw refused()
  // A path, or an absolute URL of ours: what is relative to a page means something else on every page.
  if (!/^\/(?!\/)/.test(value) && !value.startsWith(`${baseUrl}/`)) throw refused()
  const url = URL.parse(value, baseUrl)
  if (!url || url.origin !== baseUrl || url.username || url.password) throw refused()
  if (leadsAstray(url.pathname) || leadsAstray(asLenientServersRead(url.pathname))) throw refused()
  const returnTo = `${url.pathname}${url.search}` as ReturnTo
  // Once more: what is not ASCII grew when it was encoded.
  if (returnTo.length > MAX_LENGTH) throw refused()
  return returnTo
}

/** Some decode a path before they route it, take a backslash for a slash, and drop `;parameters`. */
function asLenientServersRead(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
      .replaceAll('\\', '/')
      .replace(/;[^/]*/g, '')
  } catch {
    throw refused()
  }
}

/** Another host, a way up that the URL class did not see, or our own login URLs. */
function leadsAstray(pathname: string): boolean {
  return /^\/\/|\/\.{1,2}(\/|$)|^\/api\/+auth(\/|$)/i.test(pathname)
}

function refused(): SsoError {
  return new SsoError('return_to_refused', 'the address to return to is not a path of this site')
}
