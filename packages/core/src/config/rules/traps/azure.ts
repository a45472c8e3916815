import { isOneLabel } from '../../base-url.ts'
import { type Entry, textOf, textsOf } from '../entry.ts'
import {
  type Address,
  addressOf,
  type Correction,
  GUID,
  mappedTo,
  samlAddressOf,
  type Trap,
} from '../trap.ts'
import { attributesWithoutUri } from './microsoft.ts'

const overview = 'take the "Application (client) ID" from the Overview of the app registration'
const metadataUrl = 'take the "App Federation Metadata Url" from "SAML Certificates"'

/** Microsoft Entra ID. docs/idp/azure.md says where the facts are from. */
export const azureTraps: readonly Trap[] = [
  {
    code: 'azure_host_missing',
    protocol: 'OIDC',
    key: 'server_url',
    message: 'the host is missing in "server_url", as in CVAT\'s example: the first part is the tenant ID',
    correct: (text) => {
      const host = addressOf(text)?.host ?? ''
      return GUID.test(host) ? { write: `https://login.microsoftonline.com/${host}/v2.0` } : undefined
    },
  },
  {
    code: 'azure_host_missing',
    protocol: 'OIDC',
    key: 'server_url',
    message: 'the host is missing in "server_url": what stands in its place is no name of a server',
    correct: (text, entry) => {
      const address = addressOf(text)
      const isShort = address?.path === '/v2.0' && isOneLabel(address.url)
      return isShort && entry.value['issuer'] === undefined
        ? 'write https://login.microsoftonline.com/TENANT/v2.0, with the "Directory (tenant) ID" for TENANT'
        : undefined
    },
  },
  {
    code: 'azure_secret_id',
    provider: 'azure',
    protocol: 'OIDC',
    key: 'client_secret',
    message: '"client_secret" is the "Secret ID", not the secret',
    correct: (text) =>
      GUID.test(text)
        ? 'take the "Value" from Certificates & secrets; it is shown only once, so make a new one if it is gone'
        : undefined,
  },
  {
    code: 'azure_client_id',
    provider: 'azure',
    protocol: 'OIDC',
    key: 'client_id',
    message: '"client_id" is the "Directory (tenant) ID"',
    correct: (text, entry) =>
      text.toLowerCase() === tenantOf(serverUrl(entry))?.toLowerCase() ? overview : undefined,
  },
  {
    code: 'azure_client_id',
    provider: 'azure',
    protocol: 'OIDC',
    key: 'client_id',
    message: '"client_id" is not the ID of an application at Microsoft',
    correct: (text) => {
      const inner = /^(?:api:\/\/|spn:)(.*)$/i.exec(text)?.[1] ?? ''
      if (GUID.test(inner)) return { write: inner }
      return GUID.test(text) ? undefined : overview
    },
  },
  {
    code: 'azure_multi_tenant',
    provider: 'azure',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" lets the accounts of every organisation in, or private ones',
    correct: (text, entry) =>
      isEverybody(loginAddress(text)) && entry.value['tenants'] === undefined
        ? 'write your own "Directory (tenant) ID" in place of it; or name those that may come in, in "tenants"'
        : undefined,
  },
  {
    code: 'azure_multi_tenant',
    provider: 'azure',
    protocol: 'OIDC',
    key: 'issuer',
    message: '"issuer" is that of the accounts of every organisation, or of private ones',
    correct: (text, entry) =>
      isEverybody(addressOf(text)) && entry.value['tenants'] === undefined
        ? 'write that of your own tenant; for several, "server_url: https://login.microsoftonline.com/organizations/v2.0" in place of the endpoints, and their IDs in "tenants"'
        : undefined,
  },
  {
    code: 'azure_version_1',
    provider: 'azure',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is the issuer of version 1.0 of the Microsoft identity platform',
    correct: (text, entry) => {
      const address = addressOf(text)
      const tenant = tenantOf(address)
      if (address?.host !== 'sts.windows.net' || tenant === undefined || entry.value['issuer'] !== undefined)
        return undefined
      return { write: `https://login.microsoftonline.com/${tenant}/v2.0` }
    },
  },
  {
    code: 'azure_server_url',
    provider: 'azure',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is not that of your tenant in version 2.0 of the Microsoft identity platform',
    correct: correctServerUrl,
  },
  {
    code: 'azure_server_url',
    provider: 'azure',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is that of the German cloud, which was closed in 2021',
    correct: (text) =>
      addressOf(text)?.host === 'login.microsoftonline.de'
        ? 'take the "OpenID Connect metadata document" from Endpoints of the app registration'
        : undefined,
  },
  {
    code: 'azure_groups_scope',
    provider: 'azure',
    protocol: 'OIDC',
    key: 'scope',
    read: (entry) => textsOf(entry, 'scope').join(' '),
    message: '"scope" asks for "groups", which Entra ID does not know',
    correct: (text) =>
      text.split(' ').includes('groups')
        ? 'remove it; groups come with Token configuration > Add groups claim'
        : undefined,
  },
  {
    code: 'email_never_verified',
    provider: 'azure',
    protocol: 'OIDC',
    key: 'email_verification',
    message: 'nobody can come in: Entra ID never says "email_verified", which "email_verification" requires',
    correct: (text, entry) =>
      text === 'require' && mappedTo(entry, 'claims_mapping', 'email_verified').length === 0
        ? 'remove it; or add the optional claim xms_edov to the token, and "email_verified: xms_edov" to "claims_mapping"'
        : undefined,
  },
  {
    code: 'entity_id_mixed_up',
    provider: 'azure',
    protocol: 'SAML',
    key: 'entity_id',
    message: '"entity_id" is not the "Microsoft Entra Identifier"',
    correct: correctEntityId,
  },
  {
    code: 'entity_id_mismatch',
    provider: 'azure',
    protocol: 'SAML',
    key: 'entity_id',
    message: '"entity_id" is of another tenant than the other addresses',
    correct: (text, entry) => {
      const [one, other] = [tenantOf(addressOf(text)), tenantOf(samlAddressOf(entry))]
      return one && other && one.toLowerCase() !== other.toLowerCase()
        ? 'take all of them from the single sign-on page of one application'
        : undefined
    },
  },
  {
    code: 'metadata_url_mixed_up',
    provider: 'azure',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" is not the address of metadata of your tenant',
    correct: correctMetadataUrl,
  },
  {
    code: 'azure_metadata_appid',
    provider: 'azure',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" is that of the tenant: the application may sign with another certificate',
    correct: (text) => {
      const address = loginAddress(text)
      const isTenants = /\/federationmetadata\.xml$/i.test(address?.path ?? '') && !/[?&]appid=/i.test(text)
      return isTenants ? `${metadataUrl}; it ends in ?appid= and the ID of the application` : undefined
    },
  },
  {
    code: 'sso_url_mixed_up',
    provider: 'azure',
    protocol: 'SAML',
    key: 'sso_url',
    message: '"sso_url" is not the "Login URL"',
    correct: (text) => {
      const address = loginAddress(text)
      const tenant = tenantOf(address)
      const rest = address?.steps.slice(1).join('/') ?? ''
      if (!address || tenant === undefined) return undefined
      return /^$|^(wsfed|saml2\/logout|oauth2|v2\.0|federationmetadata)(\/|$)/i.test(rest)
        ? { write: `https://${address.host}/${tenant}/saml2` }
        : undefined
    },
  },
  ...attributesWithoutUri('azure'),
  {
    code: 'email_never_verified',
    provider: 'azure',
    protocol: 'SAML',
    key: 'attribute_mapping',
    item: 'email_verified',
    read: (entry) => mappedTo(entry, 'attribute_mapping', 'email_verified').join(' '),
    message: '"attribute_mapping" has "email_verified", and Entra ID has no attribute that says so',
    correct: (text) =>
      text ? 'remove "email_verified", unless you made a claim of your own for it' : undefined,
  },
]

/** The hosts of Microsoft's clouds by other names, of which ID Tokens know nothing, and of what is not for logins. */
const loginHosts: readonly (readonly [host: string, others: RegExp])[] = [
  [
    'login.microsoftonline.com',
    /^(login\.windows\.net|login\.microsoft\.com|graph\.microsoft\.com|entra\.microsoft\.com|(aad\.)?portal\.azure\.com)$/,
  ],
  ['login.microsoftonline.us', /^(portal\.azure\.us|graph\.microsoft\.us)$/],
  ['login.partner.microsoftonline.cn', /^(login\.chinacloudapi\.cn|portal\.azure\.cn)$/],
]

function loginHostOf(host: string): string | undefined {
  return loginHosts.find(([login, others]) => login === host || others.test(host))?.[0]
}

function loginAddress(text: string): Address | undefined {
  const address = addressOf(text)
  return address && loginHosts.some(([host]) => host === address.host) ? address : undefined
}

function serverUrl(entry: Entry): Address | undefined {
  return addressOf(textOf(entry, 'server_url'))
}

/** The tenant ID of an address, where it is a Microsoft one. */
function tenantOf(address: Address | undefined): string | undefined {
  const [tenant = ''] = address?.steps ?? []
  const isMicrosoft = /(^|\.)(microsoftonline\.(com|us|cn)|windows\.net|chinacloudapi\.cn|microsoft\.com)$/
  return address && isMicrosoft.test(address.host) && GUID.test(tenant) ? tenant : undefined
}

/** Not one tenant; the last is that of all private accounts. */
function isEverybody(address: Address | undefined): boolean {
  // The last is what stands for the tenant in the issuer of all of them, as the URL class writes it.
  return /^(common|organizations|consumers|9188040d-6c67-4c5b-b112-36a304b66dad|%7Btenantid%7D)$/i.test(
    address?.steps[0] ?? '',
  )
}

function correctServerUrl(text: string, entry: Entry): Correction | undefined {
  const address = addressOf(text)
  const host = address && loginHostOf(address.host)
  if (!address || host === undefined || isEverybody(address)) return undefined
  // With an issuer beside it, people know what they do.
  if (entry.value['issuer'] !== undefined) return undefined
  const tenant = tenantOf(address)
  if (tenant === undefined)
    return `write https://${host}/TENANT/v2.0, with the "Directory (tenant) ID" for TENANT`
  return address.host === host && address.steps[1] === 'v2.0' && address.steps.length === 2
    ? undefined
    : { write: `https://${host}/${tenant}/v2.0` }
}

function correctEntityId(text: string, entry: Entry): Correction | undefined {
  const address = addressOf(text)
  const identifier = (tenant: string) => `https://sts.windows.net/${tenant}/`
  const known = /^(sts\.windows\.net|login\.microsoftonline\.com|login\.windows\.net|portal\.azure\.com)$/
  if (!address) {
    // A name of the application, not of the tenant.
    const tenant = tenantOf(loginAddress(textOf(entry, 'metadata_url') ?? ''))
    return tenant && textOf(entry, 'metadata_url')?.includes('//login.microsoftonline.com/')
      ? { write: identifier(tenant) }
      : undefined
  }
  if (!known.test(address.host)) return undefined
  const tenant = tenantOf(address)
  if (tenant === undefined)
    return 'take the "Microsoft Entra Identifier"; it is https://sts.windows.net/TENANT/ with your tenant ID'
  // Entra ID can be told to add the application ID.
  if (
    address.url.protocol === 'https:' &&
    address.host === 'sts.windows.net' &&
    GUID.test(address.steps[1] ?? '')
  )
    return undefined
  return text.toLowerCase() === identifier(tenant).toLowerCase() ? undefined : { write: identifier(tenant) }
}

function correctMetadataUrl(text: string): Correction | undefined {
  const address = addressOf(text)
  if (!address) return undefined
  if (
    /^(entra\.microsoft|(aad\.)?portal\.azure|(launcher\.)?myapps\.microsoft|myapplications\.microsoft)\.com$/.test(
      address.host,
    )
  ) {
    return metadataUrl
  }
  const login = loginAddress(text)
  const isElsewhere = /^\/[^/]+\/(saml2|wsfed|oauth2|v2\.0)(\/|$)/i.test(login?.path ?? '')
  return login && (isEverybody(login) || isElsewhere) ? metadataUrl : undefined
}
