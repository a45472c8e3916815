import { type BackChannel, openBackChannel } from '../back-channel/back-channel.ts'
import type { BaseUrl } from '../config/base-url.ts'
import type { OidcConnection } from '../config/connection.ts'
import { randomReference } from '../encoding/random.ts'
import { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'
import type { ClaimedBefore, CompleteInput, VerifiedAnswer } from '../login/protocol.ts'
import { exchangeCode } from '../oauth/code-exchange.ts'
import { pushRequest } from '../oauth/pushed-request.ts'
import { revokeToken } from '../oauth/revocation.ts'
import { buildAuthenticationRequest, newOidcState, type OidcState } from './authentication-request.ts'
import { readIdentity, readSid, type Said, sourcesOf } from './claims.ts'
import type { ProviderMetadata } from './discovery.ts'
import { type DirectoryAccess, requestEntraGroups } from './entra-groups.ts'
import { findGroups, missingGroups } from './groups.ts'
import { type IdTokenClaims, verifyIdToken } from './id-token.ts'
import { readPostedIdToken } from './implicit-response.ts'
import { createPublished, type OidcServices, type Published } from './published.ts'
import { readClaim } from './read-claim.ts'
import { checkTenant, issuerOfToken, metadataOfAnswer } from './tenants.ts'
import { type ExchangeCode, redeemCode } from './token.ts'
import { requestUserinfo } from './userinfo.ts'

/** How long a login waits for a provider to take a token back, in milliseconds. */
const REVOCATION_PATIENCE = 2000

/** What a provider gave; in the implicit flow the ID Token alone. */
interface Tokens {
  readonly unverifiedIdToken: string
  readonly accessToken: string | undefined
  readonly refreshToken?: string | undefined
  readonly code: string | undefined
}

/** An answer of which everything has come. */
interface Answered {
  readonly metadata: ProviderMetadata
  readonly tokens: Tokens
  readonly asking: { readonly baseUrl: BaseUrl; readonly backChannel: BackChannel }
}

/**
 * Logins by OpenID Connect: the authorization code flow, and for providers that are set up for nothing else the implicit
 * flow with an ID Token alone
 * ([OpenID Connect Core, sections 3.1](https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth) and
 * [3.2](https://openid.net/specs/openid-connect-core-1_0.html#ImplicitFlowAuth)).
 *
 * @param published where others of the same host need it too: what is kept of providers is kept once then
 * @param exchange who sends codes to the token endpoint
 */
export function createOidcProtocol(
  services: OidcServices,
  published: Published = createPublished(services),
  exchange: ExchangeCode = exchangeCode,
): ClaimedBefore<OidcConnection> {
  const { fetch, clock, events } = services

  async function metadataOf(
    connection: OidcConnection,
    asking: { readonly baseUrl: BaseUrl; readonly backChannel: BackChannel },
  ): Promise<ProviderMetadata> {
    const metadata = await published.metadataOf(connection, asking)
    if (connection.claimsSource === 'userinfo' && metadata.userinfo_endpoint === undefined) {
      const message = 'userinfo is to be asked, and where that is was neither configured nor discovered'
      const details = { attribute: 'userinfo_endpoint' }
      throw new SsoError('discovery_invalid', message, { details })
    }
    return metadata
  }

  async function complete(input: CompleteInput<OidcConnection>): Promise<VerifiedAnswer> {
    const { connection, baseUrl, answerUrl, transactionId, unverifiedAnswer, now } = input
    const { codeVerifier } = input.state as unknown as OidcState
    const backChannel = openBackChannel(fetch, baseUrl)
    const asking = { baseUrl, backChannel }
    const metadata = metadataOfAnswer(connection, await metadataOf(connection, asking), unverifiedAnswer)
    const tokens =
      connection.responseType === 'id_token'
        ? readPostedIdToken(unverifiedAnswer, { server: metadata, state: transactionId })
        : await redeemCode(unverifiedAnswer, {
            client: connection,
            server: metadata,
            state: transactionId,
            exchange,
            redirectUri: answerUrl,
            codeVerifier,
            backChannel,
            now,
          })
    try {
      return await verify(input, { metadata, tokens, asking })
    } finally {
      // Whoever is refused leaves no token behind either.
      await giveBack(tokens, input, metadata)
    }
  }

  /** Checks what came, and reads who it is. */
  async function verify(
    { connection, state, now }: CompleteInput<OidcConnection>,
    { metadata, tokens, asking }: Answered,
  ): Promise<VerifiedAnswer> {
    const { nonce, signedInSince } = state as unknown as OidcState
    const { unverifiedIdToken, accessToken, code } = tokens
    const { backChannel } = asking
    const issuer = issuerOfToken(connection, metadata, unverifiedIdToken)
    const idToken = await verifyIdToken(unverifiedIdToken, {
      issuer,
      clientId: connection.clientId,
      nonce,
      accessToken,
      signedInSince: signedInSince === undefined ? undefined : Number(signedInSince),
      code,
      getKey: await published.keysOf(connection, { metadata, issuer }, asking),
      now,
    })
    checkTenant(connection, idToken)
    const userinfo =
      accessToken !== undefined && asksUserinfo(connection, metadata, idToken)
        ? await requestUserinfo({ connection, metadata, backChannel }, accessToken, idToken.sub)
        : undefined
    const said = { issuer, idToken, userinfo }
    const groups = await readGroups(said, { connection, metadata, accessToken, backChannel })
    return {
      identity: readIdentity(connection, said, groups ?? []),
      providerSession: { protocol: 'oidc', sid: readSid(idToken), idToken: new Secret(unverifiedIdToken) },
      missing: groups ? undefined : missingGroups(connection, sourcesOf(said)),
    }
  }

  /** Gives back what nobody needs any more, where that is configured. A login does not wait long for it, nor fail by it. */
  async function giveBack(
    { accessToken, refreshToken }: Tokens,
    { connection, baseUrl, now }: CompleteInput<OidcConnection>,
    server: ProviderMetadata,
  ): Promise<void> {
    const { revocation: endpoint } = connection.endpoints
    // With it all that came by the same grant is revoked: https://www.rfc-editor.org/rfc/rfc7009#section-2.1
    const token = refreshToken ?? accessToken
    if (endpoint === undefined || token === undefined) return
    const kind = refreshToken === undefined ? 'access_token' : 'refresh_token'
    const backChannel = openBackChannel(fetch, baseUrl, REVOCATION_PATIENCE)
    try {
      await revokeToken({ client: connection, server, endpoint, token, kind, backChannel, now })
    } catch (error) {
      if (!(error instanceof SsoError)) throw error
      const { code, message, details } = error
      const requestId = randomReference()
      events?.emit({ type: 'tokens.kept', requestId, connection: connection.id, code, message, details })
    }
  }

  return {
    // A code is sent to the token endpoint once, whatever comes of it.
    claims: 'before',
    async begin({ connection, baseUrl, answerUrl, transactionId, loginHint, forceLogin }) {
      const backChannel = openBackChannel(fetch, baseUrl)
      const metadata = await metadataOf(connection, { baseUrl, backChannel })
      const now = clock()
      const oidcState = newOidcState(connection, now)
      const url = await buildAuthenticationRequest({
        connection,
        metadata,
        redirectUri: answerUrl,
        state: transactionId,
        oidcState,
        loginHint,
        forceLogin,
      })
      const departure = takesPushed(connection, metadata)
        ? await pushRequest({ client: connection, server: metadata, url, backChannel, now })
        : url
      return { departure: { kind: 'redirect', url: departure }, state: { ...oidcState } }
    },
    complete,
  }
}

/** Nobody asks for groups that are not taken over. @returns undefined where nothing is said of them */
async function readGroups(
  said: Said,
  access: DirectoryAccess & { readonly connection: OidcConnection },
): Promise<readonly string[] | undefined> {
  const { synchronizesGroups, claims } = access.connection
  if (!synchronizesGroups) return []
  const found = findGroups(sourcesOf(said), claims.groups)
  return found === 'elsewhere' ? requestEntraGroups(access) : found
}

/** Where there is no secret to show and no code to protect, nothing is gained by it, unless the provider wants it so. */
function takesPushed(
  { pushedRequests, responseType }: OidcConnection,
  metadata: ProviderMetadata,
): metadata is ProviderMetadata & { readonly pushed_authorization_request_endpoint: string } {
  const isWanted = responseType === 'code' || metadata.require_pushed_authorization_requests === true
  return (
    pushedRequests === 'automatic' && isWanted && metadata.pushed_authorization_request_endpoint !== undefined
  )
}

/** Many providers keep the ID Token thin; a second call is made where that shows, or where it is known. */
function asksUserinfo(
  { claimsSource, claims }: OidcConnection,
  metadata: ProviderMetadata,
  idToken: IdTokenClaims,
): boolean {
  if (claimsSource === 'id_token') return false
  if (claimsSource === 'userinfo') return true
  // Some send an empty address, or null, for none.
  return !readClaim(idToken, claims.email) && metadata.userinfo_endpoint !== undefined
}
