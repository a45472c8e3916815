import type { GitHubConnection } from '../config/connection.ts'
import { isJsonObject } from '../encoding/json-object.ts'
import { SsoError } from '../errors/index.ts'
import { boundGroups, readText } from '../login/facts.ts'
import type { GitHubApi } from './github-api.ts'

/** What a connection has to know of a person's organisations. */
type Asking = Pick<GitHubConnection, 'allowedOrganizations' | 'groups'>

/** Whether a login needs to know them, and so a scope more. */
export function asksOrganizations({ allowedOrganizations, groups }: Asking): boolean {
  return allowedOrganizations.length > 0 || groups !== 'none'
}

/**
 * Asks for the organisations, anew at every login, and makes groups of them: `acme`, and `acme/engineering` for a team.
 * Whom an organisation has only invited is no member. An organisation that does not let the application see its members
 * is not listed at all, and so nobody is a member of it
 * ([memberships](https://docs.github.com/rest/orgs/members#list-organization-memberships-for-the-authenticated-user),
 * [teams](https://docs.github.com/rest/teams/teams#list-teams-for-the-authenticated-user)).
 *
 * @throws SsoError `organization_missing` when the person is in none that is allowed, `provider_response_invalid`, or one
 *   of the provider codes
 */
export async function readGroups(connection: Asking, api: GitHubApi): Promise<readonly string[]> {
  if (!asksOrganizations(connection)) return []
  const [memberships, teams] = await Promise.all([
    api.list('/user/memberships/orgs?state=active'),
    connection.groups === 'teams' ? api.list('/user/teams') : [],
  ])
  const organizations = memberships
    .filter(({ state }) => state === 'active')
    .flatMap((membership) => loginOf(membership['organization']) ?? [])
    .filter((name) => isAllowed(name, connection))
  if (connection.allowedOrganizations.length > 0 && organizations.length === 0) {
    const details = { organizations: memberships.length }
    throw new SsoError('organization_missing', 'the person is in none of the allowed organisations', {
      details,
    })
  }
  if (connection.groups === 'none') return []
  const members = new Set(organizations.map((name) => name.toLowerCase()))
  const ofTeams = teams.flatMap((team) => {
    const [organization, slug] = [loginOf(team['organization']), readText(team['slug'])]
    const isMember = organization !== undefined && members.has(organization.toLowerCase())
    return isMember && slug !== undefined ? `${organization}/${slug}` : []
  })
  return boundGroups([...new Set([...organizations, ...ofTeams])], 'provider_response_invalid')
}

function isAllowed(name: string, { allowedOrganizations }: Asking): boolean {
  return allowedOrganizations.length === 0 || allowedOrganizations.includes(name.toLowerCase())
}

/** The name of an organisation, which is part of addresses, and so has no slash. */
function loginOf(organization: unknown): string | undefined {
  const login = isJsonObject(organization) ? readText(organization['login']) : undefined
  return login?.includes('/') ? undefined : login
}
