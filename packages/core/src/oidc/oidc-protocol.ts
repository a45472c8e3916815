import { type BackChannel, openBackChannel } from '../back-channel/back-channel.ts'
import { createDocuments } from '../back-channel/documents.ts'
import type { BaseUrl } from '../config/base-url.ts'
import type { OidcConnection } from '../config/connection.ts'
import { fingerprintOf } from '../config/fingerprint.ts'
import { sha256 } from '../encoding/digest.ts'
import { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'
import type { ClaimedBefore, CompleteInput, VerifiedAnswer } from '../login/protocol.ts'
import { pushRequest } from '../oauth/pushed-request.ts'
import type { Clock } from '../ports/clock.ts'
import type { DocumentCache } from '../ports/document-cache.ts'
import type { EventSink } from '../ports/events.ts'
import type { Fetch } from '../ports/fetch.ts'
import { buildAuthenticationRequest, newOidcState, type OidcState } from './authentication-request.ts'
import { readIdentity, readSid, type Said, sourcesOf } from './claims.ts'
import { configuredMetadata, discover, type ProviderMetadata } from './discovery.ts'
import { type DirectoryAccess, requestEntraGroups } from './entra-groups.ts'
import { findGroups } from './groups.ts'
import { type IdTokenClaims, verifyIdToken } from './id-token.ts'
import { readPostedIdToken } from './implicit-response.ts'
import { PATIENCE_WITH_OLD, providerLifetime, reportKept } from './kept-documents.ts'
import { createKeySets, type KeySource, loadKeySet } from './key-set.ts'
import { readClaim } from './read-claim.ts'
import { checkTenant, issuerOfToken, metadataOfAnswer } from './tenants.ts'
import { redeemCode } from './token.ts'
import { requestUserinfo } from './userinfo.ts'

/** What logins by OpenID Connect need. */
export interface OidcServices {
  readonly fetch: Fetch
  readonly clock: Clock
  /** Sealed: what comes out of it decides which keys are trusted. */
  readonly documents: DocumentCache
  /** Is told when an old document serves because there is no new one. */
  readonly events?: EventSink
}

/**
 * Logins by OpenID Connect: the authorization code flow, and for providers that are set up for nothing else the implicit
 * flow with an ID Token alone
 * ([OpenID Connect Core, sections 3.1](https://openid.net/specs/openid-connect-core-1_0.html#CodeFlowAuth) and
 * [3.2](https://openid.net/specs/openid-connect-core-1_0.html#ImplicitFlowAuth)).
 */
export function createOidcProtocol({
  fetch,
  clock,
  documents: cache,
  events,
}: OidcServices): ClaimedBefore<OidcConnection> {
  const documents = createDocuments(cache, clock)
  const keySets = createKeySets(documents, clock)

  async function metadataOf(
    connection: OidcConnection,
    baseUrl: BaseUrl,
    backChannel: BackChannel,
  ): Promise<ProviderMetadata> {
    const metadata = connection.discovers
      ? await discoveredMetadata(connection, baseUrl, backChannel)
      : configuredMetadata(connection)
    if (connection.claimsSource === 'userinfo' && metadata.userinfo_endpoint === undefined) {
      const message = 'userinfo is to be asked, and where that is was neither configured nor discovered'
      const details = { attribute: 'userinfo_endpoint' }
      throw new SsoError('discovery_invalid', message, { details })
    }
    return metadata
  }

  async function discoveredMetadata(
    connection: OidcConnection,
    baseUrl: BaseUrl,
    backChannel: BackChannel,
  ): Promise<ProviderMetadata> {
    const key = await cacheKey('metadata', connection)
    const load = (old: ProviderMetadata | undefined) =>
      discover(connection, baseUrl, old ? openBackChannel(fetch, baseUrl, PATIENCE_WITH_OLD) : backChannel)
    const onKept = reportKept(connection.id, events)
    const wanted = { lifetime: providerLifetime, onKept }
    return (await documents.read<ProviderMetadata>(key, load, wanted)).document
  }

  /** Named after their address too: of one that has moved, the old keys are no longer meant. */
  async function keySource(
    connection: OidcConnection,
    { jwks_uri: jwksUri }: ProviderMetadata,
    { baseUrl, backChannel }: { readonly baseUrl: BaseUrl; readonly backChannel: BackChannel },
  ): Promise<KeySource> {
    return {
      cacheKey: `${await cacheKey('keys', connection)}/${(await sha256(jwksUri)).slice(0, 22)}`,
      load: (old) =>
        loadKeySet(jwksUri, old ? openBackChannel(fetch, baseUrl, PATIENCE_WITH_OLD) : backChannel),
      onKept: reportKept(connection.id, events),
    }
  }

  async function complete(input: CompleteInput<OidcConnection>): Promise<VerifiedAnswer> {
    const { connection, baseUrl, answerUrl, transactionId, unverifiedAnswer, now } = input
    const { nonce, codeVerifier, signedInSince } = input.state as unknown as OidcState
    const backChannel = openBackChannel(fetch, baseUrl)
    const published = await metadataOf(connection, baseUrl, backChannel)
    const metadata = metadataOfAnswer(published, unverifiedAnswer)
    const asked = { client: connection, server: metadata, state: transactionId }
    const { unverifiedIdToken, accessToken, code } =
      connection.responseType === 'id_token'
        ? readPostedIdToken(unverifiedAnswer, asked)
        : await redeemCode(unverifiedAnswer, {
            asked,
            redirectUri: answerUrl,
            codeVerifier,
            backChannel,
            now,
          })
    const issuer = issuerOfToken(metadata, unverifiedIdToken)
    const keys = await keySource(connection, metadata, { baseUrl, backChannel })
    const idToken = await verifyIdToken(unverifiedIdToken, {
      issuer,
      clientId: connection.clientId,
      nonce,
      accessToken,
      signedInSince: signedInSince === undefined ? undefined : Number(signedInSince),
      code,
      getKey: keySets.getKey(keys, connection.tenants.length > 0 ? issuer : undefined),
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
      identity: readIdentity(connection, said, groups),
      providerSession: { protocol: 'oidc', sid: readSid(idToken), idToken: new Secret(unverifiedIdToken) },
    }
  }

  return {
    // A code is sent to the token endpoint once, whatever comes of it.
    claims: 'before',
    async begin({ connection, baseUrl, answerUrl, transactionId, loginHint, forceLogin }) {
      const backChannel = openBackChannel(fetch, baseUrl)
      const metadata = await metadataOf(connection, baseUrl, backChannel)
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

/** Nobody asks for groups that are not taken over. */
async function readGroups(
  said: Said,
  access: DirectoryAccess & { readonly connection: OidcConnection },
): Promise<readonly string[]> {
  const { synchronizesGroups, claims } = access.connection
  if (!synchronizesGroups) return []
  const found = findGroups(sourcesOf(said), claims.groups)
  return 'groups' in found ? found.groups : requestEntraGroups(access)
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

/** A connection that was configured anew starts with no document of the old one. */
async function cacheKey(kind: 'metadata' | 'keys', connection: OidcConnection): Promise<string> {
  return `oidc/${kind}/${connection.id}/${await fingerprintOf(connection)}`
}
