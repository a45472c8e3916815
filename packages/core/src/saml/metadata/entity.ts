import { type ErrorDetails, shown } from '../../errors/index.ts'
import { NS } from '../urns.ts'
import { attributeOf, isElement, type XmlElement } from '../xml/tree.ts'
import { refusedMetadata } from './refused-metadata.ts'

/** No entity ID may be longer ([SAML Core, section 8.3.6](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)). */
const MAX_ENTITY_ID_LENGTH = 1024

/**
 * Finds the one entity that is called `entityId`, to the letter, by itself or in lists of entities
 * ([SAML Metadata, section 2.3](https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf)). What stands
 * anywhere else, in extensions say, is no entity.
 *
 * @throws SsoError `saml_metadata_invalid`
 */
export function findEntity(root: XmlElement, entityId: string): XmlElement {
  const entities: XmlElement[] = []
  collectEntities(root, entities)
  if (entities.length === 0) {
    throw refusedMetadata('not_metadata', 'the document is no SAML metadata, or metadata of nobody')
  }
  const [found, second] = entities.filter((entity) => attributeOf(entity, 'entityID') === entityId)
  if (second) {
    // Whoever could put a second one there would decide which of them counts.
    throw refusedMetadata('entity_twice', 'the metadata describes the identity provider twice')
  }
  if (found) return found
  const message = 'the metadata is of others, not of the configured entity_id'
  throw refusedMetadata('entity_missing', message, compareEntities(entities, entityId))
}

function collectEntities(element: XmlElement, entities: XmlElement[]): void {
  if (isElement(element, NS.md, 'EntityDescriptor')) entities.push(element)
  if (!isElement(element, NS.md, 'EntitiesDescriptor')) return
  for (const child of element.children) {
    // As deep as the reader lets them be nested.
    if (typeof child !== 'string') collectEntities(child, entities)
  }
}

/** What an administrator compares: what was expected, and what came closest. */
function compareEntities(entities: readonly XmlElement[], expected: string): ErrorDetails {
  const names = entities.map((entity) => attributeOf(entity, 'entityID') ?? '')
  const alike = names.find((name) => looseForm(name) === looseForm(expected))
  return {
    expected,
    received: shown(alike ?? names[0]),
    entities: entities.length,
    ...(alike === undefined ? {} : { differs: difference(alike, expected) }),
  }
}

/** Two names that a person would take for the same have the same. */
function looseForm(entityId: string): string {
  return withoutScheme(withoutSlash(entityId.slice(0, MAX_ENTITY_ID_LENGTH).trim())).toLowerCase()
}

function difference(one: string, other: string): string {
  if (one.trim() === other.trim()) return 'white space'
  if (withoutSlash(one) === withoutSlash(other)) return 'final slash'
  if (withoutScheme(one) === withoutScheme(other)) return 'scheme'
  return one.toLowerCase() === other.toLowerCase() ? 'upper and lower case' : 'several'
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text
}

function withoutScheme(text: string): string {
  return text.replace(/^https?:\/\//i, '')
}
