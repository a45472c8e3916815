import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../../test/configured.ts'
import { seedsOf } from '../../../test/fixtures.ts'
import { parseBaseUrl } from '../base-url.ts'
import { parseConfiguration } from '../parse.ts'
import { readConfiguration } from '../yaml.ts'
import { type Finding, readEntry } from './entry.ts'
import { expandPreset } from './preset.ts'
import { checkSocial } from './social.ts'
import { addressOf } from './trap.ts'
import { checkTraps } from './traps.ts'

type Values = Readonly<Record<string, unknown>>

const tenant = '11111111-2222-4333-8444-555555555555'
const other = '22222222-3333-4444-8555-666666666666'
const application = '66666666-7777-4888-9999-aaaaaaaaaaaa'
const key = 'exk1abc2DEF3ghi4JKL5'
const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

function trapsOf(values: Values): readonly Finding[] {
  const entry = readEntry(values)
  return entry ? checkTraps(expandPreset(entry).entry) : []
}

const oidc = (server_url: string, rest: Values = {}): Values => ({
  protocol: 'OIDC',
  server_url,
  client_id: 'client-1',
  client_secret: 'a-secret',
  email_domain: 'example.com',
  ...rest,
})
const saml = (entity_id: string, rest: Values = {}): Values => ({
  protocol: 'SAML',
  entity_id,
  attribute_mapping: { email: 'email' },
  ...rest,
})
const azure = (server_url: string, rest: Values = {}) => oidc(server_url, { client_id: application, ...rest })
const entra = `https://login.microsoftonline.com/${tenant}/v2.0`
const entraSaml = (rest: Values) => saml(`https://sts.windows.net/${tenant}/`, rest)
const entraMetadata = `https://login.microsoftonline.com/${tenant}/federationmetadata/2007-06/federationmetadata.xml`
const appMetadata = `${entraMetadata}?appid=${application}`
const okta = (server_url: string, rest: Values = {}) =>
  oidc(server_url, { client_id: '0oa1abc2DEF3ghi4JKL5', ...rest })
const google = (rest: Values) =>
  oidc('https://accounts.google.com', {
    client_id: '111111111111-0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p.apps.googleusercontent.com',
    client_secret: 'GOCSPX-0123456789abcdefghijklmnopqr',
    ...rest,
  })
const googleEntity = 'https://accounts.google.com/o/saml2?idpid=C01abcdef'
const googleSso = 'https://accounts.google.com/o/saml2/idp?idpid=C01abcdef'
const pool = 'eu-central-1_a1B2c3D4e'
const cognito = `https://cognito-idp.eu-central-1.amazonaws.com/${pool}`
const ping = `https://auth.pingone.eu/${tenant}/as`
const duo = 'https://sso-0a1b2c3d.sso.duosecurity.com'
const realm = 'https://sso.acme.com/realms/staff'
const descriptor = `${realm}/protocol/saml/descriptor`
const adfs = (server_url: string, rest: Values = {}) =>
  oidc(server_url, { resource: 'https://sso.example.com/', ...rest })
const adfsEntity = 'http://fs.acme.com/adfs/services/trust'
const adfsMetadata = 'https://fs.acme.com/FederationMetadata/2007-06/FederationMetadata.xml'
const doorward = 'https://sso.example.com/api/auth'

/** What is walked into, and what is to be written instead: `undefined` where the values do not tell. */
type Case = readonly [code: string, values: Values, write?: string | undefined, key?: string]

const walkedInto: Readonly<Record<string, readonly Case[]>> = {
  'any provider': [
    ['own_address', oidc(`${doorward}/oidc/okta/login/callback/`)],
    ['own_address', saml(`${doorward}/saml/okta/metadata/`)],
    ['own_address', saml('urn:acme', { metadata_url: `${doorward}/saml/okta/metadata/` })],
    ['own_address', saml('urn:acme', { sso_url: `${doorward}/saml/okta/acs/` })],
    ['address_doubled', oidc('https://https://idp.acme.com/x'), 'https://idp.acme.com/x'],
    ['address_doubled', oidc('https://http://https://idp.acme.com'), 'https://idp.acme.com'],
    ['provider_mismatch', okta('https://acme.okta.com', { provider: 'auth0' }), 'okta'],
    [
      'provider_mismatch',
      oidc('https://oauth.id.jumpcloud.com/', {
        provider: 'google',
        client_id: '1-a.apps.googleusercontent.com',
      }),
      'custom',
    ],
    ['protocol_mixed_up', oidc('https://sso.acme.com/app/exk1/sso/saml/metadata')],
    [
      'protocol_mixed_up',
      saml('urn:acme', { metadata_url: 'https://sso.acme.com/.well-known/openid-configuration' }),
    ],
    ['endpoint_as_server_url', oidc('https://idp.acme.com/oauth2/authorize')],
    ['endpoint_as_server_url', oidc('https://idp.acme.com/keys/')],
    ['endpoint_as_server_url', oidc('https://idp.acme.com/as/token.oauth2')],
    [
      'endpoint_as_server_url',
      oidc('https://idp.acme.com/t/token', { issuer: 'https://idp.acme.com/t' }),
      'https://idp.acme.com/t',
    ],
    [
      'endpoint_as_server_url',
      oidc('https://idp.acme.com/t/.well-known/jwks.json'),
      'https://idp.acme.com/t',
    ],
    [
      'endpoint_as_server_url',
      oidc('https://idp.acme.com/.well-known/oauth-authorization-server'),
      'https://idp.acme.com',
    ],
    ['sso_url_mixed_up', saml('urn:acme', { sso_url: 'https://idp.acme.com/saml/metadata' })],
    ['email_never_verified', saml('urn:acme', { email_verification: 'require' })],
  ],
  azure: [
    ['azure_host_missing', azure('https://TENANT/v2.0/')],
    ['azure_host_missing', azure('https://contoso/v2.0')],
    ['azure_host_missing', azure(`https://${tenant}/v2.0/`), entra],
    ['azure_secret_id', azure(entra, { client_secret: other })],
    ['azure_client_id', azure(entra, { client_id: 'my-app' })],
    ['azure_client_id', azure(entra, { client_id: tenant.toUpperCase() })],
    ['azure_client_id', azure(entra, { client_id: `api://${application}` }), application],
    ['azure_multi_tenant', azure('https://login.microsoftonline.com/common/v2.0')],
    ['azure_multi_tenant', azure('https://login.microsoftonline.com/Organizations/v2.0/')],
    [
      'azure_multi_tenant',
      azure('https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0'),
    ],
    ['azure_version_1', azure(`https://sts.windows.net/${tenant}/`), entra],
    ['azure_server_url', azure(`https://login.microsoftonline.com/${tenant}`), entra],
    ['azure_server_url', azure(`https://login.microsoftonline.com/${tenant}/oauth2/v2.0/authorize`), entra],
    ['azure_server_url', azure(`https://login.microsoftonline.com/${tenant}/v2.0/oauth2/token`), entra],
    ['azure_server_url', azure(`https://login.microsoftonline.com/${tenant}/saml2`), entra],
    ['azure_server_url', azure(`https://login.windows.net/${tenant}/v2.0`), entra],
    [
      'azure_server_url',
      azure(`https://login.microsoftonline.us/${tenant}`),
      `https://login.microsoftonline.us/${tenant}/v2.0`,
    ],
    [
      'azure_server_url',
      azure(`https://login.chinacloudapi.cn/${tenant}/v2.0`),
      `https://login.partner.microsoftonline.cn/${tenant}/v2.0`,
    ],
    ['azure_server_url', azure('https://login.microsoftonline.com/acme.onmicrosoft.com/v2.0')],
    ['azure_server_url', azure('https://portal.azure.com')],
    ['azure_server_url', azure('https://graph.microsoft.com/v1.0')],
    ['azure_server_url', azure(`https://login.microsoftonline.de/${tenant}/v2.0`)],
    ['azure_groups_scope', azure(entra, { scope: 'openid email groups' })],
    ['azure_groups_scope', azure(entra, { scope: ['profile', 'groups'] })],
    ['email_never_verified', azure(entra, { email_verification: 'require' })],
    ['entity_id_mixed_up', saml(`https://sts.windows.net/${tenant}`), `https://sts.windows.net/${tenant}/`],
    ['entity_id_mixed_up', saml(`http://sts.windows.net/${tenant}/`), `https://sts.windows.net/${tenant}/`],
    [
      'entity_id_mixed_up',
      saml(`https://login.microsoftonline.com/${tenant}/saml2`),
      `https://sts.windows.net/${tenant}/`,
    ],
    [
      'entity_id_mixed_up',
      saml('doorward', { metadata_url: appMetadata }),
      `https://sts.windows.net/${tenant}/`,
    ],
    ['entity_id_mixed_up', saml('https://sts.windows.net/acme.onmicrosoft.com/')],
    ['entity_id_mismatch', saml(`https://sts.windows.net/${other}/`, { metadata_url: appMetadata })],
    [
      'metadata_url_mixed_up',
      entraSaml({ metadata_url: `https://login.microsoftonline.com/${tenant}/saml2` }),
    ],
    ['metadata_url_mixed_up', entraSaml({ metadata_url: appMetadata.replace(tenant, 'common') })],
    [
      'metadata_url_mixed_up',
      entraSaml({ metadata_url: `https://launcher.myapps.microsoft.com/api/signin/${application}` }),
    ],
    ['azure_metadata_appid', entraSaml({ metadata_url: entraMetadata })],
    [
      'sso_url_mixed_up',
      entraSaml({ sso_url: `https://login.microsoftonline.com/${tenant}/wsfed` }),
      `https://login.microsoftonline.com/${tenant}/saml2`,
    ],
    ['attribute_without_uri', entraSaml({ attribute_mapping: { email: 'emailaddress' } })],
    ['attribute_without_uri', entraSaml({ attribute_mapping: { uid: 'ObjectIdentifier' } })],
    ['attribute_without_uri', entraSaml({ attribute_mapping: { groups: ['groups', 'role'] } })],
    ['email_never_verified', entraSaml({ attribute_mapping: { email_verified: 'emailverified' } })],
  ],
  okta: [
    ['okta_admin_host', okta('https://acme-admin.okta.com'), 'https://acme.okta.com'],
    [
      'okta_admin_host',
      okta('https://acme-admin.okta-emea.com/admin/dashboard'),
      'https://acme.okta-emea.com',
    ],
    [
      'okta_admin_host',
      okta('https://acme-admin.oktapreview.com/oauth2/default/'),
      'https://acme.oktapreview.com/oauth2/default',
    ],
    [
      'okta_admin_host',
      { protocol: 'OIDC', provider: 'okta', domain: 'acme-admin.okta.com' },
      'acme.okta.com',
      'domain',
    ],
    [
      'metadata_url_doubtful',
      { protocol: 'SAML', provider: 'okta', domain: 'acme-admin.okta.com', application_id: key },
      'acme.okta.com',
      'domain',
    ],
    ['okta_server_url', okta('https://acme.okta.com.com/'), 'https://acme.okta.com'],
    ['okta_server_url', okta('https://login.okta.com')],
    ['okta_server_url', { protocol: 'OIDC', provider: 'okta', domain: 'acme' }, undefined, 'domain'],
    ['okta_server_url', okta('https://acme.okta.com/oauth2'), 'https://acme.okta.com'],
    ['okta_server_url', okta('https://acme.okta.com/oauth2/v1/authorize'), 'https://acme.okta.com'],
    [
      'okta_server_url',
      okta('https://acme.okta.com/oauth2/default/v1/token'),
      'https://acme.okta.com/oauth2/default',
    ],
    ['okta_server_url', okta('https://acme.okta.com/app/UserHome'), 'https://acme.okta.com'],
    [
      'okta_server_url',
      okta('https://login.acme.com/oauth2/aus1/v1', { provider: 'okta' }),
      'https://login.acme.com/oauth2/aus1',
    ],
    ['okta_client_id', okta('https://acme.okta.com', { client_id: '00u1abc2DEF3ghi4JKL5' })],
    ['okta_client_secret', okta('https://acme.okta.com', { client_secret: `00${'aB3-'.repeat(10)}` })],
    ['entity_id_mixed_up', saml(`https://www.okta.com/${key}`), `http://www.okta.com/${key}`],
    ['entity_id_mixed_up', saml(`http://www.okta.com/${key}/`), `http://www.okta.com/${key}`],
    [
      'entity_id_mixed_up',
      saml(`https://acme.okta.com/app/${key}/sso/saml/metadata`),
      `http://www.okta.com/${key}`,
    ],
    ['entity_id_doubtful', saml('https://acme.okta.com')],
    [
      'entity_id_doubtful',
      saml('https://acme.okta.com', { metadata_url: `https://acme.okta.com/app/${key}/sso/saml/metadata` }),
      `http://www.okta.com/${key}`,
    ],
    ['entity_id_doubtful', saml('http://www.okta.com/0oa1abc2DEF3ghi4JKL5')],
    [
      'entity_id_mismatch',
      saml(`http://www.okta.com/${key}`, {
        metadata_url: 'https://acme.okta.com/app/exk0000000000000000a/sso/saml/metadata',
      }),
    ],
    [
      'entity_id_mismatch',
      {
        protocol: 'SAML',
        provider: 'okta',
        domain: 'acme.okta.com',
        application_id: key,
        metadata_url: 'https://acme.okta.com/app/exk0000000000000000a/sso/saml/metadata',
      },
      undefined,
      'application_id',
    ],
    [
      'entity_id_mismatch',
      saml(`http://www.okta.com/${key}`, {
        sso_url: 'https://acme.okta.com/app/acme_doorward_1/exk0000000000000000a/sso/saml',
      }),
    ],
    [
      'metadata_url_doubtful',
      saml(`http://www.okta.com/${key}`, {
        metadata_url: `https://acme-admin.okta.com/app/${key}/sso/saml/metadata`,
      }),
      `https://acme.okta.com/app/${key}/sso/saml/metadata`,
    ],
    [
      'metadata_url_doubtful',
      saml(`http://www.okta.com/${key}`, {
        metadata_url: `https://acme.okta.com/app/acme_doorward_1/${key}/sso/saml`,
      }),
      `https://acme.okta.com/app/${key}/sso/saml/metadata`,
    ],
    [
      'metadata_url_doubtful',
      saml('urn:acme', {
        metadata_url: 'https://acme.okta.com/app/acme_1/0oa1/setup/help/SAML_2_0/instructions',
      }),
    ],
  ],
  auth0: [
    ['auth0_server_url', oidc('https://manage.auth0.com/dashboard/eu/acme')],
    ['auth0_server_url', oidc('https://auth0.com')],
    ['auth0_server_url', { protocol: 'OIDC', provider: 'auth0', domain: 'acme' }, undefined, 'domain'],
    ['auth0_server_url', oidc('https://acme.eu.auth0.com/authorize'), 'https://acme.eu.auth0.com'],
    ['auth0_server_url', oidc('https://acme.auth0.com/api/v2/'), 'https://acme.auth0.com'],
    [
      'auth0_server_url',
      oidc('https://login.acme.com/oauth/token', { provider: 'auth0' }),
      'https://login.acme.com',
    ],
    [
      'auth0_management_audience',
      oidc('https://acme.eu.auth0.com', { audience: 'https://acme.eu.auth0.com/api/v2/' }),
    ],
    ['entity_id_doubtful', saml('https://acme.eu.auth0.com/'), 'urn:acme.eu.auth0.com'],
    [
      'entity_id_doubtful',
      saml('urn:acme.auth0.com', { metadata_url: 'https://acme.eu.auth0.com/samlp/metadata/abc' }),
      'urn:acme.eu.auth0.com',
    ],
    [
      'entity_id_doubtful',
      saml('urn:auth0:acme:okta', { metadata_url: 'https://acme.eu.auth0.com/samlp/metadata/abc' }),
      'urn:acme.eu.auth0.com',
    ],
    [
      'metadata_url_mixed_up',
      saml('urn:acme.eu.auth0.com', { metadata_url: 'https://acme.eu.auth0.com/samlp/abc' }),
      'https://acme.eu.auth0.com/samlp/metadata/abc',
    ],
    [
      'metadata_url_mixed_up',
      saml('urn:acme.eu.auth0.com', { metadata_url: 'https://acme.eu.auth0.com/samlp/metadata/' }),
    ],
    [
      'metadata_url_mixed_up',
      saml('urn:acme.eu.auth0.com', {
        metadata_url: 'https://acme.eu.auth0.com/samlp/metadata?connection=adfs',
      }),
    ],
    [
      'sso_url_mixed_up',
      saml('urn:acme.eu.auth0.com', {
        sso_url: 'https://acme.eu.auth0.com/samlp/metadata/abc',
        provider: 'auth0',
      }),
      'https://acme.eu.auth0.com/samlp/abc',
    ],
  ],
  keycloak: [
    ['keycloak_server_url', oidc('https://sso.acme.com/admin/master/console/#/staff/clients'), realm],
    ['keycloak_server_url', oidc('https://sso.acme.com/admin/staff/console/'), realm],
    [
      'keycloak_server_url',
      oidc('https://sso.acme.com/auth/admin/master/console/#/realms/staff'),
      'https://sso.acme.com/auth/realms/staff',
    ],
    ['keycloak_server_url', oidc('https://sso.acme.com/admin/master/console/')],
    ['keycloak_server_url', oidc(`${realm}/account`), realm],
    ['keycloak_server_url', oidc(`${realm}/protocol/openid-connect/auth`), realm],
    ['keycloak_server_url', oidc(`${realm}/protocol/saml/descriptor`), realm],
    ['keycloak_realm_missing', oidc('https://keycloak.acme.com')],
    ['keycloak_realm_missing', oidc('https://keycloak:8443/auth')],
    ['keycloak_realm_missing', oidc('https://sso.acme.com/id', { provider: 'keycloak' })],
    [
      'keycloak_master_realm',
      { protocol: 'OIDC', provider: 'keycloak', domain: 'sso.acme.com', realm: 'master', client_id: 'x' },
      undefined,
      'realm',
    ],
    [
      'keycloak_master_realm',
      { protocol: 'SAML', provider: 'keycloak', domain: 'sso.acme.com', realm: 'master' },
      undefined,
      'realm',
    ],
    [
      'keycloak_master_realm',
      oidc('https://sso.acme.com/realms/master', { provider: 'keycloak', realm: 'staff' }),
      undefined,
      'server_url',
    ],
    ['keycloak_master_realm', oidc('https://sso.acme.com/realms/master')],
    ['keycloak_client_id', oidc(realm, { client_id: application })],
    ['keycloak_client_id', oidc(realm, { client_id: 'admin-cli' })],
    ['entity_id_mixed_up', saml(`${realm}/`), realm],
    ['entity_id_mixed_up', saml(descriptor), realm],
    ['entity_id_mixed_up', saml('doorward', { metadata_url: descriptor }), realm],
    ['entity_id_mismatch', saml(realm, { metadata_url: descriptor.replace('staff', 'Staff') })],
    ['metadata_url_mixed_up', saml(realm, { metadata_url: `${realm}/protocol/saml` }), descriptor],
    [
      'metadata_url_mixed_up',
      saml(realm, { metadata_url: `${realm}/protocol/saml/clients/doorward` }),
      descriptor,
    ],
    [
      'metadata_url_mixed_up',
      saml(realm, { metadata_url: `${realm}/.well-known/openid-configuration` }),
      descriptor,
    ],
    [
      'metadata_url_mixed_up',
      saml(realm, { metadata_url: 'https://sso.acme.com/admin/master/console/#/staff/clients' }),
      descriptor,
    ],
    ['sso_url_mixed_up', saml(realm, { sso_url: descriptor }), `${realm}/protocol/saml`],
    [
      'sso_url_mixed_up',
      saml(realm, { sso_url: `${realm}/protocol/openid-connect/auth` }),
      `${realm}/protocol/saml`,
    ],
  ],
  google: [
    ['google_client_id', google({ client_id: 'my-app' })],
    ['google_client_id', google({ client_id: '123456789012345678901' })],
    ['google_client_id', google({ client_id: 'sso@acme.iam.gserviceaccount.com' })],
    ['google_client_id', google({ client_id: 'GOCSPX-0123456789' })],
    [
      'google_client_id',
      google({ client_id: 'http://1-a.apps.googleusercontent.com/' }),
      '1-a.apps.googleusercontent.com',
    ],
    [
      'google_client_id',
      google({ client_id: '1-0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p' }),
      '1-0a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p.apps.googleusercontent.com',
    ],
    ['google_client_secret', google({ client_secret: 'AIzaSy0123456789' })],
    ['google_client_secret', google({ client_secret: '1-a.apps.googleusercontent.com' })],
    [
      'google_server_url',
      google({ server_url: 'https://accounts.google.com/o/oauth2/v2/auth' }),
      'https://accounts.google.com',
    ],
    [
      'google_server_url',
      google({ server_url: 'https://oauth2.googleapis.com/token' }),
      'https://accounts.google.com',
    ],
    ['google_server_url', google({ server_url: 'https://admin.google.com' }), 'https://accounts.google.com'],
    ['google_without_domain', google({ email_domain: undefined })],
    ['google_metadata_url', saml(googleEntity, { metadata_url: googleEntity })],
    ['entity_id_mixed_up', saml(googleSso), googleEntity],
    ['entity_id_mixed_up', saml('https://accounts.google.com', { sso_url: googleSso }), googleEntity],
    ['entity_id_mixed_up', saml('https://accounts.google.com/o/saml2')],
    ['sso_url_mixed_up', saml(googleEntity, { sso_url: googleEntity }), googleSso],
    ['entity_id_mismatch', saml(googleEntity, { sso_url: googleSso.replace('C01', 'C02') })],
  ],
  cognito: [
    ['cognito_server_url', oidc('https://acme.auth.eu-central-1.amazoncognito.com')],
    ['cognito_server_url', oidc('https://cognito-idp.eu-central-1.amazonaws.com')],
    ['cognito_server_url', oidc('https://cognito-idp.eu-central-1.amazonaws.com/1example2cognito3client4id')],
    ['cognito_server_url', oidc(`https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1:${tenant}`)],
    ['cognito_server_url', oidc('https://cognito-identity.amazonaws.com')],
    ['cognito_server_url', oidc(`${cognito}/.well-known/jwks.json`), cognito],
    [
      'cognito_server_url',
      oidc(
        `https://cognito-idp.eu-central-1.amazonaws.com/arn:aws:cognito-idp:eu-central-1:123456789012:userpool/${pool}`,
      ),
      cognito,
    ],
    [
      'cognito_server_url',
      oidc(`https://eu-central-1.console.aws.amazon.com/cognito/v2/idp/user-pools/${pool}/overview`),
      cognito,
    ],
    ['cognito_region', oidc(`https://cognito-idp.us-east-1.amazonaws.com/${pool}`), cognito],
    [
      'cognito_region',
      { protocol: 'OIDC', provider: 'cognito', region: 'us-east-1', user_pool_id: pool },
      'eu-central-1',
      'region',
    ],
  ],
  ping: [
    ['ping_server_url', oidc(`https://auth.pingone.eu/${tenant}`), ping],
    ['ping_server_url', oidc(`${ping}/authorize`), ping],
    ['ping_server_url', oidc(`https://console.pingone.eu/?env=${tenant}`), ping],
    [
      'ping_server_url',
      oidc(`https://api.pingone.com.au/v1/environments/${tenant}`),
      `https://auth.pingone.com.au/${tenant}/as`,
    ],
    ['ping_server_url', oidc('https://apps.pingone.com/acme')],
    [
      'ping_server_url',
      { protocol: 'OIDC', provider: 'ping', domain: 'console.pingone.eu', environment_id: tenant },
      'auth.pingone.eu',
      'domain',
    ],
    ['ping_client_id', oidc(ping, { client_id: tenant })],
    ['entity_id_doubtful', saml(ping), `https://auth.pingone.eu/${tenant}`],
    [
      'entity_id_doubtful',
      saml(`https://auth.pingone.eu/${tenant}/saml20`),
      `https://auth.pingone.eu/${tenant}`,
    ],
    [
      'metadata_url_mixed_up',
      saml(`https://auth.pingone.eu/${tenant}`, {
        metadata_url: `https://auth.pingone.eu/${tenant}/saml20/metadata`,
      }),
    ],
    [
      'sso_url_mixed_up',
      saml(`https://auth.pingone.eu/${tenant}`, {
        sso_url: `https://auth.pingone.eu/${tenant}/saml20/metadata/${other}`,
      }),
      `https://auth.pingone.eu/${tenant}/saml20/idp/sso`,
    ],
    [
      'metadata_url_doubtful',
      saml('urn:acme', { metadata_url: 'https://ping.acme.com:9031/pf/federation_metadata.ping' }),
    ],
  ],
  adfs: [
    ['adfs_resource_missing', oidc('https://fs.acme.com/adfs')],
    ['adfs_resource_missing', { protocol: 'OIDC', provider: 'adfs', domain: 'fs.acme.com', client_id: 'x' }],
    ['adfs_userinfo', adfs('https://fs.acme.com/adfs', { claims_source: 'userinfo' }), 'id_token'],
    ['adfs_server_url', adfs('http://fs.acme.com/adfs/services/trust'), 'https://fs.acme.com/adfs'],
    ['adfs_server_url', adfs('https://fs.acme.com/adfs/oauth2/authorize/'), 'https://fs.acme.com/adfs'],
    ['adfs_server_url', adfs(adfsMetadata), 'https://fs.acme.com/adfs'],
    ['adfs_server_url', adfs('https://fs.acme.com', { provider: 'adfs' }), 'https://fs.acme.com/adfs'],
    ['entity_id_doubtful', saml('https://fs.acme.com/adfs/services/trust'), adfsEntity],
    ['entity_id_doubtful', saml('https://fs.acme.com/adfs/ls/', { metadata_url: adfsMetadata }), adfsEntity],
    ['entity_id_doubtful', saml(adfsMetadata), adfsEntity],
    [
      'metadata_url_mixed_up',
      saml(adfsEntity, { metadata_url: 'https://fs.acme.com/adfs/ls/' }),
      adfsMetadata,
    ],
    [
      'metadata_url_mixed_up',
      saml(adfsEntity, { metadata_url: 'https://fs.acme.com/adfs/.well-known/openid-configuration' }),
      adfsMetadata,
    ],
    ['sso_url_mixed_up', saml(adfsEntity, { sso_url: adfsEntity }), 'https://fs.acme.com/adfs/ls/'],
    ['attribute_without_uri', saml(adfsEntity, { attribute_mapping: { username: 'upn' } })],
  ],
  jumpcloud: [
    ['jumpcloud_server_url', oidc('https://console.jumpcloud.com'), 'https://oauth.id.jumpcloud.com/'],
    [
      'jumpcloud_server_url',
      oidc('https://oauth.id.eu.jumpcloud.com/oauth2/auth'),
      'https://oauth.id.eu.jumpcloud.com/',
    ],
    ['metadata_url_doubtful', saml('acme', { metadata_url: 'https://console.jumpcloud.com/login' })],
  ],
  duo: [
    ['duo_server_url', oidc('https://api-0a1b2c3d.duosecurity.com')],
    ['duo_server_url', oidc(duo)],
    ['duo_server_url', oidc(`${duo}/oidc/DI0123456789ABCDEFGH/token`), `${duo}/oidc/DI0123456789ABCDEFGH`],
    [
      'entity_id_doubtful',
      saml(`${duo}/saml2/sp/DI0123456789ABCDEFGH/sso`),
      `${duo}/saml2/sp/DI0123456789ABCDEFGH/metadata`,
    ],
    ['entity_id_doubtful', saml('https://admin-0a1b2c3d.duosecurity.com/')],
    [
      'metadata_url_mixed_up',
      saml(`${duo}/saml2/sp/DI0123456789ABCDEFGH/metadata`, {
        metadata_url: `${duo}/saml2/sp/DI0123456789ABCDEFGH/slo`,
      }),
      `${duo}/saml2/sp/DI0123456789ABCDEFGH/metadata`,
    ],
    [
      'sso_url_mixed_up',
      saml(`${duo}/saml2/sp/DI0123456789ABCDEFGH/metadata`, {
        sso_url: `${duo}/saml2/sp/DI0123456789ABCDEFGH/metadata`,
      }),
      `${duo}/saml2/sp/DI0123456789ABCDEFGH/sso`,
    ],
  ],
}

const fine: Readonly<Record<string, readonly Values[]>> = {
  'any provider': [
    oidc('https://sso.acme.com'),
    oidc('https://idp.acme.com/application/o/doorward/'),
    oidc('https://idp.acme.com/oauth2/token-service'),
    oidc('https://idp.acme.com/api/auth'),
    oidc('https://gitlab.com', { provider: 'custom' }),
    oidc('http://localhost:9000/default'),
    saml('https://idp.acme.com/idp/shibboleth', { metadata_url: 'https://idp.acme.com/idp/shibboleth' }),
    saml('urn:acme', { sso_url: 'https://idp.acme.com/saml2/sso' }),
    saml('urn:acme', {
      email_verification: 'require',
      attribute_mapping: { email: 'email', email_verified: ['verified'] },
    }),
  ],
  azure: [
    azure('https://idp.acme.com/v2.0'),
    azure('https://contoso/v2.0', { issuer: 'https://contoso/v2.0' }),
    azure('https://localhost/v2.0'),
    azure(entra),
    azure(`${entra}/`),
    azure(`${entra}/.well-known/openid-configuration`),
    azure(`https://login.microsoftonline.us/${tenant}/v2.0`),
    azure(`https://login.partner.microsoftonline.cn/${tenant}/v2.0`),
    azure('https://login.microsoftonline.com/acme.onmicrosoft.com/v2.0', { issuer: entra }),
    azure(`https://login.microsoftonline.com/${tenant}`, { issuer: `https://sts.windows.net/${tenant}/` }),
    azure(entra, { scope: 'openid email', client_secret: 'abc8Q~abcdefghijklmnopqrstuvwxyz01234567' }),
    azure(entra, { email_verification: 'require', claims_mapping: { email_verified: 'xms_edov' } }),
    oidc(`https://acme.b2clogin.com/${tenant}/B2C_1_signin/v2.0/`),
    oidc(`https://acme.ciamlogin.com/${tenant}/v2.0`),
    { protocol: 'OIDC', provider: 'azure', tenant, client_id: application },
    { protocol: 'SAML', provider: 'azure', tenant, application_id: application },
    entraSaml({ metadata_url: appMetadata }),
    entraSaml({ sso_url: `https://login.microsoftonline.com/${tenant}/saml2` }),
    entraSaml({ attribute_mapping: { email: `${claims}/emailaddress`, uid: ['uid', `${claims}/uid`] } }),
    entraSaml({ attribute_mapping: { email: ['emailaddress', `${claims}/emailaddress`] } }),
    saml(`https://sts.windows.net/${tenant}/${application}/`, { metadata_url: appMetadata }),
    saml(`https://sts.chinacloudapi.cn/${tenant}/`),
  ],
  okta: [
    okta('https://acme.okta.com'),
    okta('https://acme.okta.com/'),
    okta('https://acme.okta-emea.com'),
    okta('https://acme.oktapreview.com/oauth2/default'),
    okta('https://acme.okta-gov.com/oauth2/aus1abc2DEF3ghi4JKL5'),
    okta('https://acme.okta.mil'),
    okta('https://login.acme.com/oauth2/default', { provider: 'okta' }),
    okta('https://acme-administration.okta.com'),
    okta('https://acme.okta.com', { client_id: 'doorward', client_secret: 'a'.repeat(64) }),
    { protocol: 'OIDC', provider: 'okta', domain: 'sso.acme.com', client_id: 'doorward' },
    { protocol: 'SAML', provider: 'okta', domain: 'acme.okta.com', application_id: key },
    saml(`http://www.okta.com/${key}`, { metadata_url: `https://sso.acme.com/app/${key}/sso/saml/metadata` }),
    saml(`http://www.okta.com/${key}`, {
      sso_url: `https://acme.okta.com/app/acme_doorward_1/${key}/sso/saml`,
    }),
    saml('urn:acme:okta', { metadata_url: `https://acme.okta.com/app/${key}/sso/saml/metadata` }),
  ],
  auth0: [
    oidc('https://acme.eu.auth0.com/'),
    oidc('https://acme.auth0.com', { audience: 'https://api.acme.com/api/v2/' }),
    oidc('https://login.acme.com/', { provider: 'auth0' }),
    { protocol: 'SAML', provider: 'auth0', domain: 'login.acme.com', client_id: 'abc' },
    saml('urn:acme.eu.auth0.com', { metadata_url: 'https://login.acme.com/samlp/metadata/abc' }),
    saml('urn:acme.eu.auth0.com', { metadata_url: 'https://acme.eu.auth0.com/samlp/metadata/abc' }),
    saml('urn:acme', { metadata_url: 'https://acme.eu.auth0.com/samlp/metadata/abc' }),
    saml('urn:acme.eu.auth0.com', { provider: 'auth0', sso_url: 'https://acme.eu.auth0.com/samlp/abc' }),
  ],
  keycloak: [
    oidc(realm),
    oidc(`${realm}/.well-known/openid-configuration`),
    oidc('https://sso.acme.com/auth/realms/Acme%20Staff/'),
    oidc('https://sso.acme.com/id/realms/staff', { provider: 'keycloak' }),
    oidc('http://localhost:8080/realms/staff'),
    oidc('https://keycloak.acme.com/realms/staff'),
    oidc('https://keycloak.acme.com', { issuer: realm }),
    oidc('https://idp.acme.com/am/oauth2/realms/root/realms/alpha'),
    {
      protocol: 'OIDC',
      provider: 'keycloak',
      domain: 'https://sso.acme.com/auth',
      realm: 'staff',
      client_id: 'x',
    },
    { protocol: 'SAML', provider: 'keycloak', domain: 'sso.acme.com', realm: 'staff' },
    saml(realm, { metadata_url: descriptor }),
    saml(realm, { metadata_url: 'https://keycloak.internal.acme.com/realms/staff/protocol/saml/descriptor' }),
    saml(realm, { sso_url: `${realm}/protocol/saml` }),
  ],
  google: [
    google({}),
    google({ server_url: 'https://accounts.google.com/' }),
    google({
      client_id: '123456789012.apps.googleusercontent.com',
      client_secret: 'aBcDeFgHiJkLmNoPqRsTuVwX',
    }),
    google({ email_domain: undefined, email_addresses: ['a@example.com'] }),
    { protocol: 'SAML', provider: 'google', idp_id: 'C01abcdef', attribute_mapping: { email: 'email' } },
    saml(googleEntity, { sso_url: googleSso }),
    saml(googleEntity, { metadata_url: 'https://files.acme.com/GoogleIDPMetadata.xml' }),
    oidc('https://securetoken.google.com/acme'),
  ],
  cognito: [
    oidc(cognito),
    oidc(`${cognito}/.well-known/openid-configuration`),
    oidc('https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_a1B2c3D4e'),
    oidc('https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_a1B2c3D4e'),
    oidc('https://acme.auth.eu-central-1.amazoncognito.com', { issuer: cognito }),
    { protocol: 'OIDC', provider: 'cognito', region: 'eu-central-1', user_pool_id: pool, client_id: 'x' },
  ],
  ping: [
    oidc(ping),
    oidc(`https://auth.pingone.com.au/${tenant}/as/`, { client_id: application }),
    oidc(`https://auth.pingone.com/${tenant}/davinci`),
    oidc('https://sso.acme.com/as', { provider: 'ping' }),
    oidc('https://ping.acme.com:9031'),
    {
      protocol: 'OIDC',
      provider: 'ping',
      domain: 'auth.pingone.ca',
      environment_id: tenant,
      client_id: application,
    },
    saml(`https://auth.pingone.eu/${tenant}`, {
      metadata_url: `https://auth.pingone.eu/${tenant}/saml20/metadata/${application}`,
    }),
    saml(`https://auth.pingone.eu/${tenant}`, {
      sso_url: `https://auth.pingone.eu/${tenant}/saml20/idp/sso`,
    }),
    saml('urn:acme', {
      metadata_url: 'https://ping.acme.com/pf/federation_metadata.ping?PartnerSpId=urn:doorward',
    }),
  ],
  adfs: [
    adfs('https://fs.acme.com/adfs'),
    adfs('https://fs.acme.com/adfs/.well-known/openid-configuration'),
    adfs('https://fs.acme.com/adfs', { claims_source: 'automatic' }),
    { protocol: 'OIDC', provider: 'adfs', domain: 'fs.acme.com', client_id: 'x', resource: 'urn:x' },
    oidc('https://fs.acme.com/adfs', { claims_mapping: { email: 'upn' } }),
    oidc('https://fs.acme.com/adfs', { scope: 'openid https://sso.example.com/openid' }),
    oidc('https://fs.acme.com/adfs', {
      authorization_endpoint: 'https://fs.acme.com/adfs/oauth2/authorize/?resource=urn:x',
    }),
    { protocol: 'SAML', provider: 'adfs', domain: 'fs.acme.com' },
    saml(adfsEntity, { metadata_url: adfsMetadata }),
    saml(adfsEntity, { sso_url: 'https://fs.acme.com/adfs/ls/' }),
    saml('urn:acme', { metadata_url: adfsMetadata.toLowerCase() }),
  ],
  jumpcloud: [
    oidc('https://oauth.id.jumpcloud.com/'),
    oidc('https://oauth.id.eu.jumpcloud.com'),
    saml('jumpcloud', { metadata_url: 'https://sso.jumpcloud.com/saml2/metadata/acme' }),
    saml('jumpcloud', { sso_url: 'https://sso.jumpcloud.com/saml2/acme' }),
  ],
  duo: [
    oidc(`${duo}/oidc/DI0123456789ABCDEFGH`),
    saml(`${duo}/saml2/sp/DI0123456789ABCDEFGH/metadata`, {
      metadata_url: `${duo}/saml2/sp/DI0123456789ABCDEFGH/metadata`,
    }),
    saml(`${duo}/saml2/sp/DI0123456789ABCDEFGH/metadata`, {
      sso_url: `${duo}/saml2/sp/DI0123456789ABCDEFGH/sso`,
    }),
  ],
}

for (const [provider, cases] of Object.entries(walkedInto)) {
  const named = cases.map(([code, values, write, at]) => ({
    name: `${code}: ${JSON.stringify(values)}`,
    code,
    values,
    write,
    at,
  }))

  describe(`traps of ${provider}`, () => {
    it.each(named)('$name', ({ code, values, write, at }) => {
      const [finding, ...others] = trapsOf(values)
      expect(others).toEqual([])
      expect(finding?.code).toBe(code)
      if (at !== undefined)
        expect(finding).toMatchObject({ key: at, message: expect.stringContaining(`"${at}"`) })
      expect(finding?.message).toMatch(/"\w+"/)
      for (const text of [finding?.message, finding?.fix]) expect(text).not.toMatch(/^[A-Z]|\.$/)
      // What stands alone is meant to the letter.
      if (write === undefined) expect(finding?.fix).not.toMatch(/^write \S+$/)
      else expect(finding?.fix).toBe(`write ${write}`)
    })

    it.each(named.filter(({ write }) => write !== undefined))('the fix of $name', ({ values, write }) => {
      const [finding] = trapsOf(values)
      expect(trapsOf({ ...values, [finding?.key ?? '']: write })).toEqual([])
    })
  })
}

for (const [provider, entries] of Object.entries(fine)) {
  it.each(entries)(`nothing is said about ${provider}: %j`, (values) => {
    expect(trapsOf(values)).toEqual([])
  })
}

describe('attributes of Microsoft without the beginning of their names', () => {
  const names = {
    uid: 'objectidentifier',
    username: 'upn',
    email: 'emailaddress',
    name: 'displayname',
    first_name: 'GivenName',
    last_name: 'surname',
    groups: 'groups',
  }
  const ofEntra = trapsOf(entraSaml({ attribute_mapping: { ...names, email_verified: 'verified' } }))

  it('are all said at once, each at its own place', () => {
    expect(ofEntra.map(({ code, key, item }) => [code, key, item])).toEqual([
      ...Object.keys(names).map((name) => ['attribute_without_uri', 'attribute_mapping', name]),
      ['email_never_verified', 'attribute_mapping', 'email_verified'],
    ])
  })

  it('are said with the names that the preset has', () => {
    const entry = readEntry({
      protocol: 'SAML',
      provider: 'azure',
      tenant,
      application_id: application,
    })
    const preset = JSON.stringify(entry && expandPreset(entry).entry.value['attribute_mapping'])
    const uris = ofEntra.flatMap(({ fix }) => /https?:[^"]+/.exec(fix ?? '')?.[0] ?? [])
    expect(uris).toHaveLength(Object.keys(names).length)
    // The sign-in name has another claim there.
    for (const uri of uris.filter((uri) => !uri.endsWith('/upn'))) expect(preset).toContain(`"${uri}"`)
  })

  it('may be names of their own at AD FS', () => {
    const mapping = { attribute_mapping: { ...names, uid: 'uid', name: 'name' } }
    const items = trapsOf(saml(adfsEntity, mapping)).map(({ item }) => item)
    expect(items).toEqual(['username', 'email', 'first_name', 'last_name'])
  })
})

describe('social accounts', () => {
  const google = { client_id: '1-a.apps.googleusercontent.com', client_secret: 'GOCSPX-1' }
  const github = {
    client_id: 'Ov23li0123456789abcd',
    client_secret: '0123456789abcdef0123456789abcdef01234567',
  }
  const amazon_cognito = { client_id: '1example2', client_secret: 'secret', domain: 'auth.acme.com' }

  it.each([
    [
      'google_client_id',
      { google: { ...google, client_id: '111111111111' } },
      ['social_account', 'google', 'client_id'],
    ],
    [
      'google_client_secret',
      { google: { ...google, client_secret: 'ya29.a' } },
      ['social_account', 'google', 'client_secret'],
    ],
    [
      'github_client_id',
      { github: { ...github, client_id: '123456' } },
      ['social_account', 'github', 'client_id'],
    ],
    [
      'github_client_secret',
      { github: { ...github, client_secret: 'ghp_abc' } },
      ['social_account', 'github', 'client_secret'],
    ],
    [
      'cognito_domain',
      { amazon_cognito: { ...amazon_cognito, domain: cognito } },
      ['social_account', 'amazon_cognito', 'domain'],
    ],
    [
      'cognito_domain',
      { amazon_cognito: { ...amazon_cognito, domain: 'acme.amazoncognito.com' } },
      ['social_account', 'amazon_cognito', 'domain'],
    ],
    [
      'github_server_url',
      { github: { ...github, server_url: 'https://api.github.com' } },
      ['social_account', 'github', 'server_url'],
    ],
    [
      'github_server_url',
      { github: { ...github, server_url: 'https://github.com/acme' } },
      ['social_account', 'github', 'server_url'],
    ],
  ])('%s: %j', (code, account, path) => {
    expect(checkSocial(account, parseOptionsWith())).toMatchObject([{ code, path, at: 'value' }])
  })

  it.each([
    { enabled: true, google, github, amazon_cognito },
    { github: { ...github, client_id: 'Iv1.0123456789abcdef' } },
    { github: { ...github, client_id: 'Iv23li0123456789abcd' } },
    { amazon_cognito: { ...amazon_cognito, domain: 'https://acme.auth.us-east-1.amazoncognito.com' } },
    { amazon_cognito: { ...amazon_cognito, domain: 'acme.auth-fips.us-gov-west-1.amazoncognito.com/' } },
    { github: { ...github, server_url: 'https://github.com' } },
    { github: { ...github, server_url: 'github.acme.com/' } },
    { github: { ...github, server_url: 'https://acme.ghe.com' } },
    { google: 'not a section', github: null },
  ])('nothing is said about %j', (account) => {
    expect(checkSocial(account, parseOptionsWith())).toEqual([])
  })
})

it.each([
  azure('https://<tenant>/v2.0', { client_id: '<client_id>', client_secret: '<Secret Value>' }),
  okta('https://<org>-admin.okta.com', { client_id: '<client_id>' }),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to the environment
  google({ client_id: '${GOOGLE_CLIENT_ID}', client_secret: '${GOOGLE_CLIENT_SECRET}' }),
  saml('https://sts.windows.net/<tenantId>/'),
])('nothing is said about what is still to be replaced: %j', (values) => {
  expect(trapsOf(values)).toEqual([])
})

it.each(
  Object.entries({
    text: 'entry',
    list: [{ toString: 1 }],
    mapping: { email_verified: { toString: 1 } },
    nothing: null,
  }),
)('takes any %s', (_, value) => {
  const values = {
    server_url: value,
    client_id: value,
    scope: value,
    attribute_mapping: value,
    claims_mapping: value,
  }
  expect(trapsOf({ protocol: 'OIDC', provider: 'azure', ...values })).toBeInstanceOf(Array)
  expect(trapsOf({ protocol: 'SAML', provider: 'azure', ...values })).toBeInstanceOf(Array)
})

it('never repeats a secret', () => {
  const secret = `00${'aB3-'.repeat(10)}`
  expect(JSON.stringify(trapsOf(okta('https://acme.okta.com', { client_secret: secret })))).not.toContain(
    secret,
  )
})

describe('what is written in an address beside the host', () => {
  const options = parseOptionsWith()
  const said = (values: Values) => {
    const entry = { id: 'acme', name: 'Acme', ...values }
    const { issues } = parseConfiguration({ sso: { enabled: true, identity_providers: [entry] } }, options)
    expect(JSON.stringify(issues)).not.toMatch(/hunter2|@/)
    return issues.map(({ code }) => code)
  }

  it.each([
    oidc('https://https://user:hunter2@idp.acme.com'),
    oidc('https://user:hunter2@acme-admin.okta.com'),
    oidc('https://hunter2@sso.acme.com/realms/staff/account'),
    oidc('https://user:hunter2@idp.acme.com/oauth2/authorize'),
    oidc('https://idp.acme.com', { issuer: 'https://https://user:hunter2@idp.acme.com' }),
  ])('is said to be a password, and not repeated: %j', (values) => {
    expect(said(values)).toEqual(['url_with_password'])
  })

  it.each([
    ['entity_id', 'https://https://user:hunter2@idp.acme.com'],
    ['metadata_url', 'https://https://user:hunter2@idp.acme.com/metadata'],
    ['metadata_url', 'https://user:hunter2@sso.acme.com/admin/staff/console'],
  ])('is said to be a password in %s', (key, value) => {
    const values = saml('urn:acme', {
      email_domain: 'acme.com',
      metadata_url: 'https://idp.acme.com/metadata',
      [key]: value,
    })
    expect(said(values)).toEqual(['url_with_password'])
  })

  it('is in no correction of another value', () => {
    const values = oidc('https://idp.acme.com/token', { issuer: 'https://user:hunter2@idp.acme.com' })
    expect(said(values)).toEqual(['endpoint_as_server_url', 'url_with_password'])
    expect(said(oidc('https://sso.acme.com/realms/a@b/account', { provider: 'custom' }))).toEqual([
      'keycloak_server_url',
    ])
  })
})

it('nothing is computed of a text that is too long for any address', () => {
  const began = performance.now()
  for (const text of ['https://acme.okta.com', 'https://https://a', 'https://a/realms/x']) {
    expect(trapsOf(oidc(`${text}${'/'.repeat(40_000)}x`))).toEqual([])
  }
  trapsOf(okta(`https://acme.okta.com${'/'.repeat(2000)}x`))
  expect(performance.now() - began).toBeLessThan(500)
})

it('the final slashes of an address are taken off, however many there are', () => {
  const began = performance.now()
  expect(addressOf(`https://a.example/x${'/'.repeat(200_000)}`)?.path).toBe('/x')
  addressOf(`https://a.example/${'/'.repeat(200_000)}x`)
  expect(performance.now() - began).toBeLessThan(500)
})

it.each(seedsOf('loads').map(({ name, text }) => [name, text]))(
  'the example %s walks into none',
  (_, text) => {
    const parsed = parseBaseUrl('https://sso.example.com')
    if ('problem' in parsed) throw new Error(parsed.problem)
    const { problems } = readConfiguration(text, {
      baseUrl: parsed.baseUrl,
      now: Date.UTC(2026, 0, 1),
      environment: () => undefined,
      secretsLater: false,
      readFile: () => ({ problem: 'there is none' }),
    })
    expect(problems.map(({ code }) => code)).toEqual([])
  },
)
