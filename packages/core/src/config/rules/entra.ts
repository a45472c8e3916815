import { isJsonObject } from '../../encoding/json-object.ts'
import { entraCloudOf, sharedIssuer, TENANT_ID } from '../entra.ts'
import { type Entry, type Finding, textOf } from './entry.ts'
import { addressOf, GUID } from './trap.ts'

/** What goes for Entra ID alone: where it stands elsewhere it would have no effect. */
export function checkEntra(entry: Entry): readonly Finding[] {
  return entry.protocol === 'OIDC' ? [...checkTenants(entry), ...checkOverage(entry)] : []
}

function checkTenants(entry: Entry): readonly Finding[] {
  const tenants = entry.value['tenants']
  if (tenants === undefined) return []
  if (sharedIssuer(serverUrlOf(entry)) === undefined) {
    const message = '"tenants" has no effect here: "server_url" is not for several organisations at Microsoft'
    const fix = 'remove it, or write "server_url: https://login.microsoftonline.com/organizations/v2.0"'
    return [{ code: 'azure_setting_unused', key: 'tenants', at: 'key', message, fix }]
  }
  return [tenants].flat().flatMap((tenant, item) => {
    if (typeof tenant !== 'string' || TENANT_ID.test(tenant.toLowerCase())) return []
    return [
      {
        code: 'parameter_invalid' as const,
        key: 'tenants',
        ...(Array.isArray(tenants) ? { item } : {}),
        message: '"tenants" holds something that is not a "Directory (tenant) ID"',
        fix: 'write it like 11111111-2222-4333-8444-555555555555; that of private accounts is 9188040d-6c67-4c5b-b112-36a304b66dad',
      },
    ]
  })
}

function checkOverage(entry: Entry): readonly Finding[] {
  if (entry.value['groups_overage'] !== 'graph') return []
  const unused = (why: string, fix: string): readonly Finding[] => [
    {
      code: 'azure_setting_unused',
      key: 'groups_overage',
      at: 'key',
      message: `"groups_overage" has no effect here: ${why}`,
      fix,
    },
  ]
  const address = textOf(entry, 'authorization_endpoint') ?? serverUrlOf(entry)
  if (entraCloudOf(address) === undefined) return unused('the provider is not Entra ID', 'remove it')
  return entry.value['response_type'] === 'id_token'
    ? unused('without a code there is no access token to ask with', 'write "response_type: code"')
    : checkGroups(entry)
}

/** From Graph come object IDs alone; without it the administrator may have names put into the token. */
function checkGroups({ value }: Entry): readonly Finding[] {
  const authorization = isJsonObject(value['authorization']) ? value['authorization'] : {}
  const claims = [authorization['groups_claims'] ?? value['groups_claim'] ?? 'groups'].flat()
  const rules: unknown = authorization['mapping']
  if (!claims.includes('groups') || claims.length > 1 || !Array.isArray(rules)) return []
  const groups = rules.map((rule: unknown) => (isJsonObject(rule) ? rule['group'] : undefined))
  if (!groups.some((group) => typeof group === 'string' && !GUID.test(group))) return []
  const message =
    'a group in "authorization" is named, and from Microsoft Graph, which "groups_overage" asks, come object IDs'
  const fix = 'write the "Object ID" of the group in place of its name'
  return [{ code: 'azure_group_name', key: 'authorization', at: 'key', message, fix }]
}

/** As a login takes it. */
function serverUrlOf(entry: Entry): string {
  const address = addressOf(textOf(entry, 'server_url'))
  return address ? `${address.origin}${address.path}` : ''
}
