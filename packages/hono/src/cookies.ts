import {
  type BegunSession,
  isTransactionId,
  LOGOUT_REFERENCE_LIFETIME,
  TRANSACTION_LIFETIME,
} from '@doorward/core'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

/**
 * The only place that reads and writes cookies. All of them are bound to exactly this host by their prefix, out of
 * reach of scripts, and sent over https alone (browsers count localhost as such).
 */

const SESSION = '__Host-doorward-session'
const LOGIN_PREFIX = '__Host-doorward-login-'
const UNSOLICITED = '__Host-doorward-unsolicited'
const LEAVING = '__Host-doorward-leaving'
const LOGOUT = '__Host-doorward-logout'

/** How many logins one browser may have pending. */
const MAX_PENDING = 5

/** How many characters the pending logins may take together: servers refuse requests with large headers. */
const MAX_PENDING_LENGTH = 3000

/** For how long it is remembered that somebody was sent to ask for an answer that had come unasked, in seconds. */
const UNSOLICITED_MAX_AGE = 60

/** How long a person may take to sign out at the identity provider, in seconds. */
const LOGOUT_MAX_AGE = 600

const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

/**
 * How an identity provider's answer comes: as an address that the browser goes to, or in a form that it posts from
 * there. With the latter, browsers send only the cookies that say `SameSite=None`.
 */
export type Arrival = 'navigation' | 'post'

function attributesFor(arrival: Arrival) {
  return { ...attributes, sameSite: arrival === 'post' ? 'None' : 'Lax' } as const
}

/** @returns what stands for the session, if this browser has one */
export function readSessionCookie(c: Context): string | undefined {
  return getCookie(c, SESSION)
}

/**
 * Replaces whatever session this browser had.
 *
 * @param now the time, in milliseconds since the epoch
 */
export function writeSessionCookie(c: Context, { token, record }: BegunSession, now: number): void {
  const maxAge = Math.max(1, Math.floor((record.expiresAt - now) / 1000))
  setCookie(c, SESSION, token, { ...attributes, maxAge })
}

/** Removes the session's cookie; the session itself is ended elsewhere. */
export function clearSessionCookie(c: Context): void {
  setCookie(c, SESSION, '', { ...attributes, maxAge: 0 })
}

/** @returns the sealed transaction that this browser keeps for the login `id` */
export function readLoginCookie(c: Context, id: string): string | undefined {
  return isTransactionId(id) ? getCookie(c, LOGIN_PREFIX + id)?.split('.')[1] : undefined
}

/** When a login was begun, and how its answer comes. */
interface PendingLogin {
  /** In milliseconds since the epoch; stands in front of the value so that the oldest can be found. */
  readonly now: number
  readonly arrival: Arrival
}

/**
 * Keeps a pending login in this browser, in a cookie of its own so that two tabs do not disturb each other, and drops
 * the oldest ones when there are too many.
 */
export function writeLoginCookie(
  c: Context,
  login: { id: string; sealed: string },
  { now, arrival }: PendingLogin,
): void {
  const value = `${now}.${login.sealed}`
  let length = value.length + LOGIN_PREFIX.length
  const others = Object.entries(getCookie(c))
    .filter(([name]) => name.startsWith(LOGIN_PREFIX) && isTransactionId(name.slice(LOGIN_PREFIX.length)))
    .sort(([, a], [, b]) => Number.parseInt(b, 10) - Number.parseInt(a, 10))
  for (const [index, [name, pending]] of others.entries()) {
    length += name.length + pending.length
    if (index >= MAX_PENDING - 1 || length > MAX_PENDING_LENGTH)
      setCookie(c, name, '', { ...attributes, maxAge: 0 })
  }
  const maxAge = TRANSACTION_LIFETIME / 1000
  setCookie(c, LOGIN_PREFIX + login.id, value, { ...attributesFor(arrival), maxAge })
}

/** Removes a login that has been answered. */
export function clearLoginCookie(c: Context, id: string, arrival: Arrival): void {
  if (isTransactionId(id)) setCookie(c, LOGIN_PREFIX + id, '', { ...attributesFor(arrival), maxAge: 0 })
}

/** @returns the connection of which an answer came unasked within the last minute */
export function readUnsolicitedCookie(c: Context): string | undefined {
  return getCookie(c, UNSOLICITED)
}

/** Remembers for a minute that an answer of `connection` came unasked, and that the browser was sent to ask for one. */
export function writeUnsolicitedCookie(c: Context, connection: string): void {
  setCookie(c, UNSOLICITED, connection, { ...attributesFor('post'), maxAge: UNSOLICITED_MAX_AGE })
}

/** Forgets it: the answer that was asked for has come. */
export function clearUnsolicitedCookie(c: Context): void {
  if (readUnsolicitedCookie(c) !== undefined) {
    setCookie(c, UNSOLICITED, '', { ...attributesFor('post'), maxAge: 0 })
  }
}

/** Keeps in this browser that it may leave to be signed out at an identity provider, as a reference with this `nonce` says. */
export function writeLeavingCookie(c: Context, nonce: string): void {
  setCookie(c, LEAVING, nonce, { ...attributes, maxAge: LOGOUT_REFERENCE_LIFETIME / 1000 })
}

/** @returns the nonce, once: it is forgotten then */
export function takeLeavingCookie(c: Context): string | undefined {
  const nonce = getCookie(c, LEAVING)
  if (nonce !== undefined) setCookie(c, LEAVING, '', { ...attributes, maxAge: 0 })
  return nonce
}

/** A logout that this browser began at an identity provider. */
interface PendingLogout {
  readonly connection: string
  /** What its answer names. */
  readonly requestId: string
}

/** @returns whether this browser waits for the answer to a logout, and for which */
export function readLogoutCookie(c: Context): PendingLogout | undefined {
  const [connection = '', requestId] = getCookie(c, LOGOUT)?.split(' ') ?? []
  return requestId === undefined ? undefined : { connection, requestId }
}

/** Keeps in this browser which logout it began. The answer may be posted from there. */
export function writeLogoutCookie(c: Context, { connection, requestId }: PendingLogout): void {
  const value = `${connection} ${requestId}`
  setCookie(c, LOGOUT, value, { ...attributesFor('post'), maxAge: LOGOUT_MAX_AGE })
}

/** Forgets it: the answer has come. */
export function clearLogoutCookie(c: Context): void {
  if (readLogoutCookie(c)) setCookie(c, LOGOUT, '', { ...attributesFor('post'), maxAge: 0 })
}
