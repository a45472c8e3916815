import { openBackChannel } from '../../back-channel/back-channel.ts'
import { createDocuments, type FetchedDocument, type Lifetime } from '../../back-channel/documents.ts'
import type { BaseUrl } from '../../config/base-url.ts'
import type { SamlConnection } from '../../config/connection.ts'
import { fingerprintOf } from '../../config/fingerprint.ts'
import { randomReference } from '../../encoding/random.ts'
import { SsoError } from '../../errors/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { DocumentCache } from '../../ports/document-cache.ts'
import type { EventSink } from '../../ports/events.ts'
import type { Fetch } from '../../ports/fetch.ts'
import { createConfiguredMetadata } from './configured.ts'
import { fetchMetadata } from './fetch.ts'
import { type IdpMetadata, readIdpMetadata } from './idp.ts'

/** What finding metadata needs. */
export interface MetadataServices {
  readonly fetch: Fetch
  readonly clock: Clock
  /** Sealed: what comes out of it decides which keys are trusted. */
  readonly documents: DocumentCache
  /** Is told when an old document serves because there is no new one. */
  readonly events?: EventSink
}

/** The metadata of identity providers, wherever connections say that it is. */
export interface MetadataSource {
  /**
   * The metadata as it is now. What is fetched is asked for again in time: when its `cacheDuration` is over (at least five
   * minutes, at most a day, an hour if it has none), and before half of what was left of its validity is over. While that
   * fails, or brings something that is refused, the last good one serves, as long as it is valid and for seven days.
   *
   * @throws SsoError `saml_metadata_invalid`, `saml_metadata_expired`, or one of the provider codes
   */
  of(connection: SamlConnection, baseUrl: BaseUrl): Promise<IdpMetadata>
  /**
   * Other metadata than that of which no key fitted a signature: the identity provider may have changed its keys this
   * minute. Asked of the identity provider once in five minutes at most, for anybody can sign with another key.
   *
   * @param tried what `of` returned
   * @returns undefined where there is no other. Never throws a refusal: that of the signature is the better one.
   */
  refreshed(
    connection: SamlConnection,
    baseUrl: BaseUrl,
    tried: IdpMetadata,
  ): Promise<IdpMetadata | undefined>
}

const MINUTE = 60 * 1000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long metadata serves without being asked for again, in milliseconds. */
const FRESH_FOR = { least: 5 * MINUTE, usual: HOUR, most: DAY }

/** How long metadata serves when there is no other, in milliseconds after it was fetched. */
const USABLE_FOR = 7 * DAY

/** How long after new metadata was asked for because of a signature that may happen again, in milliseconds. */
const REFRESH_INTERVAL = 5 * MINUTE

/** How long to wait for new metadata while an old one would do, in milliseconds. */
const PATIENCE_WITH_OLD = 5000

const lifetime: Lifetime<IdpMetadata> = {
  freshUntil(fetched) {
    const { fetchedAt, document } = fetched
    const wished = document.cacheDuration ?? FRESH_FOR.usual
    const allowed = Math.min(Math.max(wished, FRESH_FOR.least), FRESH_FOR.most)
    // What is near its end is renewed before it.
    const half = (lifetime.usableUntil(fetched) - fetchedAt) / 2
    return fetchedAt + Math.min(allowed, half)
  },
  usableUntil({ fetchedAt, document }) {
    return Math.min(document.validUntil ?? Number.POSITIVE_INFINITY, fetchedAt + USABLE_FOR)
  },
}

/** One time that new metadata was asked for because of a signature. */
interface Refresh {
  /** Milliseconds since the epoch. */
  readonly begunAt: number
  isOver: boolean
}

/** For how long a refresh may go on, in milliseconds: as long as a call to a provider. */
const REFRESH_PATIENCE = 10_000

/** Finds the metadata of connections, each where its configuration says that it is. */
export function createMetadataSource(services: MetadataServices): MetadataSource {
  const { fetch, clock, documents: cache, events } = services
  const documents = createDocuments(cache, clock)
  const refreshes = new Map<string, Refresh>()
  const configured = createConfiguredMetadata(clock)

  /** @param newerThan take none that was fetched before this time, or at it */
  async function fetched(
    connection: SamlConnection,
    baseUrl: BaseUrl,
    newerThan = 0,
  ): Promise<FetchedDocument<IdpMetadata>> {
    const { metadata, entityId } = connection
    const url = metadata.kind === 'url' ? metadata.url : ''
    const key = await cacheKey(connection)
    const load = async (old: IdpMetadata | undefined) => {
      const channel = openBackChannel(fetch, baseUrl, old && PATIENCE_WITH_OLD)
      return readIdpMetadata(await fetchMetadata(url, channel), { entityId, now: clock(), baseUrl })
    }
    const onKept = (kept: FetchedDocument<IdpMetadata>, error: unknown) => report(connection, kept, error)
    return documents.read(key, load, { lifetime, onKept, newerThan })
  }

  /** @throws `error`, when it is no refusal but a fault of ours */
  function report({ id }: SamlConnection, kept: FetchedDocument<IdpMetadata>, error: unknown): void {
    if (!(error instanceof SsoError)) throw error
    const { code, message, details } = error
    const until = lifetime.usableUntil(kept)
    const requestId = randomReference()
    events?.emit({ type: 'metadata.kept', requestId, connection: id, code, message, details, until })
  }

  /** The one that is going on, or a new one. @returns undefined when it is too early for a new one */
  function beginRefresh(key: string): Refresh | undefined {
    const last = refreshes.get(key)
    const age = clock() - (last?.begunAt ?? Number.NEGATIVE_INFINITY)
    // Logins that come meanwhile wait with it: turned away, they would have come a moment too early.
    if (last && !last.isOver && age < REFRESH_PATIENCE) return last
    if (age < REFRESH_INTERVAL) return undefined
    const begun = { begunAt: clock(), isOver: false }
    refreshes.set(key, begun)
    return begun
  }

  return {
    async of(connection, baseUrl) {
      if (connection.metadata.kind !== 'url') return configured(connection, baseUrl)
      return (await fetched(connection, baseUrl)).document
    },
    async refreshed(connection, baseUrl, tried) {
      if (connection.metadata.kind !== 'url') return undefined
      const known = await fetched(connection, baseUrl).catch(undefinedIfRefused)
      // Somebody else was faster.
      if (known?.document !== tried) return known?.document
      const refresh = beginRefresh(await cacheKey(connection))
      if (!refresh) return undefined
      try {
        return (await fetched(connection, baseUrl, known.fetchedAt)).document
      } catch (error) {
        // Of those who waited one says it.
        if (!refresh.isOver) report(connection, known, error)
        return undefinedIfRefused(error)
      } finally {
        refresh.isOver = true
      }
    },
  }
}

function undefinedIfRefused(error: unknown): undefined {
  if (!(error instanceof SsoError)) throw error
}

/** A connection that was configured anew starts with no document of the old one. The number is that of the form. */
async function cacheKey(connection: SamlConnection): Promise<string> {
  return `saml/metadata/1/${connection.id}/${await fingerprintOf(connection)}`
}
