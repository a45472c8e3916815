import type { OidcConnection } from '../config/connection.ts'
import { isJsonObject } from '../encoding/json-object.ts'
import { type ErrorDetails, shown } from '../errors/index.ts'
import { boundGroups, readText } from '../login/facts.ts'
import { type Claims, readClaim } from './read-claim.ts'

/**
 * Finds somebody's groups: the first of the names that is present in any source counts. What is present in a source is
 * also what it only says where to find
 * ([OpenID Connect Core, section 5.6.2](https://openid.net/specs/openid-connect-core-1_0.html#AggregatedDistributedClaims)),
 * as Entra ID does of somebody in very many groups
 * ([groups overage](https://learn.microsoft.com/security/zero-trust/develop/configure-tokens-group-claims-app-roles#group-overages)).
 * The address that is said is not looked at: nobody reads anything from there.
 *
 * @param sources verified claims, those first that count more
 * @returns undefined when nothing is said of any
 * @throws SsoError `id_token_claim_invalid` when there are too many: to leave some out could let somebody in
 */
export function findGroups(
  sources: readonly Claims[],
  names: readonly string[],
): readonly string[] | 'elsewhere' | undefined {
  for (const name of names) {
    for (const source of sources) {
      const value = readClaim(source, name)
      if (value !== undefined) return readGroups(value)
    }
    if (sources.some((source) => isElsewhere(source, name))) return 'elsewhere'
  }
  return undefined
}

/** How many names of claims a log entry may have. */
const MAX_NAMES = 40

/**
 * Where somebody came in and nothing was said of their groups: what was looked for and what came, by name, if the
 * configuration is about groups. Many providers say nothing of somebody who is in none.
 */
export function missingGroups(
  { claims, roles }: OidcConnection,
  sources: readonly Claims[],
): ErrorDetails | undefined {
  const isWanted = roles.rules.length > 0 || claims.groups.join() !== 'groups'
  if (!isWanted) return undefined
  const received = [...new Set(sources.flatMap((source) => Object.keys(source)))].slice(0, MAX_NAMES)
  return { missing: claims.groups.join(' '), received: received.map(shown).join(' ') }
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
