/*
 * A look at SAML metadata for `doorward doctor`: it decides nothing about trust. It is tolerant where a reader that
 * decides has to be strict, knows neither namespaces nor signatures, and nothing that it finds is used for anything but
 * a line of text for an administrator. Logins read metadata with the strict reader of @doorward/core.
 *
 * Every expression here is linear in the length of the text, of which no more than 4 MiB are looked at.
 */

/** What one identity provider seems to say about itself. */
export interface ScannedEntity {
  readonly entityId: string
  /** Whether it has an IDPSSODescriptor. */
  readonly isIdentityProvider: boolean
  /** When the metadata ends, in milliseconds since the epoch; NaN when that can not be read. */
  readonly validUntil: number | undefined
  readonly signOn: readonly { readonly binding: string; readonly location: string }[]
  /** Signing certificates, as base64. */
  readonly certificates: readonly string[]
}

/** What a text seems to be. */
export type Scanned =
  | { readonly kind: 'entities'; readonly entities: readonly ScannedEntity[] }
  | { readonly kind: 'web page' | 'other XML' | 'not XML' | 'too large' }

const MAX_CHARACTERS = 4 * 1024 * 1024
/** More than any metadata for one login has. */
const MAX_ENTITIES = 20_000

/** A tag, and the text that follows it: its name is taken whole, and no part of it reaches beyond the next `<`. */
const TAG = /<(\/?)([\w.:-]+)(?![\w.:-])([^<>]*)>([^<]*)/g
/** An attribute; it can only begin where no name is going on. */
const ATTRIBUTE = /(?<![\w.:-])([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** Looks at a text that should be SAML metadata. Never throws. */
export function scanMetadata(text: string): Scanned {
  if (text.length > MAX_CHARACTERS) return { kind: 'too large' }
  const start = text.trimStart().slice(0, 512)
  if (/^<!doctype html|^<html/i.test(start)) return { kind: 'web page' }
  if (!/^<[?!\w]/.test(start)) return { kind: 'not XML' }
  const entities = collect(withoutComments(text))
  return entities.length > 0 ? { kind: 'entities', entities } : { kind: 'other XML' }
}

function withoutComments(text: string): string {
  const parts: string[] = []
  let from = 0
  for (;;) {
    const start = text.indexOf('<!--', from)
    const end = start < 0 ? -1 : text.indexOf('-->', start)
    if (end < 0) return parts.join('') + text.slice(from)
    parts.push(text.slice(from, start))
    from = end + 3
  }
}

interface Draft {
  entityId: string
  isIdentityProvider: boolean
  validUntil: number | undefined
  signOn: { binding: string; location: string }[]
  certificates: string[]
}

/** Where the walk through the tags is. */
interface Place {
  readonly entities: Draft[]
  /** Of the list around, if there is one. */
  validUntil: number | undefined
  isInIdentityProvider: boolean
  isForSigning: boolean
}

function collect(text: string): readonly ScannedEntity[] {
  const place: Place = {
    entities: [],
    validUntil: undefined,
    isInIdentityProvider: false,
    isForSigning: false,
  }
  for (const [, slash, qualifiedName = '', attributes = '', content = ''] of text.matchAll(TAG)) {
    const name = qualifiedName.slice(qualifiedName.lastIndexOf(':') + 1)
    if (slash === '/') leave(place, name)
    else enter(place, { name, attributes, content })
    if (place.entities.length > MAX_ENTITIES) break
  }
  return place.entities
}

function leave(place: Place, name: string): void {
  if (name === 'IDPSSODescriptor') place.isInIdentityProvider = false
  if (name === 'KeyDescriptor') place.isForSigning = false
}

interface Tag {
  readonly name: string
  readonly attributes: string
  readonly content: string
}

function enter(place: Place, { name, attributes, content }: Tag): void {
  const entity = place.entities.at(-1)
  if (name === 'EntitiesDescriptor') place.validUntil = timeOf(readAttributes(attributes))
  if (name === 'EntityDescriptor') place.entities.push(draftOf(readAttributes(attributes), place.validUntil))
  if (name === 'IDPSSODescriptor') {
    place.isInIdentityProvider = true
    if (entity) entity.isIdentityProvider = true
  }
  if (!place.isInIdentityProvider || !entity) return
  if (name === 'KeyDescriptor')
    place.isForSigning = (readAttributes(attributes).get('use') ?? 'signing') === 'signing'
  if (name === 'X509Certificate' && place.isForSigning) entity.certificates.push(content.replace(/\s+/g, ''))
  if (name === 'SingleSignOnService') {
    const read = readAttributes(attributes)
    entity.signOn.push({ binding: read.get('Binding') ?? '', location: read.get('Location') ?? '' })
  }
}

function draftOf(attributes: ReadonlyMap<string, string>, around: number | undefined): Draft {
  const own = timeOf(attributes)
  return {
    entityId: attributes.get('entityID') ?? '',
    isIdentityProvider: false,
    validUntil: own === undefined || around === undefined ? (own ?? around) : Math.min(own, around),
    signOn: [],
    certificates: [],
  }
}

function timeOf(attributes: ReadonlyMap<string, string>): number | undefined {
  const text = attributes.get('validUntil')
  return text === undefined ? undefined : Date.parse(text)
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [
      name,
      decode(double ?? single ?? ''),
    ]),
  )
}

const references: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => references[name] ?? '')
}
