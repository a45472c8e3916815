import type { Entry } from '../setup/doorward.ts'

/** The realm, as the guide's `<custom_realm>`. */
export const REALM = 'staff'

/** The OpenID Connect client's id and secret at Keycloak. */
export const CLIENT_ID = 'doorward'
export const CLIENT_SECRET = 'a-secret-for-this-test-only'

/** What has a person of its own, apart from the scenarios of OpenID Connect. */
export const connections = ['oidc', 'saml', 'imported', 'modern'] as const

/** @returns what the guides call `<company_email_domain>`, one for each connection */
export function domainOf(connection: string): string {
  return `${connection}.keycloak.example`
}

/** @returns the address of somebody at one of the connections */
export function addressAt(connection: string): string {
  return `person@${domainOf(connection)}`
}

/**
 * Our side of it: the first two with the keys of CVAT's guide for Keycloak, so a file that worked there works here, and
 * with a logout, of which a login knows nothing. The others are for what the guide leaves out: encryption and roles.
 *
 * @param keycloak its origin
 */
export function keycloakEntries(keycloak: string): readonly Entry[] {
  const attributeMapping = {
    uid: 'uidAttribute',
    email_verified: 'emailVerifiedAttribute',
    email: 'emailAttribute',
    last_name: 'lastNameAttribute',
    first_name: 'firstNameAttribute',
    username: 'usernameAttribute',
  }
  const saml = {
    protocol: 'SAML',
    entity_id: `${keycloak}/realms/${REALM}`,
    metadata_url: `${keycloak}/realms/${REALM}/protocol/saml/descriptor`,
  }
  return [
    {
      id: 'keycloak-oidc',
      protocol: 'OIDC',
      name: 'Keycloak OIDC-based Identity Provider',
      server_url: `${keycloak}/realms/${REALM}/.well-known/openid-configuration`,
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      email_domain: domainOf('oidc'),
    },
    {
      ...saml,
      id: 'keycloak-saml',
      name: 'Keycloak SAML-based Identity Provider',
      attribute_mapping: attributeMapping,
      email_domain: domainOf('saml'),
      idp_logout: true,
    },
    ...(['imported', 'modern'] as const).map((name) => ({
      ...saml,
      id: `keycloak-${name}`,
      name: `Keycloak, ${name}`,
      attribute_mapping: { ...attributeMapping, groups: 'Role' },
      email_domain: domainOf(name),
      idp_logout: true,
    })),
  ]
}
