import { isJsonObject } from '../../encoding/json-object.ts'
import type { ConfigurationIssue } from '../../errors/index.ts'
import { addressProblem } from './addresses.ts'
import { type Entry, type Finding, locate, type RuleContext, textOf } from './entry.ts'
import { checkTraps } from './traps.ts'

/** The sections of `social_account`, and by what name rules know the provider. */
const providers = [
  ['google', 'google'],
  ['github', 'github'],
  ['amazon_cognito', 'cognito'],
] as const

/** Rules about `social_account`. */
export function checkSocial(
  account: Readonly<Record<string, unknown>>,
  context: RuleContext,
): readonly ConfigurationIssue[] {
  const sections = providers.flatMap(([key, provider]) => {
    const value = account[key]
    if (!isJsonObject(value)) return []
    const entry: Entry = { value, protocol: undefined, provider }
    const findings = [
      ...checkTraps(entry),
      ...checkOrigin(entry, 'domain', context),
      ...checkOrigin(entry, 'server_url', context),
      ...checkGroups(entry),
    ]
    return findings.map((finding) => locate(finding, ['social_account', key]))
  })
  return [...checkIsThere(account), ...sections]
}

/** Social login that nobody can use. */
function checkIsThere(account: Readonly<Record<string, unknown>>): readonly ConfigurationIssue[] {
  if (account['enabled'] !== true || Object.keys(account).length > 1) return []
  const message = 'social login is enabled, but there is no provider'
  const fix = 'add "google:", "github:" or "amazon_cognito:" below it, or "enabled: false"'
  return [{ code: 'provider_missing', path: ['social_account'], at: 'key', message, fix }]
}

/** The address of a server, which people write with and without a scheme. */
function checkOrigin(entry: Entry, key: string, { baseUrl }: RuleContext): readonly Finding[] {
  const text = textOf(entry, key)
  if (text === undefined || /[<>]/.test(text)) return []
  const address = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`
  const problem = addressProblem(address, key, false, baseUrl)
  return problem ? [{ key, ...problem }] : []
}

/** Groups that give roles, of which none are taken over. */
function checkGroups({ value }: Entry): readonly Finding[] {
  const groups = value['groups'] ?? 'none'
  if (value['authorization'] === undefined || groups !== 'none') return []
  const message = 'nobody gets a role: groups give roles here, and "groups" takes none over'
  const fix = 'write "groups: organizations" or "groups: teams"'
  return [{ code: 'roles_without_groups', key: 'authorization', at: 'key', message, fix }]
}
