import { oidcProvider } from '../format/oidc.ts'
import { samlProvider } from '../format/saml.ts'
import { nearest } from '../nearest.ts'

/** What an entry can speak. */
export type KnownProtocol = 'OIDC' | 'SAML'

/**
 * The protocol of an entry: as it says, or as it is meant where it says none that there is, so that all else that is
 * wrong with the entry is said at once.
 *
 * @returns undefined where neither `protocol` nor the keys tell
 */
export function protocolOf(entry: Readonly<Record<string, unknown>>): KnownProtocol | undefined {
  const written = entry['protocol']
  const named = typeof written === 'string' ? written.trim().slice(0, 64).toUpperCase() : ''
  if (named.includes('SAML')) return 'SAML'
  if (/OIDC|OPEN.?ID/.test(named)) return 'OIDC'
  const meant = nearest(named, ['oidc', 'saml'])
  if (meant !== undefined) return meant === 'oidc' ? 'OIDC' : 'SAML'
  const speaks = (one: object, other: object) =>
    Object.keys(entry).some((key) => Object.hasOwn(one, key) && !Object.hasOwn(other, key))
  const isOidc = speaks(oidcProvider.entries, samlProvider.entries)
  const isSaml = speaks(samlProvider.entries, oidcProvider.entries)
  if (isOidc === isSaml) return undefined
  return isOidc ? 'OIDC' : 'SAML'
}
