import { randomToken } from './encoding.ts'
import { signJwt } from './jwt.ts'
import type { KeyRing } from './keys.ts'
import {
  type LogoutPersonality,
  type LogoutPersonalityName,
  logoutEvent,
  logoutPersonalities,
} from './personalities/logout.ts'
import type { Client } from './types.ts'

/** As short as section 2.4 recommends. */
const logoutTokenLifetimeSeconds = 120

/** Whom the provider signs out, and at which client. At least one of `sub` and `sid` is to be there. */
export interface LogoutStart {
  readonly clientId: string
  readonly sub?: string
  /** The claim of the ID token of one login. */
  readonly sid?: string
  /** How the logout token is spoilt; defaults to `good`. */
  readonly personality?: LogoutPersonalityName | LogoutPersonality
}

/** What a provider that signs people out has at hand. */
interface Signing {
  readonly issuer: string
  readonly client: Client
  readonly keys: KeyRing
  /** Seconds since 1970. */
  readonly now: number
}

/** Builds a logout token, spoilt as its personality says. OpenID Connect Back-Channel Logout 1.0 section 2.4. */
export async function buildLogoutToken(
  { sub, sid, personality: reference = 'good' }: LogoutStart,
  { issuer, client, keys, now }: Signing,
): Promise<string> {
  const { hooks } = typeof reference === 'string' ? logoutPersonalities[reference] : reference
  const key = keys.current
  const goodClaims = {
    iss: issuer,
    aud: client.client_id,
    iat: now,
    exp: now + logoutTokenLifetimeSeconds,
    jti: randomToken(16),
    events: { [logoutEvent]: {} },
    ...(sub === undefined ? {} : { sub }),
    ...(sid === undefined ? {} : { sid }),
  }
  const goodHeader = { alg: key.alg, kid: key.kid, typ: 'logout+jwt' }
  const header = hooks.header?.(goodHeader) ?? goodHeader
  const claims = hooks.claims?.(goodClaims) ?? goodClaims
  const token = await signJwt(header, claims, key)
  return (await hooks.token?.(token, { client, header, claims, key, stranger: keys.stranger })) ?? token
}

/**
 * The request with which a provider tells a relying party. OpenID Connect Back-Channel Logout 1.0 section 2.5.
 *
 * @throws TypeError when the client has no `backchannel_logout_uri`
 */
export function backChannelRequest({ backchannel_logout_uri: url }: Client, logoutToken: string): Request {
  if (url === undefined) throw new TypeError('the client has no backchannel_logout_uri')
  const body = new URLSearchParams({ logout_token: logoutToken })
  return new Request(url, { method: 'POST', body })
}

/**
 * The address that a provider puts into a frame of its page. OpenID Connect Front-Channel Logout 1.0 section 3.
 *
 * @throws TypeError when the client has no `frontchannel_logout_uri`
 */
export function frontChannelUrl(
  { frontchannel_logout_uri: registered }: Client,
  parameters: { readonly iss: string; readonly sid: string },
): URL {
  if (registered === undefined) throw new TypeError('the client has no frontchannel_logout_uri')
  const url = new URL(registered)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.append(name, value)
  return url
}
