import { nearest } from '../nearest.ts'
import {
  alsoKnownAs,
  CUSTOM,
  type Preset,
  type PresetParameter,
  parameterForm,
  presetOf,
  presetParameters,
  presetSettings,
  presets,
} from '../presets.ts'
import { type Entry, type Finding, readEntry, textOf } from './entry.ts'

/** An entry with what its preset stands for, and what is wrong with what the preset was given. */
interface Expanded {
  readonly entry: Entry
  readonly findings: readonly Finding[]
}

const parameterNames = Object.keys(presetParameters) as PresetParameter[]

/**
 * Adds what `provider:` stands for. What the entry says itself comes first, key by key; `attribute_mapping` and
 * `claims_mapping` are taken whole, from one place.
 */
export function expandPreset(entry: Entry): Expanded {
  const named = textOf(entry, 'provider')
  const { protocol } = entry
  // Which keys have an effect is known with the protocol.
  if (protocol === undefined) return { entry, findings: [] }
  if (named === undefined || named === CUSTOM) return { entry, findings: unused(entry, []) }
  const preset = presetOf(named, protocol)
  // What else is wrong with the entry is said as if it were known.
  if (!preset)
    return { entry: withSettings(entry, anyProvider[protocol]), findings: [unknownProvider(named, protocol)] }
  const findings: Finding[] = [...unused(entry, preset.parameters)]
  const values: Partial<Record<PresetParameter, string>> = {}
  // What the preset would make of its parameters may be written out as well.
  const open = Object.entries(withoutOtherSource(preset.settings, entry)).filter(
    ([key]) => entry.value[key] === undefined,
  )
  const needed = preset.parameters.filter((name) => JSON.stringify(open).includes(`{${name}`))
  for (const name of needed) {
    const { pattern, meaning, example } = parameterForm(preset, name)
    const value = textOf(entry, name)
    if (value === undefined) {
      const message = `"${name}" is missing: the ${meaning}`
      findings.push({ code: 'parameter_missing', message, fix: `add "${name}: ${example}"` })
    } else if (!pattern.test(value) && !/[<>]/.test(value)) {
      findings.push(
        severalTenants(name, value, protocol) ?? {
          code: 'parameter_invalid',
          key: name,
          message: `"${name}" does not look like the ${meaning}`,
          fix: writtenRight(name, value, pattern) ?? `write it like ${example}`,
        },
      )
    } else values[name] = value
    // What else is wrong with the entry is said as if it were there.
    values[name] ??= example
  }
  findings.push(...overridden(entry, preset, needed))
  return { entry: withSettings(entry, presetSettings(preset, values)), findings }
}

/** What else can say where the keys of a SAML provider come from. */
const sources = ['metadata', 'metadata_url', 'idp_metadata_file', 'sso_url', 'x509_cert']

/** A parameter of which nothing is made any more, because that is written out. */
function overridden(
  { value, protocol }: Entry,
  { parameters, settings }: Preset,
  needed: readonly PresetParameter[],
): readonly Finding[] {
  return parameters.flatMap((key) => {
    if (value[key] === undefined || needed.includes(key) || (key === 'client_id' && protocol === 'OIDC'))
      return []
    const made = Object.keys(settings).filter((name) => JSON.stringify(settings[name]).includes(`{${key}`))
    const written = [...made, ...sources].find((name) => value[name] !== undefined)
    const message = `"${key}" does not count: "${written}" is written out, which would be made of it`
    return [
      {
        code: 'parameter_overridden' as const,
        key,
        at: 'key' as const,
        message,
        fix: 'remove one of the two',
      },
    ]
  })
}

/** What any known provider would stand for. */
const anyProvider = {
  OIDC: { server_url: 'https://login.example.com' },
  SAML: {
    entity_id: 'https://login.example.com',
    metadata_url: 'https://login.example.com/metadata',
    attribute_mapping: { email: 'email' },
  },
} as const

/** Whoever copied a whole address has the domain in it. */
function writtenRight(name: PresetParameter, value: string, pattern: RegExp): string | undefined {
  if (name !== 'domain' || /[@<>]|\$\{/.test(value)) return undefined
  const host = URL.parse(/^https?:\/\//i.test(value) ? value : `https://${value}`)?.host ?? ''
  return host.includes('.') && pattern.test(host) ? `write ${host}` : undefined
}

/** What Microsoft has for a tenant where it means several. */
const tenantsMeant: ReadonlyMap<string, string> = new Map([
  ['common', 'every organisation, and private accounts'],
  ['organizations', 'every organisation'],
  ['consumers', 'everybody with a private account'],
])

function severalTenants(name: PresetParameter, value: string, protocol: string): Finding | undefined {
  const everybody = tenantsMeant.get(value.toLowerCase())
  if (name !== 'tenant' || everybody === undefined) return undefined
  const own = 'write your own "Directory (tenant) ID"'
  const address = `https://login.microsoftonline.com/${value.toLowerCase()}/v2.0`
  const several = `${own}; or in its place "server_url: ${address}", and in "tenants" those that may come in`
  return {
    code: 'parameter_invalid',
    key: name,
    message: `"${name}" is not one organisation, but ${everybody}`,
    fix: protocol === 'OIDC' ? several : own,
  }
}

function withSettings(entry: Entry, settings: Readonly<Record<string, unknown>>): Entry {
  return readEntry({ ...withoutOtherSource(settings, entry), ...entry.value }) ?? entry
}

/** Where keys come from is said in one place: what the entry says about that replaces what the preset says. */
function withoutOtherSource(
  settings: Readonly<Record<string, unknown>>,
  { value }: Entry,
): Readonly<Record<string, unknown>> {
  const hasMetadata = ['metadata', 'metadata_url', 'idp_metadata_file'].some(
    (key) => value[key] !== undefined,
  )
  const hasCertificate = ['sso_url', 'x509_cert'].some((key) => value[key] !== undefined)
  const { metadata_url, sso_url, ...rest } = settings
  return {
    ...rest,
    ...(hasMetadata || hasCertificate || metadata_url === undefined ? {} : { metadata_url }),
    ...(hasMetadata || sso_url === undefined ? {} : { sso_url }),
  }
}

function unknownProvider(named: string, protocol: 'OIDC' | 'SAML'): Finding {
  const other = presetOf(named, protocol === 'OIDC' ? 'SAML' : 'OIDC')
  if (other) {
    const message = `nothing is known about ${other.title} over ${protocol}, only over ${other.protocol}`
    const fix = `write "provider: ${CUSTOM}" and the addresses that it shows, or "protocol: ${other.protocol}"`
    return { code: 'choice_unknown', key: 'provider', message, fix }
  }
  const known = presets.filter((preset) => preset.protocol === protocol).map(({ provider }) => provider)
  const others = Object.keys(alsoKnownAs).filter((name) => presetOf(name, protocol))
  const meant = nearest(named, [...known, ...others])
  return {
    code: 'choice_unknown',
    key: 'provider',
    message: `"provider" must be one of ${[...known, CUSTOM].join(', ')}`,
    ...(meant ? { fix: `did you mean "${meant}"?` } : { fix: `write "${CUSTOM}", or remove it` }),
  }
}

/** A parameter without a preset that takes it would have no effect. */
function unused(entry: Entry, used: readonly PresetParameter[]): Finding[] {
  return parameterNames.flatMap((key) => {
    if (
      entry.value[key] === undefined ||
      used.includes(key) ||
      (key === 'client_id' && entry.protocol === 'OIDC')
    )
      return []
    const message = `"${key}" has no effect here`
    const found = { code: 'parameter_unused' as const, key, at: 'key' as const, message }
    // Whoever has one and names no provider hardly means the only one with SAML that takes it.
    if (key === 'client_id') return [{ ...found, fix: 'it belongs in an entry with "protocol: OIDC"' }]
    const takers = presets.filter(
      ({ protocol, parameters }) => protocol === entry.protocol && parameters.includes(key),
    )
    const names = takers.map(({ provider }) => `"provider: ${provider}"`).join(' or ')
    return [{ ...found, fix: names ? `remove it, or add ${names}` : 'remove it' }]
  })
}
