import * as v from 'valibot'
import { isJsonObject } from '../encoding/json-object.ts'
import { type ConfigurationIssue, type ConfigurationIssueCode, issueSeverities } from '../errors/index.ts'
import { type CompiledConfiguration, type ConnectionSettings, compileConfiguration } from './compile.ts'
import { describeIssue } from './describe-issue.ts'
import { type ConfigurationFile, configurationSchema } from './format/file.ts'
import { type PrepareOptions, prepare } from './prepare.ts'
import { checkAcross } from './rules/across.ts'
import { checkAddresses } from './rules/addresses.ts'
import { checkEntra } from './rules/entra.ts'
import { type Entry, type Finding, locate, type RuleContext, readEntry } from './rules/entry.ts'
import { checkOidc } from './rules/oidc.ts'
import { expandPreset } from './rules/preset.ts'
import { checkIsReachable, checkReach, checkRoles } from './rules/reach.ts'
import { checkSaml } from './rules/saml.ts'
import { checkSamlLogout } from './rules/saml-logout.ts'
import { checkSamlRequests } from './rules/saml-requests.ts'
import { checkServiceProvider } from './rules/service-provider.ts'
import { checkSocial } from './rules/social.ts'
import { checkTraps } from './rules/traps.ts'
import { toConnection, toServiceProvider } from './settings.ts'
import { socialIds, toSocialConnections } from './social-settings.ts'

/** What a configuration is read with. */
export interface ParseOptions extends RuleContext, PrepareOptions {}

/** What became of a configuration: something that can be used unless there was an error, and all there is to say. */
export interface ParsedConfiguration {
  readonly compiled: CompiledConfiguration | undefined
  /** Every one that was found, in the order of the providers. */
  readonly issues: readonly ConfigurationIssue[]
}

/**
 * Checks a configuration in the format of `auth_config.yml`, which docs/configuration.md describes.
 *
 * @param input the value that the file describes
 * @returns it compiled, and every issue, not just the first; never throws
 */
export function parseConfiguration(input: unknown, options: ParseOptions): ParsedConfiguration {
  const prepared = prepare(input, options)
  const { entries, findings, value } = readEntries(prepared.value)
  const result = v.safeParse(configurationSchema, value)
  const issues = inOrder(
    oncePerPlace([
      ...prepared.issues,
      ...findings,
      ...[...(result.issues ?? []), ...furtherIssues(value, entries)].map(describeIssue),
      ...checkSection(value),
      ...entries.flatMap((entry, index) => (entry ? checkEntry(entry, index, value, options) : [])),
      ...checkAcross(entries, socialIds(section(value, 'social_account'))),
      ...checkSocial(section(value, 'social_account'), options),
      ...checkBasic(value),
      ...checkServiceProvider(section(value, 'service_provider'), options.baseUrl),
    ]),
  )
  const isUsable = result.success && issues.every(({ code }) => issueSeverities[code] === 'warning')
  return { compiled: isUsable ? compile(result.output, options) : undefined, issues }
}

const providersPath = ['sso', 'identity_providers'] as const

interface ReadEntries {
  /** By index; what is not a mapping is left out. */
  readonly entries: readonly (Entry | undefined)[]
  readonly findings: readonly ConfigurationIssue[]
  /** The input, with what presets stand for. */
  readonly value: unknown
}

function readEntries(value: unknown): ReadEntries {
  const sso = section(value, 'sso')
  const list = sso['identity_providers']
  if (!Array.isArray(list)) return { entries: [], findings: [], value }
  const expanded = list.map((item: unknown) => {
    const entry = readEntry(item)
    return entry && expandPreset(entry)
  })
  return {
    entries: expanded.map((one) => one?.entry),
    findings: expanded.flatMap((one, index) =>
      (one?.findings ?? []).map((finding) => locate(finding, [...providersPath, index])),
    ),
    value: {
      ...(value as object),
      sso: {
        ...sso,
        identity_providers: list.map((item: unknown, index) => expanded[index]?.entry.value ?? item),
      },
    },
  }
}

/** An entry whose protocol is none is not looked at by the schema: what else is wrong with it, as far as it is known. */
function furtherIssues(
  value: unknown,
  entries: readonly (Entry | undefined)[],
): readonly v.BaseIssue<unknown>[] {
  const isMeant = ({ value: { protocol: written }, protocol }: Entry) =>
    protocol !== undefined && written !== protocol && written !== protocol.toLowerCase()
  if (!entries.some((entry) => entry && isMeant(entry))) return []
  const sso = section(value, 'sso')
  const list = (sso['identity_providers'] as readonly unknown[]).map((item, index) => {
    const entry = entries[index]
    return entry && isMeant(entry) ? { ...entry.value, protocol: entry.protocol } : item
  })
  const meant = { ...(value as object), sso: { ...sso, identity_providers: list } }
  return v.safeParse(configurationSchema, meant).issues ?? []
}

function checkEntry(
  entry: Entry,
  index: number,
  value: unknown,
  context: RuleContext,
): readonly ConfigurationIssue[] {
  const sso = section(value, 'sso')
  const isByAddress = (sso['selection_mode'] ?? 'email_address') === 'email_address'
  const findings: readonly Finding[] = [
    ...checkTraps(entry),
    ...checkEntra(entry),
    ...checkAddresses(entry, context),
    ...checkOidc(entry),
    ...checkSaml(entry, context),
    ...(entry.protocol === 'SAML' ? [...checkSamlRequests(entry), ...checkSamlLogout(entry, context)] : []),
    ...checkReach(entry),
    ...checkRoles(entry),
    ...(isByAddress && sso['enabled'] === true && entry.protocol ? checkIsReachable(entry) : []),
    ...(entry.value['create_users'] === false ? [noUserDirectory] : []),
  ]
  return findings.map((finding) => locate(finding, [...providersPath, index]))
}

const noUserDirectory: Finding = {
  code: 'no_effect_yet',
  key: 'create_users',
  message: '"create_users: false" would keep new people out, and nothing here does that yet',
  fix: 'remove it, and decide at the identity provider who may use the application',
}

/** Rules about the section as a whole. */
function checkSection(value: unknown): readonly ConfigurationIssue[] {
  const sso = section(value, 'sso')
  const issues: ConfigurationIssue[] = []
  const list = sso['identity_providers']
  // Where the switch is missing, that is said.
  const isSocial =
    isJsonObject(value) &&
    value['social_account'] !== undefined &&
    section(value, 'social_account')['enabled'] !== false
  if (isJsonObject(value) && value['sso'] === undefined && !isSocial) {
    const message = '"sso" is missing: nothing says who may sign in'
    issues.push({ code: 'key_missing', path: [], at: 'key', message, fix: 'add a section "sso:"' })
  }
  if (sso['enabled'] === true && (list === undefined || (Array.isArray(list) && list.length === 0))) {
    const message = 'single sign-on is enabled, but there is no identity provider'
    const isThere = list !== undefined
    issues.push({
      code: 'provider_missing',
      path: isThere ? providersPath : ['sso'],
      at: isThere ? 'value' : 'key',
      message,
      fix: isThere ? 'add one, or "enabled: false"' : 'add one under "identity_providers:"',
    })
  }
  issues.push(...checkSwitches(sso, section(value, 'social_account')))
  if (sso['enable_pkce'] === false) {
    issues.push({
      code: 'pkce_off',
      path: ['sso', 'enable_pkce'],
      at: 'value',
      message: 'without PKCE a stolen code is easier to use; nonce and state are checked all the same',
      fix: 'remove it, and write "code_challenge_method: none" at the one provider that refuses PKCE',
    })
  }
  return issues
}

/** Providers that are there, and all of them switched off. */
function checkSwitches(
  { enabled, identity_providers: list }: Readonly<Record<string, unknown>>,
  social: Readonly<Record<string, unknown>>,
): readonly ConfigurationIssue[] {
  if (social['enabled'] === true || !Array.isArray(list) || list.length === 0) return []
  const isOff = (entry: unknown) => isJsonObject(entry) && entry['enabled'] === false
  if (enabled !== false && !list.every(isOff)) return []
  const message =
    enabled === false
      ? 'nobody can sign in: this switches all providers below off'
      : 'nobody can sign in: every provider has "enabled: false"'
  return [
    {
      code: 'nobody_comes_in',
      path: enabled === false ? ['sso', 'enabled'] : providersPath,
      at: enabled === false ? 'value' : 'key',
      message,
      fix: enabled === false ? 'write "enabled: true"' : 'remove it from those that are to be used',
    },
  ]
}

/** To switch passwords off is to keep people out: not to be accepted while nothing does it. */
function checkBasic(value: unknown): readonly ConfigurationIssue[] {
  return ['login', 'registration'].flatMap((key) => {
    if (section(section(value, 'basic'), key)['enabled'] !== false) return []
    return [
      {
        code: 'no_effect_yet',
        path: ['basic', key, 'enabled'],
        at: 'value',
        message: `this would switch ${key} with a password off, and nothing here does that yet`,
        fix: 'switch it off in the app itself, and remove this',
      } as const,
    ]
  })
}

function compile(file: ConfigurationFile, options: ParseOptions): CompiledConfiguration {
  const { sso, social_account: social, rate_limits: limits, service_provider: serviceProvider } = file
  const connections: ConnectionSettings[] = []
  if (sso) {
    const defaults = { pkce: sso.enable_pkce, isOn: sso.enabled }
    connections.push(...sso.identity_providers.map((entry) => toConnection(entry, defaults, options)))
  }
  if (social) connections.push(...toSocialConnections(social))
  return compileConfiguration(
    {
      baseUrl: options.baseUrl,
      selectionMode: sso?.selection_mode ?? 'email_address',
      rateLimits: limits?.enabled ?? true,
      serviceProvider: toServiceProvider(serviceProvider),
      connections,
    },
    options.now,
  )
}

/** @returns the mapping behind a key, or one without keys */
function section(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const inner = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return isJsonObject(inner) ? inner : {}
}

/** Warnings that say how a value came to be wrong: they stand beside the error that says what it can not be. */
const reasons: readonly ConfigurationIssueCode[] = ['quotes_typographic', 'variable_without_braces']

/**
 * One value is wrong in one way: what was found first says it best, but no warning hides an error. Different keys that
 * are missing share a place.
 */
function oncePerPlace(issues: readonly ConfigurationIssue[]): ConfigurationIssue[] {
  const said = new Map<string, ConfigurationIssue>()
  const place = ({ code, path, at, message }: ConfigurationIssue) =>
    JSON.stringify([
      path,
      at,
      at === 'key' && /missing/.test(code) ? message : reasons.find((one) => one === code),
    ])
  for (const issue of issues) {
    const before = said.get(place(issue))
    if (!before || (issueSeverities[before.code] === 'warning' && issueSeverities[issue.code] === 'error')) {
      said.set(place(issue), issue)
    }
  }
  return issues.filter((issue) => said.get(place(issue)) === issue)
}

/** In the order of the file: by list index, else as found. */
function inOrder(issues: readonly ConfigurationIssue[]): ConfigurationIssue[] {
  const entry = (issue: ConfigurationIssue) => (typeof issue.path[2] === 'number' ? issue.path[2] : -1)
  return [...issues].sort((a, b) => entry(a) - entry(b))
}
