/** One of Microsoft's clouds: where people sign in, and where its directory can be asked. */
export interface EntraCloud {
  readonly loginHost: string
  /** Hosts of Microsoft Graph; the first where nothing says otherwise. */
  readonly graphHosts: readonly [string, ...string[]]
}

/**
 * Microsoft's clouds
 * ([sign-in hosts](https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud),
 * [Graph hosts](https://learn.microsoft.com/graph/deployments)). That of the US Government has a second directory host, for
 * the Department of Defense; the metadata says which one it is.
 */
const clouds: readonly EntraCloud[] = [
  { loginHost: 'login.microsoftonline.com', graphHosts: ['graph.microsoft.com'] },
  { loginHost: 'login.microsoftonline.us', graphHosts: ['graph.microsoft.us', 'dod-graph.microsoft.us'] },
  { loginHost: 'login.partner.microsoftonline.cn', graphHosts: ['microsoftgraph.chinacloudapi.cn'] },
]

/** The tenant of all private accounts. */
const PRIVATE_ACCOUNTS = '9188040d-6c67-4c5b-b112-36a304b66dad'

/** What stands for the tenant where Entra ID publishes one issuer for several. */
const TENANT_GAP = '{tenantid}'

/** A tenant's id, as tokens have it. */
export const TENANT_ID: RegExp = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @returns the cloud that an address signs people in at, if it is one of Microsoft's */
export function entraCloudOf(address: string): EntraCloud | undefined {
  const url = URL.parse(address)
  return url?.protocol === 'https:' ? clouds.find(({ loginHost }) => loginHost === url.host) : undefined
}

/**
 * What Entra ID calls itself at an address that is for more than one organisation: with a gap for the tenant, or as the
 * tenant of private accounts.
 *
 * @param serverUrl without a final slash
 * @returns undefined for every other address
 */
export function sharedIssuer(serverUrl: string): string | undefined {
  const cloud = entraCloudOf(serverUrl)
  const path = URL.parse(serverUrl)?.pathname.toLowerCase() ?? ''
  const whose = /^\/([^/]+)\/v2\.0$/.exec(path)?.[1] ?? ''
  if (!cloud) return undefined
  if (['common', 'organizations'].includes(whose)) return issuerOf(cloud, TENANT_GAP)
  return ['consumers', PRIVATE_ACCOUNTS].includes(whose) ? issuerOf(cloud, PRIVATE_ACCOUNTS) : undefined
}

function issuerOf({ loginHost }: EntraCloud, tenant: string): string {
  return `https://${loginHost}/${tenant}/v2.0`
}

/** @returns the tenant in an issuer of Entra ID's; what stands there in any other address */
export function tenantOf(issuer: string): string | undefined {
  return issuer.split('/')[3]
}

/**
 * Puts a tenant into the gap of an issuer that has one.
 *
 * @param tenant whatever a token or an answer says
 * @returns the issuer as it is where it has no gap, or where that is no tenant: then nothing will equal it
 */
export function issuerForTenant(issuer: string, tenant: unknown): string {
  return typeof tenant === 'string' && TENANT_ID.test(tenant) ? issuer.replace(TENANT_GAP, tenant) : issuer
}
