import type { SamlConnection } from '../src/config/connection.ts'
import { randomId } from '../src/encoding/random.ts'
import { createSealer } from '../src/encoding/seal.ts'
import { Secret } from '../src/encoding/secret.ts'
import type { SsoEvent } from '../src/ports/events.ts'
import { createMemoryDocumentCache } from '../src/ports/memory/document-cache.ts'
import { sealDocuments } from '../src/ports/sealed-documents.ts'
import type { IdpMetadata } from '../src/saml/metadata/idp.ts'
import { createMetadataSource, type MetadataSource } from '../src/saml/metadata/source.ts'
import { createFixedClock, type FixedClock } from '../src/testing/fixed-clock.ts'
import { baseUrl, samlConnectionWith } from './configured.ts'
import { der, ENTITY_ID, keyDescriptor, metadataWith } from './idp-metadata.ts'
import { readAt } from './read-metadata.ts'
import { refusalOf } from './scenario.ts'

/** Where the metadata is. */
export const METADATA_URL = 'https://idp.example/metadata'

/** A connection whose metadata is fetched. */
export const connection: SamlConnection = samlConnectionWith({
  entityId: ENTITY_ID,
  metadata: { kind: 'url', url: METADATA_URL },
})

/** Metadata with one key. */
export function signingWith(name: 'p256' | 'p384' | 'p521', entityAttributes = ''): string {
  return metadataWith({ keys: keyDescriptor(der(name)), entityAttributes })
}

/** The attribute that says when metadata is over. */
export function until(time: number): string {
  return `validUntil="${new Date(time).toISOString()}"`
}

/** Which key metadata has. */
export function keyOf(metadata: IdpMetadata | undefined): string | undefined {
  const names = (['p256', 'p384', 'p521'] as const).filter((name) =>
    metadata?.signingCertificates.includes(der(name)),
  )
  return metadata && names.join(' ')
}

/** An identity provider that publishes metadata, and processes that share a cache. */
export interface MetadataScenario {
  readonly clock: FixedClock
  readonly events: readonly SsoEvent[]
  readonly requests: readonly { readonly url: string; readonly init: RequestInit }[]
  readonly source: MetadataSource
  /** What the provider answers. */
  answer: () => Response | Promise<Response>
  serve(xml: string): void
  fail(): void
  /** Starts another process. */
  start(): MetadataSource
  /** The key of the metadata that a login gets, or why it gets none. */
  key(source?: MetadataSource, of?: SamlConnection): Promise<string | undefined>
}

/** A provider that signs with `p256`, and a first process that knows nothing yet. */
export function createMetadataScenario(): MetadataScenario {
  const clock = createFixedClock(readAt)
  const sealer = createSealer([new Secret(randomId(32))])
  const documents = sealDocuments(createMemoryDocumentCache(clock.now), sealer)
  const events: SsoEvent[] = []
  const requests: { url: string; init: RequestInit }[] = []
  const fetch = async (url: string, init: RequestInit) => {
    requests.push({ url, init })
    // As it takes a moment, others can come meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 5))
    return scenario.answer()
  }
  const start = () => {
    const sink = { emit: (event: SsoEvent) => void events.push(event) }
    return createMetadataSource({ fetch, clock: clock.now, documents, events: sink })
  }
  const source = start()
  const scenario: MetadataScenario = {
    clock,
    events,
    requests,
    source,
    start,
    answer: () => new Response(signingWith('p256')),
    serve(xml) {
      scenario.answer = () => new Response(xml)
    },
    fail() {
      scenario.answer = () => new Response('', { status: 503 })
    },
    async key(at = source, of = connection) {
      const finding = at.of(of, baseUrl)
      return finding.then(keyOf, () => refusalOf(finding))
    },
  }
  return scenario
}
