import type { AttributeMapping, SamlConnection } from '../config/connection.ts'
import { SsoError, shown } from '../errors/index.ts'
import { boundGroups, readText } from '../login/facts.ts'
import { type VerifiedIdentity, verifiedIdentity } from '../login/identity.ts'
import type { NameId } from '../ports/session-store.ts'
import { type Attributes, indexAttributes } from './attributes.ts'
import { subjectOf } from './known-as.ts'
import type { ValidatedResponse } from './response.ts'
import { nameIdFormats } from './urns.ts'

/**
 * Makes of a validated response who it is, as the connection maps attributes.
 *
 * @param known the NameID as it is compared, by `knownAs`
 * @throws SsoError `saml_attribute_invalid` when nobody could be recognised by it again, or an attribute can not be read
 */
export function readIdentity(
  connection: SamlConnection,
  { assertion }: ValidatedResponse,
  known: NameId,
): VerifiedIdentity {
  const { attributes: mapping, synchronizesGroups } = connection
  const attributes = indexAttributes(assertion.attributes)
  const text = (key: keyof AttributeMapping) => readSingle(attributes, mapping[key], key)
  const email = text('email')
  const isVerified = readEmailVerified(attributes, mapping.emailVerified)
  const groups = synchronizesGroups ? attributes.all(mapping.groups) : []
  return verifiedIdentity({
    connection: connection.id,
    protocol: 'saml',
    issuer: connection.entityId,
    subject: readSubject(connection, attributes, { said: assertion.nameId, known }),
    email: email ?? addressOf(assertion.nameId),
    // A yes is about the address that came with it. A no counts for whatever address there is.
    emailVerified: email === undefined && isVerified ? undefined : isVerified,
    username: exact(text('username'), 'username'),
    name: text('name'),
    givenName: text('givenName'),
    familyName: text('familyName'),
    picture: text('picture'),
    // Not trimmed, as subjects are not: "admins " may be another group than "admins", and one that anybody can make.
    groups: boundGroups(
      groups.map((group) => required(group, 'groups')),
      'saml_attribute_invalid',
    ),
  })
}

/** The names of what `attribute_mapping` looks for, where none of them came with anything in it; empty for nothing. */
export function missingFrom(
  { attributes: mapping, synchronizesGroups }: SamlConnection,
  { attributes }: ValidatedResponse['assertion'],
): string {
  const filled = attributes.filter(({ values }) => values.some((value) => value?.trim() !== ''))
  const came = new Set(filled.flatMap(({ name, friendlyName }) => [name, friendlyName]))
  const { groups, ...others } = mapping
  const lists = [...Object.values(others), ...(synchronizesGroups ? [groups] : [])]
  return lists.flatMap((names) => (names.some((name) => came.has(name)) ? [] : names)).join(', ')
}

/**
 * Who it is at the identity provider, for good: what the configuration maps, or else the NameID. One does not stand in for
 * the other: the number of one person may be the name that another one chose.
 */
function readSubject(
  { attributes: { uid: names }, nameIdFormat }: SamlConnection,
  attributes: Attributes,
  { said, known }: { readonly said: NameId; readonly known: NameId },
): string {
  if (names.length > 0) {
    const value = attributes.hasBlank(names) ? undefined : attributes.one(names)
    const details = { attribute: shown(names), received: attributes.names }
    const message = 'the attribute is missing or empty that attribute_mapping names as uid'
    if (value === undefined) throw new SsoError('saml_attribute_invalid', message, { details })
    return required(exact(value, 'uid'), 'uid')
  }
  if (said.format === nameIdFormats.transient) {
    throw refused('the NameID is transient, another one at every login, and attribute_mapping names no uid')
  }
  // Who takes the request to the identity provider may ask for a name of another kind, which people may choose.
  const isAsked = nameIdFormat === undefined || nameIdFormat === nameIdFormats.unspecified
  if (!isAsked && said.format !== nameIdFormat) {
    throw refused(
      'the NameID is of another format than name_id_format says, and attribute_mapping names no uid',
    )
  }
  required(said.value, 'uid')
  return subjectOf(known)
}

/** A value that names somebody: "name " and "name" may be two people. @throws SsoError where white space stands around it */
function exact<T extends string | undefined>(value: T, key: string): T {
  if (value === value?.trim()) return value
  throw refused(`there is white space around the ${key}`)
}

/** An identity provider that calls people by their address says so in the format. */
function addressOf({ value, format }: NameId): string | undefined {
  return format === nameIdFormats.emailAddress ? readText(value) : undefined
}

function readSingle(attributes: Attributes, names: readonly string[], key: string): string | undefined {
  // As XML is laid out. Other white space is part of what was said.
  const value = attributes.one(names)?.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
  return value === undefined ? undefined : required(value, key)
}

/** Whatever is no yes is a no, nothing too where something should be; undefined when the attribute did not come. */
function readEmailVerified(attributes: Attributes, names: readonly string[]): boolean | undefined {
  if (attributes.hasBlank(names)) return false
  const value = attributes.one(names)?.trim().toLowerCase()
  return value === undefined ? undefined : ['true', '1', 't', 'y', 'yes'].includes(value)
}

/** @throws SsoError for a text that can not be shown, or is longer than any */
function required(value: string, key: string): string {
  const text = readText(value)
  if (text !== undefined) return text
  const message = 'an attribute holds control characters, or is longer than any'
  throw new SsoError('saml_attribute_invalid', message, { details: { attribute: key } })
}

function refused(message: string): SsoError {
  return new SsoError('saml_attribute_invalid', message)
}
