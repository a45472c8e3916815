import { isJsonObject } from '../../encoding/json-object.ts'
import type { ConfigurationIssue, ConfigurationIssueCode } from '../../errors/index.ts'
import type { BaseUrl } from '../base-url.ts'
import { presetOf } from '../presets.ts'
import { type KnownProtocol, protocolOf } from './protocol.ts'

/** What a rule says; where it stands is known from the key. */
export interface Finding {
  readonly code: ConfigurationIssueCode
  /** The key it is about; none: the entry as a whole. */
  readonly key?: string
  readonly at?: 'key' | 'value'
  /** Which item, where `key` has a list, or which key, where it has a mapping. */
  readonly item?: number | string
  readonly message: string
  readonly fix?: string
}

/** What rules know besides the entry. */
export interface RuleContext {
  readonly baseUrl: BaseUrl
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Reads a file that the configuration names. */
  readonly readFile: (path: string) => { readonly text: string } | { readonly problem: string }
  /**
   * Reads metadata of `entityId` as a login does; who reads it stands to the right of the configuration. Where this is not
   * given, metadata is looked at and not read.
   */
  readonly examineMetadata?: (xml: string, entityId: string) => MetadataExamination
}

/** What a login makes of metadata. */
export interface MetadataExamination {
  readonly problem: MetadataProblem | undefined
  /** Whether it says where people sign out. */
  readonly hasLogout: boolean
}

/** Why a login would refuse metadata. */
interface MetadataProblem {
  /** The metadata itself, or the entity ID that is not in it. */
  readonly about: 'metadata' | 'entity_id'
  /** Half a sentence: what it is, or is not. */
  readonly found: string
  readonly fix: string
}

/**
 * One entry of `identity_providers`, as it was written and with what its preset adds. Nothing about it is certain but
 * that it is a mapping: rules look at what is there and fits, so that all that is wrong is reported at once.
 */
export interface Entry {
  readonly value: Readonly<Record<string, unknown>>
  /** As it is written; else as it is meant, where that is plain. */
  readonly protocol: KnownProtocol | undefined
  /** The known provider: named, or recognised by its addresses. */
  readonly provider: string | undefined
}

/** Reads an entry. @returns undefined when it is not a mapping */
export function readEntry(value: unknown): Entry | undefined {
  if (!isJsonObject(value)) return undefined
  const protocol = protocolOf(value)
  return { value, protocol, provider: providerOf(value, protocol) }
}

/** The text behind a key. @returns undefined when there is none, or something else */
export function textOf(entry: Entry, key: string): string | undefined {
  const value = Object.hasOwn(entry.value, key) ? entry.value[key] : undefined
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** The texts behind a key that takes one or several. */
export function textsOf(entry: Entry, key: string): readonly string[] {
  const value = Object.hasOwn(entry.value, key) ? entry.value[key] : undefined
  return [value].flat().filter((one): one is string => typeof one === 'string' && one.trim() !== '')
}

/** Where a finding stands in the file. */
export function locate(finding: Finding, path: readonly (string | number)[]): ConfigurationIssue {
  const { key, at = 'value', item, ...rest } = finding
  if (key === undefined) return { ...rest, path, at: 'key' }
  return { ...rest, path: [...path, key, ...(item === undefined ? [] : [item])], at }
}

/** By which hosts providers are known. */
const hosts: readonly (readonly [provider: string, host: RegExp])[] = [
  ['azure', /^(login\.microsoftonline\.(com|us|de)|login\.partner\.microsoftonline\.cn|sts\.windows\.net)$/],
  [
    'azure',
    /^(login\.windows\.net|login\.microsoft\.com|(login|sts)\.chinacloudapi\.cn|graph\.microsoft\.(com|us))$/,
  ],
  [
    'azure',
    /^(entra|myapps|launcher\.myapps|myapplications)\.microsoft\.com$|^(aad\.)?portal\.azure\.(com|us|cn)$/,
  ],
  ['okta', /\.(okta|oktapreview|okta-emea|okta-gov)\.com$|\.okta\.mil$/],
  ['auth0', /\.auth0\.com$/],
  ['google', /^(accounts|admin)\.google\.com$|^(www|oauth2|openidconnect)\.googleapis\.com$/],
  ['cognito', /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$|\.amazoncognito\.com$/],
  ['cognito', /^cognito-identity\.([a-z0-9-]+\.)?amazonaws\.com$|^([a-z0-9-]+\.)?console\.aws\.amazon\.com$/],
  ['ping', /^(auth|console|apps|api|admin)\.pingone\.[a-z.]+$/],
  ['duo', /\.sso\.duosecurity\.com$|^(admin|api)-[0-9a-z]+\.duosecurity\.com$/],
  ['jumpcloud', /^(oauth\.id|oauth|sso|console)\.([a-z]+\.)?jumpcloud\.com$/],
]

function providerOf(
  record: Readonly<Record<string, unknown>>,
  protocol: Entry['protocol'],
): string | undefined {
  const named = record['provider']
  if (typeof named === 'string' && protocol) {
    const preset = presetOf(named, protocol)
    if (preset) return preset.provider
  }
  const addresses = ['server_url', 'issuer', 'metadata_url', 'sso_url', 'entity_id', 'authorization_endpoint']
  for (const key of addresses) {
    const address = record[key]
    const url = typeof address === 'string' ? URL.parse(address) : null
    if (!url) continue
    const found = hosts.find(([, host]) => host.test(url.hostname))
    if (found) return found[0]
    if (/^(\/auth)?\/realms\//.test(url.pathname)) return 'keycloak'
    if (/^\/adfs(\/|$)|^\/FederationMetadata\/2007-06/i.test(url.pathname)) return 'adfs'
  }
  return undefined
}
