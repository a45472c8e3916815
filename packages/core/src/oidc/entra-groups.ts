import type { BackChannel } from '../back-channel/back-channel.ts'
import { readJsonObject } from '../back-channel/json.ts'
import type { OidcConnection } from '../config/connection.ts'
import { entraCloudOf } from '../config/entra.ts'
import { type ErrorDetails, SsoError, shown } from '../errors/index.ts'
import { boundGroups } from '../login/facts.ts'
import type { ProviderMetadata } from './discovery.ts'

/** What asking Microsoft's directory needs. */
export interface DirectoryAccess {
  readonly connection: Pick<OidcConnection, 'groupsOverage'>
  readonly metadata: ProviderMetadata
  /** For Graph, with the scope `User.Read`: about the person of the ID Token it came with. None in the implicit flow. */
  readonly accessToken: string | undefined
  readonly backChannel: Pick<BackChannel, 'fetch'>
}

/** Graph gives at most 999 at a time; of what a session holds, all come with the second page. */
const PAGE_SIZE = 999
const MAX_PAGES = 5

/**
 * Asks Microsoft Graph for the groups of somebody who is in too many for a token, by their object ids, as the token would
 * have them, and those that come by way of other groups too
 * ([list of memberships](https://learn.microsoft.com/graph/api/user-list-transitivememberof)). The address is a fixed one of
 * the cloud that gave the access token; none that a token names is ever called.
 *
 * @throws SsoError `groups_overage` where the connection does not want that or the provider is not Entra ID,
 *   `id_token_claim_invalid` for more groups than a session can hold, or one of the provider codes
 */
export async function requestEntraGroups(access: DirectoryAccess): Promise<readonly string[]> {
  const { connection, metadata, accessToken, backChannel } = access
  const cloud = entraCloudOf(metadata.authorization_endpoint)
  if (connection.groupsOverage !== 'graph' || !cloud || accessToken === undefined) {
    const message = 'the identity provider left out the groups: there are too many for its token'
    throw new SsoError('groups_overage', message)
  }
  const host = cloud.graphHosts.find((one) => one === metadata.msgraph_host) ?? cloud.graphHosts[0]
  const groups = new Set<string>()
  let next: string | undefined = `https://${host}/v1.0/me/transitiveMemberOf?$select=id&$top=${PAGE_SIZE}`
  for (let page = 0; next !== undefined; page++) {
    if (page === MAX_PAGES) throw unusable('Microsoft Graph does not come to an end', { host })
    const body = await readPage(next, accessToken, backChannel)
    for (const id of groupsIn(body, host)) groups.add(id)
    boundGroups([...groups], 'id_token_claim_invalid')
    next = nextOf(body, host)
  }
  return [...groups]
}

async function readPage(
  url: string,
  accessToken: string,
  { fetch }: Pick<BackChannel, 'fetch'>,
): Promise<Readonly<Record<string, unknown>>> {
  const headers = { accept: 'application/json', authorization: `Bearer ${accessToken}` }
  const response = await fetch(url, { headers })
  if (response.status !== 200) {
    const { host } = new URL(url)
    const details = { host, status: response.status, error: await errorCodeOf(response) }
    throw unusable('Microsoft Graph answered with an error status', details)
  }
  return readJsonObject(response, url)
}

/** Such as `Authorization_RequestDenied`; the message beside it may name people. */
async function errorCodeOf(response: Response): Promise<string> {
  const body = (await response.json().catch(() => undefined)) as { error?: { code?: unknown } } | undefined
  return shown(body?.error?.code)
}

/** Directory roles and administrative units are memberships too, but no groups. */
function groupsIn(body: Readonly<Record<string, unknown>>, host: string): readonly string[] {
  const { value } = body
  if (!Array.isArray(value)) throw unusable('Microsoft Graph answered without a list', { host })
  return value.flatMap((one: unknown) => {
    const member = Object(one) as Readonly<Record<string, unknown>>
    if (member['@odata.type'] !== '#microsoft.graph.group') return []
    // A group that can not be read could be the one that matters.
    if (typeof member['id'] !== 'string')
      throw unusable('Microsoft Graph named a group without its id', { host })
    return [member['id']]
  })
}

/** Where the next page is: at the same host, or nowhere. */
function nextOf(body: Readonly<Record<string, unknown>>, host: string): string | undefined {
  const next = body['@odata.nextLink']
  if (next === undefined) return undefined
  if (typeof next !== 'string' || !next.startsWith(`https://${host}/v1.0/`)) {
    throw unusable('Microsoft Graph names another address for the next page', { host })
  }
  return next
}

function unusable(message: string, details: ErrorDetails): SsoError {
  return new SsoError('provider_response_invalid', message, { details })
}
