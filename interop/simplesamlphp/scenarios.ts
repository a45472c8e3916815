import type { Entry } from '../setup/doorward.ts'

/** One connection of ours to SimpleSAMLphp, and how its administrator set up our service provider there. */
export interface Scenario {
  /** The connection's id. Its domain is `ID.example`, and its one person is `ID` there, with `ID` as the password. */
  readonly id: string
  /** Which of the two identity providers: `strict` wants every message signed, and says so in its metadata. */
  readonly at?: 'strict'
  /** Further keys of the connection in auth_config.yml. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** In saml20-sp-remote, before what our metadata says. */
  readonly options?: Readonly<Record<string, boolean | string>>
  /** Groups beside `engineering`. */
  readonly groups?: number
}

const responseOnly = { 'saml20.sign.response': true, 'saml20.sign.assertion': false }
const assertionOnly = { 'saml20.sign.response': false, 'saml20.sign.assertion': true }
const both = { 'saml20.sign.response': true, 'saml20.sign.assertion': true }
const neither = { 'saml20.sign.response': false, 'saml20.sign.assertion': false }

const EMAIL_NAME_ID = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

/** All of them, in one auth_config.yml. */
export const scenarios: readonly Scenario[] = [
  { id: 'plain' },
  { id: 'slow' },
  { id: 'many', groups: 199 },
  { id: 'forced', settings: { force_authn: true } },
  {
    id: 'addressed',
    options: { NameIDFormat: EMAIL_NAME_ID, 'simplesaml.nameidattribute': 'mail' },
    settings: { name_id_format: EMAIL_NAME_ID, attribute_mapping: { name: 'displayName' } },
  },

  { id: 'response-only', options: responseOnly, settings: { want_response_signed: true } },
  { id: 'assertion-only', options: assertionOnly, settings: { want_assertions_signed: true } },
  {
    id: 'both',
    options: both,
    settings: { want_response_signed: true, want_assertions_signed: true },
  },
  { id: 'neither', options: neither },
  { id: 'assertion-missing', options: responseOnly, settings: { want_assertions_signed: true } },
  { id: 'response-missing', options: assertionOnly, settings: { want_response_signed: true } },
  { id: 'sha512', options: { 'signature.algorithm': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' } },
  { id: 'sha1', options: { 'signature.algorithm': 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' } },

  { id: 'strict', at: 'strict' },
  { id: 'strict-post', at: 'strict', settings: { sso_binding: 'post' } },
  {
    id: 'strict-unsigned',
    at: 'strict',
    // Else it believes our metadata, which says that requests are not signed.
    options: { 'validate.authnrequest': true },
    settings: { sign_requests: false },
  },

  { id: 'encrypted', options: { ...responseOnly, 'assertion.encryption': true } },
  { id: 'encrypted-both', options: { ...both, 'assertion.encryption': true } },
  { id: 'encrypted-loose', options: { ...assertionOnly, 'assertion.encryption': true } },
  { id: 'encrypted-name', options: { ...responseOnly, 'nameid.encryption': true } },

  { id: 'started-there' },
  { id: 'started-there-welcome', settings: { idp_initiated: true } },

  { id: 'logout', options: { 'sign.logout': true }, settings: { idp_logout: true } },
  { id: 'logout-strict', at: 'strict', settings: { idp_logout: true } },
  { id: 'logout-unsigned', settings: { idp_logout: true } },
]

/** @returns the scenario with this id */
export function scenario(id: string): Scenario {
  const found = scenarios.find((candidate) => candidate.id === id)
  if (!found) throw new Error(`there is no scenario ${id}`)
  return found
}

/** @returns the address of the one person of a scenario */
export function addressOf(id: string): string {
  return `person@${scenario(id).id}.example`
}

/** @returns the connection in the words of auth_config.yml. @param entityId the identity provider's, and its metadata */
export function entryOf({ id, settings = {} }: Scenario, entityId: string): Entry {
  return {
    id,
    protocol: 'SAML',
    name: `SimpleSAMLphp, ${id}`,
    entity_id: entityId,
    metadata_url: entityId,
    attribute_mapping: {
      uid: 'uid',
      email: 'mail',
      name: 'displayName',
      first_name: 'givenName',
      last_name: 'sn',
      groups: 'groups',
    },
    email_domain: `${id}.example`,
    ...settings,
  }
}
