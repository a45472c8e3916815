import type { BaseUrl } from '../../config/base-url.ts'
import { SsoError } from '../../errors/index.ts'
import { NS } from '../urns.ts'
import { METADATA_LIMITS } from '../xml/limits.ts'
import { parseXml } from '../xml/reader.ts'
import { attributeOf, childrenOf, type XmlElement } from '../xml/tree.ts'
import { type Endpoint, type RefusedEndpoint, readEndpoints } from './endpoints.ts'
import { findEntity } from './entity.ts'
import { refusedMetadata } from './refused-metadata.ts'
import { type RefusedCertificate, readSigningCertificates } from './signing-certificates.ts'
import { parseDateTime, parseDuration } from './times.ts'

/** What we use of an identity provider's metadata. Plain data: it is kept as JSON. */
export interface IdpMetadata {
  readonly entityId: string
  /** Where people are sent to sign in; at least one, of each binding one at most. */
  readonly singleSignOn: readonly Endpoint[]
  /** Where they are sent to sign out; perhaps none. */
  readonly singleLogout: readonly Endpoint[]
  /** Of the keys that may have signed; DER as base64, at least one. */
  readonly signingCertificates: readonly string[]
  readonly wantsSignedRequests: boolean
  /** When it is no longer good, in milliseconds since the epoch. */
  readonly validUntil: number | undefined
  /** For how long it may be kept without asking again, in milliseconds. */
  readonly cacheDuration: number | undefined
}

/** What metadata is read with. */
export interface MetadataReading {
  /** What the identity provider has to be called, to the letter. */
  readonly entityId: string
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Ours: while we run on this machine alone, so may an identity provider. */
  readonly baseUrl: BaseUrl
  /** Is told what is passed over although it may have been meant to be used. */
  readonly onSkipped?: (skipped: SkippedPart) => void
}

/** A part of metadata that is passed over. */
export type SkippedPart = RefusedCertificate | RefusedEndpoint

/**
 * Reads what an identity provider says of itself, or what a federation says of all of its members
 * ([SAML Metadata](https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf)). Strict where keys and
 * addresses are concerned: one entity of exactly this name, the shape of the standard, nothing that has expired. A
 * signature of the document is not looked at: it is believed because of where it came from.
 *
 * @throws SsoError `saml_metadata_invalid`, with a `MetadataFault` in its details, or `saml_metadata_expired`
 */
export function readIdpMetadata(unverifiedBytes: Uint8Array, reading: MetadataReading): IdpMetadata {
  const { entityId, now, baseUrl, onSkipped } = reading
  const entity = findEntity(parse(unverifiedBytes), entityId)
  const { role, validUntil } = chooseRole(entity, now)
  const singleSignOn = readEndpoints(role, { service: 'SingleSignOnService', baseUrl, onSkipped })
  if (singleSignOn.length === 0) {
    const message = 'the metadata names no address for sign-on by HTTP-Redirect or HTTP-POST that may be used'
    throw refusedMetadata('no_sign_on', message)
  }
  const signingCertificates = readSigningCertificates(role, onSkipped)
  if (signingCertificates.length === 0) {
    throw refusedMetadata('no_key', 'the metadata has no certificate for signing that can be used')
  }
  return {
    entityId,
    singleSignOn,
    singleLogout: readEndpoints(role, { service: 'SingleLogoutService', baseUrl, onSkipped }),
    signingCertificates,
    wantsSignedRequests: /^\s*(true|1)\s*$/.test(attributeOf(role, 'WantAuthnRequestsSigned') ?? ''),
    validUntil,
    cacheDuration: least(fromHereUp(role).map((element) => durationOf(element))),
  }
}

function parse(unverifiedBytes: Uint8Array): XmlElement {
  try {
    return parseXml(withoutLeadingSpace(unverifiedBytes), METADATA_LIMITS).root
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    if (isWebPage(unverifiedBytes)) {
      throw refusedMetadata('web_page', 'what came is a web page, perhaps one to sign in, and not metadata')
    }
    throw refusedMetadata('not_xml', 'the metadata is not XML, or not such as is read here', error.details)
  }
}

function isWebPage(bytes: Uint8Array): boolean {
  const beginning = String.fromCharCode(...withoutLeadingSpace(bytes).subarray(0, 20)).toLowerCase()
  return beginning.startsWith('<!doctype html') || beginning.startsWith('<html')
}

/** Blank lines in front of the XML declaration make it something else, and templates leave them there. */
function withoutLeadingSpace(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)
  return start > 0 ? bytes.subarray(start) : bytes
}

/**
 * Chooses the role that a login uses. Which of several for the same protocol to take is left open by SAML Metadata,
 * section 2.3.2; so it is the first that has not expired, and nothing is mixed.
 */
function chooseRole(
  entity: XmlElement,
  now: number,
): { readonly role: XmlElement; readonly validUntil: number | undefined } {
  const roles = childrenOf(entity, NS.md, 'IDPSSODescriptor')
  if (roles.length === 0) {
    const message = 'the metadata does not describe an identity provider'
    const isApplication = childrenOf(entity, NS.md, 'SPSSODescriptor').length > 0
    throw refusedMetadata('no_identity_provider', message, { isServiceProvider: isApplication })
  }
  const supporting = roles.filter(supportsSaml2)
  if (supporting.length === 0) {
    throw refusedMetadata('no_saml2', 'the metadata describes an identity provider without SAML 2.0')
  }
  const ends = supporting.map((role) => least(fromHereUp(role).map(validUntilOf)))
  const position = ends.findIndex((end) => end === undefined || end > now)
  const role = supporting[position]
  if (role) return { role, validUntil: ends[position] }
  const details = { validUntil: new Date(Math.max(...ends.map((end) => end ?? 0))).toISOString() }
  throw new SsoError('saml_metadata_expired', 'the metadata is no longer good', { details })
}

function supportsSaml2(role: XmlElement): boolean {
  const protocols = attributeOf(role, 'protocolSupportEnumeration') ?? ''
  return protocols.split(' ').includes(NS.samlp)
}

/** What is said around a role holds for it too. */
function fromHereUp(role: XmlElement): readonly XmlElement[] {
  const elements: XmlElement[] = []
  for (let element: XmlElement | undefined = role; element; element = element.parent) elements.push(element)
  return elements
}

function validUntilOf(element: XmlElement): number | undefined {
  const text = attributeOf(element, 'validUntil')
  const time = text === undefined ? undefined : parseDateTime(text)
  if (text !== undefined && time === undefined) {
    throw refusedMetadata('valid_until', 'the metadata ends at a time that can not be read')
  }
  return time
}

/** Advice and no more: what can not be read is not there. */
function durationOf(element: XmlElement): number | undefined {
  const text = attributeOf(element, 'cacheDuration')
  return text === undefined ? undefined : parseDuration(text)
}

function least(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.reduce((one, other) => {
    if (one === undefined || other === undefined) return one ?? other
    return Math.min(one, other)
  }, undefined)
}
