import { type Failure, readFailure } from './failure.ts'

/** How the person came to this page. */
export interface Arrival {
  /**
   * Where to go after the login. Opaque: it is handed to the server, which decides, and never navigated to
   * from here, so that a link to this page can not send anyone elsewhere.
   */
  readonly next: string | null
  /** The person just signed out: the next login must not end with the same account unasked. */
  readonly isSignedOut: boolean
  /** Where else the person was signed out: at the identity provider too, or perhaps `here` alone. */
  readonly signedOut: 'everywhere' | 'here' | null
  /** A link in an app led here to sign out. Only asked about: a link must not sign anybody out. */
  readonly asksSignOut: boolean
  /** How the identity provider to go to calls itself: a link from there says it, and nobody needs to type. */
  readonly issuer: string | null
  /** The address that the person is expected to type. */
  readonly loginHint: string | null
  /** Why an earlier attempt ended, when this is where it ended. */
  readonly failure: Failure | null
}

export function readArrival(search: string): Arrival {
  const query = new URLSearchParams(search)
  const error = query.get('error')
  const signedOut = query.get('signed_out')
  return {
    next: query.get('next'),
    isSignedOut: query.get('prompt') === 'login',
    signedOut: signedOut === 'everywhere' || signedOut === 'here' ? signedOut : null,
    asksSignOut: query.get('sign_out') === '1',
    issuer: query.get('iss'),
    loginHint: query.get('login_hint'),
    failure: error === null ? null : readFailure(error, query.get('request_id')),
  }
}

const saidOnce = ['error', 'request_id', 'sign_out', 'signed_out', 'iss', 'login_hint']

/** The same address without what was said once: a reload or a bookmark must not bring it back. */
export function tidyAddress(href: string): string {
  const url = new URL(href)
  if (!saidOnce.some((name) => url.searchParams.has(name))) return href
  for (const name of saidOnce) url.searchParams.delete(name)
  return url.href
}
