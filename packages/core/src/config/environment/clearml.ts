import { nearest } from '../nearest.ts'
import { presetOf } from '../presets.ts'
import { type EnvironmentForm, type Origin, saidTwice, type VariableIssue, type Variables } from './form.ts'

/*
 * ClearML's variables, https://clear.ml/docs/latest/docs/deploying_clearml/enterprise_deploy/sso_idp: names are paths,
 * their steps joined by two underscores. `secure` and `services` are two of its files and mean the same here.
 */

const NAME = /^CLEARML__(?:services|secure)__login__sso__(oauth_client|saml_client)__([a-z0-9_-]+?)__(.+)$/i

/** It is meant for this, and would be passed over. */
const LOOKS_LIKE_ONE = /^CLEARML__.*__login__sso__/i

const misspelt: Omit<VariableIssue, 'variable'> = {
  code: 'key_unknown',
  message: "this looks like a setting of ClearML's single sign-on, and is none",
  fix: 'write CLEARML__services__login__sso__oauth_client__PROVIDER__KEY, or secure for services, or saml_client',
}

type Value = string | boolean | readonly unknown[] | Record<string, unknown>

/** What became of one variable: keys of an entry, or why it has none. */
type Meaning =
  | { readonly path: readonly string[]; readonly value: Value }
  | { readonly problem: Omit<VariableIssue, 'variable'> }
  /** It asks for what is so in any case. */
  | 'nothing'

/** What stands for one key, word for word, and that key. */
export const clearMlKeys: Readonly<Record<string, readonly string[]>> = {
  base_url: ['server_url'],
  authorize_url: ['authorization_endpoint'],
  access_token_url: ['token_endpoint'],
  user_info_url: ['userinfo_endpoint'],
  revoke_url: ['revocation_endpoint'],
  jwks_uri: ['jwks_uri'],
  client_id: ['client_id'],
  client_secret: ['client_secret'],
  audience: ['audience'],
  display_name: ['name'],
  scope: ['scope'],
  code_challenge_method: ['code_challenge_method'],
  idp_logout: ['idp_logout'],
  claims__id: ['claims_mapping', 'user_id'],
  claims__user_id: ['claims_mapping', 'user_id'],
  claims__email: ['claims_mapping', 'email'],
  claims__name: ['claims_mapping', 'name'],
  claims__given_name: ['claims_mapping', 'given_name'],
  claims__family_name: ['claims_mapping', 'family_name'],
  claims__picture: ['claims_mapping', 'picture'],
  groups__enabled: ['synchronize_groups'],
  groups__claim: ['groups_claim'],
  groups__case_sensitive: ['authorization', 'case_sensitive'],
  entity_id: ['entity_id'],
  idp_metadata_file: ['idp_metadata_file'],
}

/** The ends of variables, by the key that they stand for; the first where there are several. */
const clearMlNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(clearMlKeys)
    .map(([name, path]) => [path.at(-1) ?? '', name] as const)
    .reverse(),
)

/** SAML's mapping has names of its own. */
const samlNames: Readonly<Record<string, string>> = {
  user_id: 'uid',
  given_name: 'first_name',
  family_name: 'last_name',
}

/** Reads ClearML's variables. @returns undefined when there are none */
export function readClearMl(variables: Variables): EnvironmentForm | undefined {
  const entries = new Map<string, Record<string, unknown>>()
  const origins: Origin[] = []
  const issues: VariableIssue[] = []
  for (const [variable, text] of Object.entries(variables)) {
    if (text === undefined || !LOOKS_LIKE_ONE.test(variable)) continue
    const [, kind = '', provider = '', key = ''] = NAME.exec(variable) ?? []
    if (key === '') {
      issues.push({ ...misspelt, variable })
      continue
    }
    const isSaml = kind.toLowerCase() === 'saml_client'
    const id = `${kind} ${provider}`.toLowerCase()
    const entry = entries.get(id) ?? startEntry(provider, isSaml)
    entries.set(id, entry)
    const index = [...entries.keys()].indexOf(id)
    const meaning = meaningOf(key.toLowerCase(), text, isSaml)
    if (meaning === 'nothing') continue
    if ('problem' in meaning) {
      issues.push({ ...meaning.problem, variable })
      continue
    }
    const path = ['sso', 'identity_providers', index, ...meaning.path]
    issues.push(...saidTwice(path, variable, variables, origins))
    put(entry, meaning.path, meaning.value)
    origins.push({ path, variable })
  }
  if (entries.size === 0 && issues.length === 0) return undefined
  const list = [...entries.values()].map(completed)
  return {
    // Without domains people choose; where there is but one, they are sent there.
    input: { sso: { enabled: true, selection_mode: 'lowest_weight', identity_providers: list } },
    origins,
    issues,
    names: clearMlNames,
  }
}

function startEntry(provider: string, isSaml: boolean): Record<string, unknown> {
  const protocol = isSaml ? 'SAML' : 'OIDC'
  const name = presetOf(provider.toLowerCase(), protocol)?.title ?? provider
  // The frontend's address there.
  return { id: provider, protocol, name, ...(isSaml ? {} : { callback_path: `/callback_${provider}` }) }
}

/** Keeps out whoever is in no known group. */
const RESTRICTING = 'groups__prohibit_user_signup_if_not_in_group'

function meaningOf(key: string, text: string, isSaml: boolean): Meaning {
  if (key === 'groups__admins') {
    const mapping = listOf(text).map((group) => ({ group, root_role: 'admin' }))
    return { path: ['authorization', 'mapping'], value: mapping }
  }
  if (key === RESTRICTING) return /^(false|0)$/i.test(text) ? 'nothing' : { problem: noEffect }
  const known = Object.hasOwn(clearMlKeys, key) ? clearMlKeys[key] : undefined
  if (known === undefined) return { problem: ownKeys.includes(key) ? ownSetting : unknownKey(key) }
  const path = isSaml ? samlPath(known) : known
  return { path, value: readValue(path, text) }
}

/** SAML's mapping has a place and names of its own. */
function samlPath(path: readonly string[]): readonly string[] {
  const [first, second] = path
  if (first === 'claims_mapping' && second) return ['attribute_mapping', samlNames[second] ?? second]
  return first === 'groups_claim' ? ['attribute_mapping', 'groups'] : path
}

function readValue(path: readonly string[], text: string): Value {
  const key = path.at(-1) ?? ''
  if (key === 'scope') return listOf(text)
  const isBoolean = ['idp_logout', 'synchronize_groups', 'case_sensitive'].includes(key)
  return isBoolean && /^(true|false|1|0)$/i.test(text) ? isTrue(text) : text
}

const noEffect: Omit<VariableIssue, 'variable'> = {
  code: 'no_effect_yet',
  message: 'this would keep out whoever is in no known group, and nothing here does that yet',
  fix: 'remove it, and decide at the identity provider who may use the application',
}

/** What ClearML knows besides, and restricts nobody. */
const ownKeys: readonly string[] = ['admin_role', 'default_company', 'get_info_from_access_token']

const ownSetting: Omit<VariableIssue, 'variable'> = {
  code: 'not_in_this_version',
  message: "this is ClearML's own setting, and has no effect here",
}

/** It may be misspelt, and have been meant to keep somebody out. */
function unknownKey(key: string): Omit<VariableIssue, 'variable'> {
  const meant = nearest(key, [...Object.keys(clearMlKeys), 'groups__admins', RESTRICTING, ...ownKeys])
  const message = `there is no setting "${key}" of a provider`
  const fix = meant ? `did you mean "${meant}"?` : 'remove it, or look for a typing error'
  return { code: 'key_unknown', message, fix }
}

/** `a, b` or `["a", "b"]`. */
function listOf(text: string): string[] {
  return text
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(',')
    .map((item) => item.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .filter((item) => item !== '')
}

function isTrue(text: string): boolean {
  return /^(true|1)$/i.test(text)
}

function put(entry: Record<string, unknown>, [first = '', second]: readonly string[], value: Value): void {
  if (second === undefined) entry[first] = value
  else entry[first] = { ...(entry[first] as Record<string, unknown> | undefined), [second]: value }
}

/** Whether case matters is a question only where groups give roles. */
function completed(entry: Record<string, unknown>): Record<string, unknown> {
  const authorization = entry['authorization'] as Record<string, unknown> | undefined
  if (authorization === undefined || authorization['mapping'] !== undefined) return entry
  const { authorization: _, ...rest } = entry
  return rest
}
