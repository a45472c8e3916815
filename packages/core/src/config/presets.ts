import { GOOGLE_ISSUER } from './google.ts'

/** What the administrator knows of a provider, as keys of its entry. */
export type PresetParameter =
  | 'tenant'
  | 'domain'
  | 'realm'
  | 'region'
  | 'user_pool_id'
  | 'environment_id'
  | 'application_id'
  | 'client_id'
  | 'idp_id'

/** What stands behind a key: `{tenant}` is replaced by the parameter. */
type PresetSetting = string | readonly string[] | boolean | { readonly [key: string]: PresetSetting }

/** A known identity provider: what need not be written out for it. */
export interface Preset {
  /** What `provider:` says. */
  readonly provider: string
  readonly protocol: 'OIDC' | 'SAML'
  /** For people. */
  readonly title: string
  /** Its page in docs/idp, without the ending. */
  readonly page: string
  /** The provider's own documentation. */
  readonly documentation: string
  /** Needed, in the order in which a person is asked. */
  readonly parameters: readonly PresetParameter[]
  /** How a parameter looks with this provider, where that is not how it looks with others. */
  readonly forms?: Readonly<Partial<Record<PresetParameter, ParameterForm>>>
  /** The keys of the entry that it stands for. What the entry says itself comes first. */
  readonly settings: Readonly<Record<string, PresetSetting>>
}

/** How a parameter must look, and how it is shown to people. */
export interface ParameterForm {
  readonly pattern: RegExp
  readonly meaning: string
  readonly example: string
}

/** As Microsoft and Ping name nearly everything. */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** How parameters look with most providers. */
export const presetParameters: Readonly<Record<PresetParameter, ParameterForm>> = {
  tenant: {
    pattern: GUID,
    meaning: 'Directory (tenant) ID',
    example: '11111111-2222-4333-8444-555555555555',
  },
  domain: {
    pattern: /^(https?:\/\/)?[a-z0-9.-]+(:\d+)?\/?$/i,
    meaning: 'domain of the provider',
    example: 'login.example.com',
  },
  realm: { pattern: /^[^/?#]+$/, meaning: 'name of the realm', example: 'staff' },
  region: { pattern: /^[a-z0-9-]+$/, meaning: 'region', example: 'eu-central-1' },
  user_pool_id: {
    pattern: /^[a-z0-9-]+_[A-Za-z0-9]+$/,
    meaning: 'user pool ID',
    example: 'eu-central-1_a1B2c3D4e',
  },
  environment_id: {
    pattern: GUID,
    meaning: 'environment ID',
    example: '11111111-2222-4333-8444-555555555555',
  },
  application_id: {
    pattern: GUID,
    meaning: 'Application (client) ID',
    example: '22222222-3333-4444-8555-666666666666',
  },
  client_id: { pattern: /^\S+$/, meaning: 'client ID', example: 'a1B2c3D4e5F6g7H8i9J0' },
  idp_id: {
    pattern: /^C[0-9A-Za-z]+$/,
    meaning: 'the part after "idpid=" in its addresses',
    example: 'C01abcdef',
  },
}

const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const microsoftClaims = 'http://schemas.microsoft.com/identity/claims'

/** A provider's own domain, in the words of its console. */
function domainOf(title: string, example: string): Pick<Preset, 'forms'> {
  return { forms: { domain: { ...presetParameters.domain, meaning: `domain of your ${title}`, example } } }
}

const keycloakDomain: Pick<Preset, 'forms'> = {
  forms: {
    domain: {
      // Some live below a path, such as /auth; a realm or the console is no part of it.
      pattern: /^(https?:\/\/)?[a-z0-9.-]+(:\d+)?(\/(?!realms(\/|$)|admin(\/|$))[\w.-]+)*\/?$/i,
      meaning: 'domain of your Keycloak server',
      example: 'keycloak.example.com',
    },
  },
}

/** @returns how a parameter must look with `preset` */
export function parameterForm(preset: Preset, name: PresetParameter): ParameterForm {
  return preset.forms?.[name] ?? presetParameters[name]
}

/** Every known provider, one entry for each protocol. docs/idp says where the facts are from. */
export const presets: readonly Preset[] = [
  {
    provider: 'azure',
    protocol: 'OIDC',
    title: 'Microsoft Entra ID (Azure)',
    page: 'azure',
    documentation: 'https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc',
    parameters: ['tenant'],
    settings: { server_url: 'https://login.microsoftonline.com/{tenant}/v2.0' },
  },
  {
    provider: 'okta',
    protocol: 'OIDC',
    title: 'Okta',
    page: 'okta',
    documentation: 'https://developer.okta.com/docs/concepts/auth-servers/',
    parameters: ['domain'],
    ...domainOf('Okta organisation', 'acme.okta.com'),
    // The organisation's own server keeps names and groups out of the ID Token.
    settings: { server_url: '{domain}', claims_source: 'userinfo' },
  },
  {
    provider: 'auth0',
    protocol: 'OIDC',
    title: 'Auth0',
    page: 'auth0',
    documentation: 'https://auth0.com/docs/authenticate/protocols/openid-connect-protocol',
    parameters: ['domain'],
    ...domainOf('Auth0 tenant', 'acme.eu.auth0.com'),
    settings: { server_url: '{domain}' },
  },
  {
    provider: 'keycloak',
    protocol: 'OIDC',
    title: 'Keycloak',
    page: 'keycloak',
    documentation: 'https://www.keycloak.org/securing-apps/oidc-layers',
    parameters: ['domain', 'realm'],
    ...keycloakDomain,
    settings: { server_url: '{domain}/realms/{realm}' },
  },
  {
    provider: 'google',
    protocol: 'OIDC',
    title: 'Google',
    page: 'google',
    documentation: 'https://developers.google.com/identity/openid-connect/openid-connect',
    parameters: [],
    settings: { server_url: GOOGLE_ISSUER },
  },
  {
    provider: 'cognito',
    protocol: 'OIDC',
    title: 'Amazon Cognito',
    page: 'cognito',
    documentation:
      'https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html',
    parameters: ['region', 'user_pool_id'],
    settings: {
      server_url: 'https://cognito-idp.{region}.amazonaws.com/{user_pool_id}',
      groups_claim: 'cognito:groups',
      claims_mapping: { username: 'cognito:username' },
    },
  },
  {
    provider: 'ping',
    protocol: 'OIDC',
    title: 'Ping (PingOne)',
    page: 'ping',
    documentation: 'https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2.html',
    parameters: ['domain', 'environment_id'],
    ...domainOf('PingOne region', 'auth.pingone.eu'),
    settings: { server_url: '{domain}/{environment_id}/as' },
  },
  {
    provider: 'adfs',
    protocol: 'OIDC',
    title: 'Microsoft AD (ADFS)',
    page: 'adfs',
    documentation:
      'https://learn.microsoft.com/windows-server/identity/ad-fs/development/ad-fs-openid-connect-oauth-concepts',
    parameters: ['domain'],
    ...domainOf('ADFS server', 'fs.example.com'),
    // Its userinfo knows the subject and nothing else.
    settings: {
      server_url: '{domain}/adfs',
      scope: 'openid profile email allatclaims',
      claims_source: 'id_token',
      claims_mapping: { username: 'upn' },
    },
  },
  {
    provider: 'azure',
    protocol: 'SAML',
    title: 'Microsoft Entra ID (Azure)',
    page: 'azure',
    documentation: 'https://learn.microsoft.com/entra/identity-platform/single-sign-on-saml-protocol',
    parameters: ['tenant', 'application_id'],
    settings: {
      entity_id: 'https://sts.windows.net/{tenant}/',
      metadata_url:
        'https://login.microsoftonline.com/{tenant}/federationmetadata/2007-06/federationmetadata.xml?appid={application_id}',
      attribute_mapping: {
        uid: [`${claims}/uid`, `${microsoftClaims}/objectidentifier`],
        username: [`${claims}/name`, `${claims}/nameidentifier`],
        email: `${claims}/emailaddress`,
        name: `${microsoftClaims}/displayname`,
        first_name: `${claims}/givenname`,
        last_name: `${claims}/surname`,
        groups: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
      },
    },
  },
  {
    provider: 'okta',
    protocol: 'SAML',
    title: 'Okta',
    page: 'okta',
    documentation: 'https://help.okta.com/oie/en-us/content/topics/apps/apps_app_integration_wizard_saml.htm',
    parameters: ['domain', 'application_id'],
    forms: {
      ...domainOf('Okta organisation', 'acme.okta.com').forms,
      application_id: {
        pattern: /^exk[0-9A-Za-z]+$/,
        meaning: 'ID of the application: the part of its metadata URL that begins with "exk"',
        example: 'exk1fcia6d6EMsf331d8',
      },
    },
    settings: {
      entity_id: 'http://www.okta.com/{application_id}',
      metadata_url: '{domain}/app/{application_id}/sso/saml/metadata',
      attribute_mapping: {
        uid: 'uid',
        username: 'username',
        email: 'email',
        email_verified: 'emailVerified',
        first_name: 'firstName',
        last_name: 'lastName',
        groups: 'groups',
      },
    },
  },
  {
    provider: 'auth0',
    protocol: 'SAML',
    title: 'Auth0',
    page: 'auth0',
    documentation: 'https://auth0.com/docs/authenticate/protocols/saml/saml-configuration',
    parameters: ['domain', 'client_id'],
    ...domainOf('Auth0 tenant', 'acme.eu.auth0.com'),
    settings: {
      entity_id: 'urn:{domain:host}',
      metadata_url: '{domain}/samlp/metadata/{client_id}',
      attribute_mapping: {
        uid: `${claims}/nameidentifier`,
        // The first of each is what CVAT's settings for the add-on give, the second what it sends without them.
        username: [`${claims}/username`, 'http://schemas.auth0.com/nickname'],
        email: `${claims}/emailaddress`,
        email_verified: [`${claims}/emailverified`, 'http://schemas.auth0.com/email_verified'],
        name: `${claims}/name`,
        first_name: `${claims}/givenname`,
        last_name: `${claims}/surname`,
        groups: 'http://schemas.xmlsoap.org/claims/Group',
      },
    },
  },
  {
    provider: 'keycloak',
    protocol: 'SAML',
    title: 'Keycloak',
    page: 'keycloak',
    documentation: 'https://www.keycloak.org/docs/latest/server_admin/#_saml',
    parameters: ['domain', 'realm'],
    ...keycloakDomain,
    settings: {
      entity_id: '{domain}/realms/{realm}',
      metadata_url: '{domain}/realms/{realm}/protocol/saml/descriptor',
      attribute_mapping: {
        uid: 'uidAttribute',
        username: 'usernameAttribute',
        email: 'emailAttribute',
        email_verified: 'emailVerifiedAttribute',
        first_name: 'firstNameAttribute',
        last_name: 'lastNameAttribute',
        groups: ['groups', 'member', 'Role'],
      },
    },
  },
  {
    provider: 'google',
    protocol: 'SAML',
    title: 'Google Workspace',
    page: 'google',
    documentation: 'https://support.google.com/a/answer/6087519',
    parameters: ['idp_id'],
    // Google publishes no metadata: the certificate comes from its file.
    settings: {
      entity_id: 'https://accounts.google.com/o/saml2?idpid={idp_id}',
      sso_url: 'https://accounts.google.com/o/saml2/idp?idpid={idp_id}',
      attribute_mapping: {
        email: 'email',
        first_name: 'first_name',
        last_name: 'last_name',
        groups: 'groups',
      },
    },
  },
  {
    provider: 'jumpcloud',
    protocol: 'SAML',
    title: 'JumpCloud',
    page: 'jumpcloud',
    documentation: 'https://jumpcloud.com/support/sso-using-custom-saml-application-connectors',
    parameters: [],
    settings: {
      attribute_mapping: {
        email: 'email',
        first_name: 'firstname',
        last_name: 'lastname',
        groups: 'memberOf',
      },
    },
  },
  {
    provider: 'duo',
    protocol: 'SAML',
    title: 'Duo',
    page: 'duo',
    documentation: 'https://duo.com/docs/sso-generic',
    parameters: [],
    settings: {
      attribute_mapping: {
        username: 'Username',
        email: 'Email Address',
        name: 'Display Name',
        first_name: 'First Name',
        last_name: 'Last Name',
        groups: 'groups',
      },
    },
  },
  {
    provider: 'adfs',
    protocol: 'SAML',
    title: 'Microsoft AD (ADFS)',
    page: 'adfs',
    documentation:
      'https://learn.microsoft.com/windows-server/identity/ad-fs/operations/create-a-relying-party-trust',
    parameters: ['domain'],
    ...domainOf('ADFS server', 'fs.example.com'),
    settings: {
      entity_id: 'http://{domain:host}/adfs/services/trust',
      metadata_url: '{domain}/FederationMetadata/2007-06/FederationMetadata.xml',
      attribute_mapping: {
        username: [`${claims}/upn`, `${claims}/name`],
        email: `${claims}/emailaddress`,
        first_name: `${claims}/givenname`,
        last_name: `${claims}/surname`,
        groups: [
          'http://schemas.xmlsoap.org/claims/Group',
          'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
        ],
      },
    },
  },
]

/** Other names under which a provider is looked for. */
export const alsoKnownAs: Readonly<Record<string, string>> = {
  entra: 'azure',
  microsoft: 'azure',
  amazon_cognito: 'cognito',
  pingone: 'ping',
}

/** What `provider: custom` says: nothing is known. */
export const CUSTOM = 'custom'

/** @returns the preset for what an entry says, if there is one */
export function presetOf(provider: string, protocol: Preset['protocol']): Preset | undefined {
  const written = provider.toLowerCase()
  const name = alsoKnownAs[written] ?? written
  return presets.find((preset) => preset.provider === name && preset.protocol === protocol)
}

/**
 * The keys that a preset stands for.
 *
 * @param values the parameters, checked against {@link presetParameters}
 */
export function presetSettings(
  preset: Preset,
  values: Readonly<Partial<Record<PresetParameter, string>>>,
): Readonly<Record<string, unknown>> {
  return fill(preset.settings, values) as Record<string, unknown>
}

function fill(setting: PresetSetting, values: Readonly<Partial<Record<PresetParameter, string>>>): unknown {
  if (typeof setting === 'boolean') return setting
  if (typeof setting !== 'string') {
    return Array.isArray(setting)
      ? setting.map((one: string) => fill(one, values))
      : Object.fromEntries(Object.entries(setting).map(([key, value]) => [key, fill(value, values)]))
  }
  return setting.replace(/\{(\w+)(:host)?\}/g, (_, name: PresetParameter, host) => {
    const value = values[name] ?? ''
    if (name !== 'domain') return encodeURIComponent(value.toWellFormed())
    const url = (/^https?:\/\//i.test(value) ? value : `https://${value}`).replace(/\/+$/, '')
    return host ? (URL.parse(url)?.host ?? '') : url
  })
}
