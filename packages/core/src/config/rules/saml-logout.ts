import { type Entry, type Finding, type RuleContext, textOf } from './entry.ts'
import { sources } from './saml.ts'

/** Where people sign out at a SAML identity provider, as far as the configuration says it. */
export function checkSamlLogout(entry: Entry, context: RuleContext): readonly Finding[] {
  const { value } = entry
  const source = sources.find((key) => value[key] !== undefined)
  const findings: Finding[] = []
  if (source !== undefined && value['slo_url'] !== undefined) {
    findings.push({
      code: 'slo_url_unused',
      key: 'slo_url',
      at: 'key',
      message: `"slo_url" beside "${source}" is not used: the metadata says where people sign out`,
      fix: 'remove it',
    })
  }
  const missing = value['idp_logout'] === true ? whatIsMissing(entry, source, context) : undefined
  if (missing) {
    const [what, fix] = missing
    findings.push({
      code: 'logout_address_missing',
      key: 'idp_logout',
      message: `"idp_logout" signs nobody out at the identity provider: ${what}`,
      fix: `${fix}; or remove "idp_logout"`,
    })
  }
  return findings
}

function whatIsMissing(
  entry: Entry,
  source: (typeof sources)[number] | undefined,
  { readFile, examineMetadata }: RuleContext,
): readonly [what: string, fix: string] | undefined {
  if (source === undefined) {
    if (entry.value['sso_url'] === undefined || entry.value['slo_url'] !== undefined) return undefined
    return ['"slo_url" is missing', 'add "slo_url: https://…", its "Logout URL" or "Single logout URL"']
  }
  // What is at an address is asked by `doctor`.
  const written = source === 'metadata_url' ? undefined : textOf(entry, source)
  const entityId = textOf(entry, 'entity_id')
  if (written === undefined || entityId === undefined) return undefined
  const read = source === 'metadata' ? { text: written } : readFile(written)
  const examined = 'text' in read ? examineMetadata?.(read.text, entityId) : undefined
  if (!examined || examined.problem || examined.hasLogout) return undefined
  return [
    `"${source}" has no SingleLogoutService by HTTP-Redirect or HTTP-POST`,
    'switch single logout on there, and take the metadata anew',
  ]
}
