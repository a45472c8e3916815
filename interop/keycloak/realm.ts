import { addressAt, CLIENT_ID, CLIENT_SECRET, connections, REALM } from './entries.ts'
import { groupMapper, type Representation } from './mappers.ts'
import { type OpenIdScenario, openIdScenarios, realmOf } from './openid-scenarios.ts'

/** What all realms have in common. */
const common = {
  enabled: true,
  groups: [{ name: 'engineering' }, { name: 'management', subGroups: [{ name: 'leads' }] }],
  // Nobody steals passwords that are the names of their users, and good ones take their time at every login.
  passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)',
}

/**
 * One person for each connection; the password of each is the user name.
 *
 * @param clientOf the client of a scenario
 */
export function realm(clientOf: (scenario: OpenIdScenario) => Representation): Representation {
  const scenarios = openIdScenarios.filter((scenario) => realmOf(scenario) === REALM)
  return {
    ...common,
    realm: REALM,
    roles: { realm: [{ name: 'annotator' }, { name: 'reviewer' }] },
    users: [
      ...connections.map((name) => person(name, ['/engineering', '/management'])),
      ...scenarios.map(({ id }) => person(id, ['/engineering', '/management/leads'])),
    ].map((user) => ({ ...user, realmRoles: ['annotator', 'reviewer', `default-roles-${REALM}`] })),
    clients: scenarios.map(clientOf),
  }
}

/** One for each scenario that has a realm of its own. */
export function otherRealms(
  clientOf: (scenario: OpenIdScenario) => Representation,
): readonly Representation[] {
  return openIdScenarios
    .filter((scenario) => realmOf(scenario) !== REALM)
    .map((scenario) => ({
      ...common,
      realm: realmOf(scenario),
      users: [person(scenario.id, ['/engineering'])],
      clients: [clientOf(scenario)],
    }))
}

function person(name: string, memberOf: readonly string[]): Representation {
  return {
    username: `person-${name}`,
    email: addressAt(name),
    emailVerified: true,
    firstName: 'Ünsal',
    lastName: 'O’Person-Ärö',
    enabled: true,
    credentials: [{ type: 'password', value: `person-${name}`, temporary: false }],
    groups: memberOf,
  }
}

/** "Register an OIDC-based client", step by step as the guide has it, and the group mapper of docs/idp/keycloak.md. */
export function oidcClient(doorward: string): Representation {
  return {
    protocol: 'openid-connect', // Client type: OpenID Connect
    clientId: CLIENT_ID,
    name: 'OIDC-based client',
    publicClient: false, // Client authentication: on
    secret: CLIENT_SECRET,
    baseUrl: doorward, // Home URL
    redirectUris: [`${doorward}/api/auth/oidc/keycloak-oidc/login/callback/`],
    webOrigins: [doorward],
    protocolMappers: [groupMapper('groups', 'false')],
  }
}

/** "Register a SAML-based client": what the guide's first step fills in. All else is what Keycloak makes of it. */
export function samlClient(doorward: string): Representation {
  return {
    protocol: 'saml', // Client type: SAML
    clientId: `${doorward}/api/auth/saml/keycloak-saml/metadata/`,
    name: 'SAML client',
    baseUrl: doorward, // Home URL
    redirectUris: [`${doorward}/api/auth/saml/keycloak-saml/acs/`],
  }
}

/**
 * "Configure a created client": what the guide's second step changes, and the logout of docs/idp/keycloak.md.
 *
 * @param certificate ours, DER as base64
 */
export function samlSettings(doorward: string, certificate: string): Readonly<Record<string, string>> {
  return {
    saml_name_id_format: 'email', // Name ID format: email
    saml_force_name_id_format: 'true', // Force name ID format: On
    'saml.client.signature': 'true', // Keys: Client signature required
    'saml.signing.certificate': certificate, // Keys: Import key, which the guide leaves out
    // Logout Service Redirect Binding URL
    saml_single_logout_service_url_redirect: `${doorward}/api/auth/saml/keycloak-saml/sls/`,
  }
}

/** The mappers of the guide, each a User Property, and the list of groups of docs/idp/keycloak.md. */
export function samlMappers(): readonly Representation[] {
  const properties: Readonly<Record<string, string>> = {
    id: 'uidAttribute',
    username: 'usernameAttribute',
    email: 'emailAttribute',
    emailVerified: 'emailVerifiedAttribute',
    firstName: 'firstNameAttribute',
    lastName: 'lastNameAttribute',
  }
  return [
    ...Object.entries(properties).map(([property, attribute]) => ({
      name: property,
      protocol: 'saml',
      protocolMapper: 'saml-user-property-mapper',
      config: { 'user.attribute': property, 'attribute.name': attribute, 'attribute.nameformat': 'Basic' },
    })),
    {
      name: 'groups',
      protocol: 'saml',
      protocolMapper: 'saml-group-membership-mapper',
      config: {
        'attribute.name': 'groups',
        'full.path': 'false',
        single: 'true',
        'attribute.nameformat': 'Basic',
      },
    },
  ]
}

/** The best that Keycloak can do: what its console calls AES_256_GCM, RSA-OAEP-11, SHA-256 and mgf1sha256. */
export const modernEncryption: Readonly<Record<string, string>> = {
  'saml.encryption.algorithm': 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'saml.encryption.keyAlgorithm': 'http://www.w3.org/2009/xmlenc11#rsa-oaep',
  'saml.encryption.digestMethod': 'http://www.w3.org/2001/04/xmlenc#sha256',
  'saml.encryption.maskGenerationFunction': 'http://www.w3.org/2009/xmlenc11#mgf1sha256',
  // Then the assertion alone may be signed.
  'saml.server.signature': 'false',
  'saml.assertion.signature': 'true',
}
