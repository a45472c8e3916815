import { type BackChannel, openBackChannel } from '../back-channel/back-channel.ts'
import { createDocuments } from '../back-channel/documents.ts'
import type { BaseUrl } from '../config/base-url.ts'
import type { OidcConnection } from '../config/connection.ts'
import { fingerprintOf } from '../config/fingerprint.ts'
import { sha256 } from '../encoding/digest.ts'
import type { Clock } from '../ports/clock.ts'
import type { DocumentCache } from '../ports/document-cache.ts'
import type { EventSink } from '../ports/events.ts'
import type { Fetch } from '../ports/fetch.ts'
import { configuredMetadata, discover, type ProviderMetadata } from './discovery.ts'
import { PATIENCE_WITH_OLD, providerLifetime, reportKept } from './kept-documents.ts'
import { createKeySets, loadKeySet } from './key-set.ts'
import type { GetKey } from './signed-token.ts'

/** What asking OpenID Providers takes. */
export interface OidcServices {
  readonly fetch: Fetch
  readonly clock: Clock
  /** Sealed: what comes out of it decides which keys are trusted. */
  readonly documents: DocumentCache
  /** Is told when an old document serves because there is no new one, and when a token was not taken back. */
  readonly events?: EventSink
}

/** How a provider is asked for what is not there yet. */
interface Asking {
  readonly baseUrl: BaseUrl
  readonly backChannel: BackChannel
}

/** What a provider says of itself, and whose signature is to be verified. */
interface Signer {
  readonly metadata: ProviderMetadata
  /** The issuer that a token must be from. */
  readonly issuer: string
}

/** What OpenID Providers publish: asked for when it is needed, and kept. Each call may throw one of the provider codes. */
export interface Published {
  metadataOf(connection: OidcConnection, asking: Asking): Promise<ProviderMetadata>
  /** @returns what the JOSE library asks for the keys with which the provider of `connection` signs */
  keysOf(connection: OidcConnection, signer: Signer, asking: Asking): Promise<GetKey>
}

/** Keeps what providers publish, once for all who need it. */
export function createPublished({ fetch, clock, documents: cache, events }: OidcServices): Published {
  const documents = createDocuments(cache, clock)
  const keySets = createKeySets(documents, clock)
  /** Nobody waits long for a new document while there is an old one. */
  const channel = ({ baseUrl, backChannel }: Asking, old: unknown) =>
    old === undefined ? backChannel : openBackChannel(fetch, baseUrl, PATIENCE_WITH_OLD)
  return {
    async metadataOf(connection, asking) {
      if (!connection.discovers) return configuredMetadata(connection)
      const key = metadataKeys.get(connection) ?? (await metadataKey(connection))
      const load = (old: ProviderMetadata | undefined) =>
        discover(connection, asking.baseUrl, channel(asking, old))
      const wanted = { lifetime: providerLifetime, onKept: reportKept(connection.id, events) }
      return (await documents.read<ProviderMetadata>(key, load, wanted)).document
    },

    async keysOf(connection, { metadata: { jwks_uri: jwksUri }, issuer }, asking) {
      const source = {
        cacheKey: keySetKeys.get(connection)?.get(jwksUri) ?? (await keySetKey(connection, jwksUri)),
        load: (old: unknown) => loadKeySet(jwksUri, channel(asking, old)),
        onKept: reportKept(connection.id, events),
      }
      return keySets.getKey(source, connection.tenants.length > 0 ? issuer : undefined)
    },
  }
}

/** What documents are kept as, worked out once for each connection. */
const metadataKeys = new WeakMap<OidcConnection, string>()

/** The same of key sets, by their address too: of one that has moved, the old keys are no longer meant. */
const keySetKeys = new WeakMap<OidcConnection, ReadonlyMap<string, string>>()

async function metadataKey(connection: OidcConnection): Promise<string> {
  const key = await cacheKey('metadata', connection)
  metadataKeys.set(connection, key)
  return key
}

async function keySetKey(connection: OidcConnection, jwksUri: string): Promise<string> {
  const key = `${await cacheKey('keys', connection)}/${(await sha256(jwksUri)).slice(0, 22)}`
  keySetKeys.set(connection, new Map([[jwksUri, key]]))
  return key
}

/** A connection that was configured anew starts with no document of the old one. */
async function cacheKey(kind: 'metadata' | 'keys', connection: OidcConnection): Promise<string> {
  return `oidc/${kind}/${connection.id}/${await fingerprintOf(connection)}`
}
