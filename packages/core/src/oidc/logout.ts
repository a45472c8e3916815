import { decodeJwt } from 'jose'
import { openBackChannel } from '../back-channel/back-channel.ts'
import type { BaseUrl } from '../config/base-url.ts'
import type { OidcConnection } from '../config/connection.ts'
import { postLogoutUrl } from '../config/urls.ts'
import { SsoError, shown } from '../errors/index.ts'
import type { LogoutAtProvider, ProviderLogout } from '../login/provider-logout.ts'
import type { SessionGroup } from '../ports/session-store.ts'
import { userIdOf } from '../session/record.ts'
import { MAX_SID_LENGTH } from './claims.ts'
import type { ProviderMetadata } from './discovery.ts'
import { buildEndSessionRequest } from './end-session.ts'
import { type LogoutTokenClaims, verifyLogoutToken } from './logout-token.ts'
import type { OidcServices, Published } from './published.ts'
import { issuersOf } from './tenants.ts'

/** A logout token, as it came from a provider or from anybody else. */
interface ArrivedLogoutToken {
  readonly connection: OidcConnection
  readonly baseUrl: BaseUrl
  readonly unverifiedToken: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What a provider's page has a browser bring, in a frame. */
interface ArrivedNotice {
  readonly connection: OidcConnection
  readonly baseUrl: BaseUrl
  readonly unverifiedQuery: URLSearchParams
}

/** Which session ended at the provider, as anybody can say who knows its name there. */
export interface LogoutNotice {
  readonly group: SessionGroup
  /** The origins of the provider, whose pages may show our answer in a frame. */
  readonly framedBy: readonly string[]
}

/** Sign-out by OpenID Connect, both ways. Sees no cookie and no store. */
export interface OidcLogout extends LogoutAtProvider<OidcConnection> {
  /**
   * Verifies what a provider says by the back channel
   * ([Back-Channel Logout](https://openid.net/specs/openid-connect-backchannel-1_0.html)). Changes nothing.
   *
   * @throws SsoError for every reason to refuse it
   */
  readToken(arrived: ArrivedLogoutToken): Promise<ProviderLogout>
  /**
   * Reads what a provider says by the front channel
   * ([Front-Channel Logout, section 2](https://openid.net/specs/openid-connect-frontchannel-1_0.html#RPLogout)): a name of a
   * session that nobody can guess, and no signature.
   *
   * @throws SsoError `logout_notice_invalid` unless both issuer and session are there, and the issuer is the right one; one of
   *   the provider codes
   */
  readNotice(arrived: ArrivedNotice): Promise<LogoutNotice>
}

/**
 * Sign-out by OpenID Connect: begun here
 * ([RP-Initiated Logout](https://openid.net/specs/openid-connect-rpinitiated-1_0.html)), or by the provider.
 *
 * @param published what is kept of providers
 */
export function createOidcLogout({ fetch }: Pick<OidcServices, 'fetch'>, published: Published): OidcLogout {
  const metadataOf = (connection: OidcConnection, baseUrl: BaseUrl) =>
    published.metadataOf(connection, { baseUrl, backChannel: openBackChannel(fetch, baseUrl) })

  return {
    async begin({ connection, baseUrl, session }) {
      const metadata = await metadataOf(connection, baseUrl)
      // Under the same connection there may be another provider by now, to which this person is nobody.
      if (!issuersOf(connection, metadata).includes(session.issuer)) return undefined
      const returnUrl = postLogoutUrl(connection, baseUrl)
      const request = buildEndSessionRequest({ connection, metadata, idToken: session.idToken, returnUrl })
      if (!request) {
        const message = 'idp_logout is on, and nothing says where the provider signs people out'
        const details = { attribute: 'end_session_endpoint' }
        throw new SsoError('discovery_invalid', message, { details })
      }
      return { departure: { kind: 'redirect', url: request.url }, requestId: request.state }
    },

    async readToken({ connection, baseUrl, unverifiedToken, now }) {
      const { id, clientId } = connection
      const asking = { baseUrl, backChannel: openBackChannel(fetch, baseUrl) }
      const metadata = await published.metadataOf(connection, asking)
      const issuers = issuersOf(connection, metadata)
      const claimed = issuerIn(unverifiedToken)
      // Only for those is something kept; a token of any other is refused, whatever its signature.
      const issuer = issuers.find((one) => one === claimed) ?? metadata.issuer
      const getKey = await published.keysOf(connection, { metadata, issuer }, asking)
      const claims = await verifyLogoutToken(unverifiedToken, { issuers, clientId, getKey, now })
      const { jti, expiresAt } = claims
      return { id: jti, expiresAt, groups: [await groupOf(claims, { connection: id, issuer })] }
    },

    async readNotice({ connection, baseUrl, unverifiedQuery }) {
      const [iss, sid] = [only(unverifiedQuery, 'iss'), only(unverifiedQuery, 'sid')]
      const metadata = await metadataOf(connection, baseUrl)
      if (!issuersOf(connection, metadata).includes(iss)) {
        const details = { expected: metadata.issuer, received: shown(iss) }
        throw new SsoError('logout_notice_invalid', 'the logout is of another provider', { details })
      }
      const group = {
        by: 'provider-session',
        connection: connection.id,
        issuer: iss,
        sid,
        userId: undefined,
      } as const
      return { group, framedBy: originsOf(metadata) }
    },
  }
}

/** @returns who a token says to be from; nothing where it is none, which whoever verifies it says */
function issuerIn(unverifiedToken: string): unknown {
  try {
    return decodeJwt(unverifiedToken).iss
  } catch {
    return undefined
  }
}

/** The sessions that a token is about: the one that it names, or all of the person. */
async function groupOf(
  claims: LogoutTokenClaims,
  of: { readonly connection: string; readonly issuer: string },
): Promise<SessionGroup> {
  const whose = (subject: string) => userIdOf({ ...of, subject })
  if (claims.sid === undefined) return { by: 'user', userId: await whose(claims.sub) }
  const userId = claims.sub === undefined ? undefined : await whose(claims.sub)
  return { by: 'provider-session', ...of, sid: claims.sid, userId }
}

/** @throws SsoError `logout_notice_invalid` unless there is exactly one, which is a name */
function only(query: URLSearchParams, parameter: 'iss' | 'sid'): string {
  const [value = '', ...others] = query.getAll(parameter)
  const isName =
    value !== '' && others.length === 0 && (parameter === 'iss' || value.length <= MAX_SID_LENGTH)
  if (isName) return value
  const message = 'the logout does not say which session of which provider is meant'
  throw new SsoError('logout_notice_invalid', message, { details: { parameter } })
}

/** Where a provider has its pages. What could be more than an origin in a header is left out. */
function originsOf({ issuer, authorization_endpoint, end_session_endpoint }: ProviderMetadata): string[] {
  const urls = [issuer, authorization_endpoint, ...(end_session_endpoint ? [end_session_endpoint] : [])]
  const origins = urls.map((url) => new URL(url).origin)
  return [...new Set(origins)].filter((origin) => /^https?:\/\/[\w.:[\]-]+$/.test(origin))
}
