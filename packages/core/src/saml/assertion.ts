import { SsoError } from '../errors/index.ts'
import type { NameId } from '../ports/session-store.ts'
import { parseInstant } from './instant.ts'
import { type VerifiedElement, verifiedChild } from './signature.ts'
import { NS } from './urns.ts'
import { isNcName } from './xml/names.ts'
import { attributeOf, childrenOf, elementsOf, textOf, type XmlElement } from './xml/tree.ts'

/**
 * What an assertion says ([SAML Core, section 2.3.3](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)),
 * in its own words. Genuine, but not yet meant for us: see `conditions.ts`. Times are in milliseconds since the epoch.
 */
export interface Assertion {
  readonly id: string
  readonly version: string | undefined
  readonly issueInstant: number
  readonly issuer: Issuer | undefined
  /** Undefined where it is encrypted. */
  readonly nameId: NameId | undefined
  /** The subject as `EncryptedID`, where it is encrypted. */
  readonly encryptedId: VerifiedElement | undefined
  readonly confirmations: readonly SubjectConfirmation[]
  readonly conditions: Conditions | undefined
  readonly authnStatements: readonly AuthnStatement[]
  readonly attributes: readonly Attribute[]
}

/** Who made a message or an assertion (section 2.2.5). */
export interface Issuer {
  readonly entityId: string
  /** Undefined: an entity ID, as `entity` says too. */
  readonly format: string | undefined
}

/** Who may bring the assertion, where, when and in answer to what (section 2.4.1). */
export interface SubjectConfirmation {
  readonly method: string | undefined
  readonly recipient: string | undefined
  readonly inResponseTo: string | undefined
  readonly notBefore: number | undefined
  readonly notOnOrAfter: number | undefined
}

/** When and for whom the assertion is valid (section 2.5). */
interface Conditions {
  readonly notBefore: number | undefined
  readonly notOnOrAfter: number | undefined
  /** All of them must be met; one is met by any of its audiences. */
  readonly audienceRestrictions: readonly (readonly string[])[]
  /** The names of conditions that we do not know. Whoever does not understand a condition may not rely on the assertion. */
  readonly unknown: readonly string[]
}

/** That and how the subject was authenticated (section 2.7.2). */
export interface AuthnStatement {
  /** When the subject was authenticated. */
  readonly authnInstant: number | undefined
  /** How: the URI of a class of ways to do so. */
  readonly contextClass: string | undefined
  readonly sessionIndex: string | undefined
  readonly sessionNotOnOrAfter: number | undefined
}

/** An attribute of the subject (section 2.7.3). */
export interface Attribute {
  readonly name: string
  readonly friendlyName: string | undefined
  /** Undefined for a value that is made of elements. */
  readonly values: readonly (string | undefined)[]
}

/**
 * Reads an assertion. Takes nothing but what was verified, and looks for each part in its own place alone.
 *
 * @throws SsoError `saml_assertion_invalid` where a part is there twice, or can not be read
 */
export function readAssertion(verified: VerifiedElement): Assertion {
  const { element } = verified
  const id = attributeOf(element, 'ID')
  if (id === undefined || !isNcName(id)) throw invalid('the assertion has no ID, or one that is no name')
  const issueInstant = instantOf(element, 'IssueInstant')
  if (issueInstant === undefined) throw invalid('the assertion does not say when it was issued')
  const subject = onlyChild(element, 'Subject')
  const encryptedId = subject && onlyChild(subject, 'EncryptedID')
  const nameId = subject && onlyChild(subject, 'NameID')
  if (nameId && encryptedId) throw invalid('the subject has two names')
  const issuer = onlyChild(element, 'Issuer')
  const conditions = onlyChild(element, 'Conditions')
  return {
    id,
    version: attributeOf(element, 'Version'),
    issueInstant,
    issuer: issuer && readIssuer(issuer),
    nameId: nameId && readNameId(nameId),
    encryptedId: subject && encryptedId && verifiedChild(verifiedChild(verified, subject), encryptedId),
    confirmations: subject ? saml(subject, 'SubjectConfirmation').map(readConfirmation) : [],
    conditions: conditions && readConditions(conditions),
    authnStatements: saml(element, 'AuthnStatement').map(readAuthnStatement),
    attributes: saml(element, 'AttributeStatement').flatMap((statement) =>
      saml(statement, 'Attribute').map(readAttribute),
    ),
  }
}

/** Longer than any name that somebody has, in characters: with each session all of it is kept, and looked for. */
const MAX_NAME_LENGTH = 1024

/** A name, or what a session is called. @throws SsoError `saml_assertion_invalid` where it is longer than any */
export function bounded<T extends string | undefined>(text: T): T {
  if ((text?.length ?? 0) <= MAX_NAME_LENGTH) return text
  throw invalid('a name is longer than any')
}

/** Who says something. @throws SsoError `saml_assertion_invalid` where it is nobody */
export function readIssuer(element: XmlElement): Issuer {
  return { entityId: uriOf(element), format: attributeOf(element, 'Format') }
}

/** A NameID, with all that belongs to it (section 2.2.3). */
export function readNameId(element: XmlElement): NameId {
  const value = textOf(element)
  // Not trimmed: who is "name " at the identity provider shall not become "name" here.
  if (!value || /^\s|\s$/.test(value)) {
    throw invalid('the name of the subject is empty, or has elements in it or white space around it')
  }
  return {
    value: bounded(value),
    format: bounded(attributeOf(element, 'Format')?.trim()),
    nameQualifier: bounded(attributeOf(element, 'NameQualifier')),
    spNameQualifier: bounded(attributeOf(element, 'SPNameQualifier')),
  }
}

function readConfirmation(element: XmlElement): SubjectConfirmation {
  const data = onlyChild(element, 'SubjectConfirmationData')
  return {
    method: attributeOf(element, 'Method'),
    recipient: data && attributeOf(data, 'Recipient'),
    inResponseTo: data && attributeOf(data, 'InResponseTo'),
    notBefore: data && instantOf(data, 'NotBefore'),
    notOnOrAfter: data && instantOf(data, 'NotOnOrAfter'),
  }
}

/** What is used once in any case, and what is for those who issue assertions of their own. */
const understood = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']

function readConditions(element: XmlElement): Conditions {
  const all = elementsOf(element)
  return {
    notBefore: instantOf(element, 'NotBefore'),
    notOnOrAfter: instantOf(element, 'NotOnOrAfter'),
    audienceRestrictions: saml(element, 'AudienceRestriction').map((restriction) =>
      saml(restriction, 'Audience').map(uriOf),
    ),
    unknown: all
      .filter(({ tag }) => tag.namespace !== NS.saml || !understood.includes(tag.localName))
      .map(({ tag }) => tag.localName),
  }
}

function readAuthnStatement(element: XmlElement): AuthnStatement {
  const context = onlyChild(element, 'AuthnContext')
  const contextClass = context && onlyChild(context, 'AuthnContextClassRef')
  return {
    authnInstant: instantOf(element, 'AuthnInstant'),
    contextClass: contextClass && uriOf(contextClass),
    sessionIndex: bounded(attributeOf(element, 'SessionIndex')),
    sessionNotOnOrAfter: instantOf(element, 'SessionNotOnOrAfter'),
  }
}

function readAttribute(element: XmlElement): Attribute {
  return {
    name: attributeOf(element, 'Name') ?? '',
    friendlyName: attributeOf(element, 'FriendlyName'),
    values: saml(element, 'AttributeValue').map(textOf),
  }
}

/** The text of an element that must hold a URI: white space around it is how it was written, not what it says. */
function uriOf(element: XmlElement): string {
  const value = textOf(element)?.trim()
  if (!value) throw invalid('a value is empty, or has elements in it', element)
  return value
}

/** @throws SsoError for what is no time: it must not count as if it were missing */
function instantOf(element: XmlElement, name: string): number | undefined {
  const text = attributeOf(element, name)
  if (text === undefined) return undefined
  const instant = parseInstant(text)
  if (instant === undefined) throw invalid('a time is not written as SAML writes it, in UTC', element)
  return instant
}

function saml(element: XmlElement, localName: string): readonly XmlElement[] {
  return childrenOf(element, NS.saml, localName)
}

function onlyChild(element: XmlElement, localName: string): XmlElement | undefined {
  const [only, ...others] = saml(element, localName)
  if (others.length > 0) throw invalid('a part of the assertion is there twice', element)
  return only
}

function invalid(message: string, element?: XmlElement): SsoError {
  const details = element ? { element: element.tag.localName } : {}
  return new SsoError('saml_assertion_invalid', message, { details })
}
