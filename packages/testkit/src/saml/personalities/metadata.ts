import type { KeyName, SamlKeyRing } from '../crypto/key-ring.ts'
import type { MetadataContent } from '../metadata.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { Awaitable } from './personality.ts'

/** What is known while metadata is made. */
export interface MetadataStep {
  readonly keys: SamlKeyRing
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The steps of metadata at which a personality can act, in their order. */
export interface MetadataHooks {
  content?(good: MetadataContent, step: MetadataStep): Awaitable<MetadataContent>
  tree?(good: XmlElement, step: MetadataStep): Awaitable<XmlElement>
  text?(good: string): string
  response?(good: Response): Response
}

/** One way for metadata to be: a single named change from good. */
export interface MetadataPersonality {
  readonly name: string
  /** What is wrong, in one line. */
  readonly wrong: string
  readonly specification: string
  /** What a correct service provider makes of it. After `may-be-used` read `wrong`. */
  readonly metadata: 'must-be-used' | 'may-be-used' | 'must-be-refused'
  /** Keys whose certificates it has; defaults to those of the personality of answers. */
  readonly publishes?: readonly KeyName[]
  readonly hooks: MetadataHooks
}

type MetadataPersonalityEntry = Omit<MetadataPersonality, 'name'>

const entries = {
  good: {
    wrong: 'nothing',
    specification: 'saml-metadata section 2.4.3',
    metadata: 'must-be-used',
    hooks: {},
  },
} as const satisfies Record<string, MetadataPersonalityEntry>

/** Every name in the table. */
export type MetadataPersonalityName = keyof typeof entries

/** Every way for metadata to be, by name. */
export const metadataPersonalities: Readonly<Record<MetadataPersonalityName, MetadataPersonality>> =
  Object.fromEntries(
    Object.entries<MetadataPersonalityEntry>(entries).map(([name, entry]) => [name, { name, ...entry }]),
  ) as Record<MetadataPersonalityName, MetadataPersonality>
