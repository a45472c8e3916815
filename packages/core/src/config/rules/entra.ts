import { entraCloudOf, sharedIssuer, TENANT_ID } from '../entra.ts'
import { type Entry, type Finding, textOf } from './entry.ts'
import { addressOf } from './trap.ts'

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
    : []
}

/** As a login takes it. */
function serverUrlOf(entry: Entry): string {
  const address = addressOf(textOf(entry, 'server_url'))
  return address ? `${address.origin}${address.path}` : ''
}
