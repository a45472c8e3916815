import type { AttributeMapping, SamlConnection } from '../config/connection.ts'
import { SsoError, shown } from '../errors/index.ts'
import { boundGroups, readText } from '../login/facts.ts'
import { type VerifiedIdentity, verifiedIdentity } from '../login/identity.ts'
import type { NameId } from '../ports/session-store.ts'
import { type Attributes, indexAttributes } from './attributes.ts'
import type { ValidatedResponse } from './response.ts'
import { nameIdFormats } from './urns.ts'

/**
 * Makes of a validated response who it is, as the connection maps attributes.
 *
 * @throws SsoError `saml_attribute_invalid` when nobody could be recognised by it again, or an attribute can not be read
 */
export function readIdentity(connection: SamlConnection, { assertion }: ValidatedResponse): VerifiedIdentity {
  const { attributes: mapping, synchronizesGroups } = connection
  const attributes = indexAttributes(assertion.attributes)
  const text = (key: keyof AttributeMapping) => readSingle(attributes, mapping[key], key)
  const email = text('email')
  const groups = synchronizesGroups ? attributes.all(mapping.groups).map((group) => group.trim()) : []
  return verifiedIdentity({
    connection: connection.id,
    protocol: 'saml',
    issuer: connection.entityId,
    subject: readSubject(attributes, mapping.uid, assertion.nameId),
    email: email ?? addressOf(assertion.nameId),
    // What is said about one address says nothing about another one.
    emailVerified: email === undefined ? undefined : readEmailVerified(text('emailVerified')),
    username: text('username'),
    name: text('name'),
    givenName: text('givenName'),
    familyName: text('familyName'),
    picture: text('picture'),
    groups: boundGroups(
      groups.map((group) => required(group, 'groups')),
      'saml_attribute_invalid',
    ),
  })
}

/**
 * Who it is at the identity provider, for good: what the configuration maps, or else the NameID. One does not stand in for
 * the other: the number of one person may be the name that another one chose.
 */
function readSubject(attributes: Attributes, names: readonly string[], nameId: NameId): string {
  if (names.length > 0) {
    const value = attributes.one(names)
    const details = { attribute: shown(names) }
    const message = 'the attribute is missing that attribute_mapping names as uid'
    if (value === undefined) throw new SsoError('saml_attribute_invalid', message, { details })
    // Not trimmed, for the same reason: "name " and "name" may be two people.
    if (value !== value.trim()) throw refused('there is white space around the uid')
    return required(value, 'uid')
  }
  if (nameId.format === nameIdFormats.transient) {
    throw refused('the NameID is transient, another one at every login, and attribute_mapping names no uid')
  }
  return required(nameId.value, 'uid')
}

/** An identity provider that calls people by their address says so in the format. */
function addressOf({ value, format }: NameId): string | undefined {
  return format === nameIdFormats.emailAddress ? readText(value) : undefined
}

function readSingle(attributes: Attributes, names: readonly string[], key: string): string | undefined {
  const value = attributes.one(names)?.trim()
  return value === undefined ? undefined : required(value, key)
}

/** Whatever is no yes is a no; undefined when nothing was said. */
function readEmailVerified(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : ['true', '1', 't', 'y', 'yes'].includes(value.toLowerCase())
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
