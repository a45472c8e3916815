import type { ConfigurationIssueCode } from '../../errors/index.ts'
import { type Entry, textOf, textsOf } from './entry.ts'

/** What to do about it: the value to write instead, or advice where the values do not tell that. */
export type Correction = { readonly write: string } | string

/** A mistake that people make with one provider, and by what it is recognised. */
export interface Trap {
  readonly code: ConfigurationIssueCode
  /** None: any provider. */
  readonly provider?: string
  readonly protocol?: 'OIDC' | 'SAML'
  /** The key it is about. */
  readonly key: string
  readonly at?: 'key'
  /** Which key within, where `key` has a mapping. */
  readonly item?: string
  /** What is looked at, where that is not the text behind the key. */
  readonly read?: (entry: Entry) => string | undefined
  readonly message: string
  /**
   * @param text never holds a placeholder or a reference to the environment
   * @returns undefined when nothing is wrong
   */
  readonly correct: (text: string, entry: Entry) => Correction | undefined
}

/** A GUID, as Microsoft and Ping name nearly everything. */
export const GUID: RegExp = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An address at a provider, taken apart. */
export interface Address {
  readonly url: URL
  /** With the port, if there is one. */
  readonly host: string
  readonly origin: string
  /** Without a final slash: `''` for none. */
  readonly path: string
  /** The parts of the path. */
  readonly steps: readonly string[]
}

/** Takes an address apart. The ending of a discovery URL does not count, as in the rest of the configuration. */
export function addressOf(text: string | undefined): Address | undefined {
  const url = URL.parse((text ?? '').replace(/\/\.well-known\/openid-configuration\/?$/, ''))
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  const path = withoutFinalSlashes(url.pathname)
  return { url, host: url.host, origin: url.origin, path, steps: path.split('/').slice(1) }
}

/** By hand: an expression begins anew at each slash. */
function withoutFinalSlashes(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end--
  return path.slice(0, end)
}

/** What is found in a text is written instead of it, unless it is the whole of it. */
export function writeUnlessSame(text: string, right: string): Correction | undefined {
  return text === right ? undefined : { write: right }
}

/** Some addresses of a SAML provider name what another does not: whichever of these is there. */
export function samlAddressOf(entry: Entry): Address | undefined {
  return addressOf(textOf(entry, 'metadata_url')) ?? addressOf(textOf(entry, 'sso_url'))
}

/** The texts that an entry's mapping has under a name. */
export function mappedTo(
  entry: Entry,
  key: 'attribute_mapping' | 'claims_mapping',
  name: string,
): readonly string[] {
  const value = entry.value[key]
  if (typeof value !== 'object' || value === null) return []
  return textsOf({ ...entry, value: value as Entry['value'] }, name)
}
