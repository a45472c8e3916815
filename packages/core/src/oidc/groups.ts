import { isJsonObject } from '../encoding/json-object.ts'
import { boundGroups, readText } from '../login/facts.ts'
import { type Claims, readClaim } from './read-claim.ts'

/** The groups in claims, or that they are elsewhere. */
export type FoundGroups = { readonly groups: readonly string[] } | { readonly elsewhere: true }

/**
 * Finds somebody's groups: the first of the names that is present in any source counts. What is present in a source is
 * also what it only says where to find
 * ([OpenID Connect Core, section 5.6.2](https://openid.net/specs/openid-connect-core-1_0.html#AggregatedDistributedClaims)),
 * as Entra ID does of somebody in very many groups
 * ([groups overage](https://learn.microsoft.com/security/zero-trust/develop/configure-tokens-group-claims-app-roles#group-overages)).
 * The address that is said is not looked at: nobody reads anything from there.
 *
 * @param sources verified claims, those first that count more
 * @throws SsoError `id_token_claim_invalid` when there are too many: to leave some out could let somebody in
 */
export function findGroups(sources: readonly Claims[], names: readonly string[]): FoundGroups {
  for (const name of names) {
    for (const source of sources) {
      const value = readClaim(source, name)
      if (value !== undefined) return { groups: readGroups(value) }
    }
    if (sources.some((source) => isElsewhere(source, name))) return { elsewhere: true }
  }
  return { groups: [] }
}

/** In the implicit flow, Entra ID has no room even for where they are. */
function isElsewhere(source: Claims, name: string): boolean {
  const names = source['_claim_names']
  const isNamed = isJsonObject(names) && Object.hasOwn(names, name)
  return isNamed || (name === 'groups' && source['hasgroups'] === true)
}

/** One group may come as a text, several as a list; what is neither is left out, and what comes twice is there once. */
function readGroups(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  const groups = new Set<string>()
  for (const one of values) {
    const group = readText(one)
    if (group !== undefined) groups.add(group)
  }
  return boundGroups([...groups], 'id_token_claim_invalid')
}
