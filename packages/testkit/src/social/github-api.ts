import { json } from '../oidc/respond.ts'
import { bearerOf, type SocialRequest } from './application.ts'
import type { GitHubAccount, GitHubGrant, GitHubMembership } from './github.ts'

/** What is asked, and what the token may do. */
interface Question {
  readonly grant: GitHubGrant
  readonly parameters: URLSearchParams
}

const endpoints: Readonly<Record<string, (question: Question) => Response>> = {
  '/user': ({ grant }) => json(userOf(grant.account)),
  '/user/emails': listAddresses,
  '/user/memberships/orgs': listMemberships,
  '/user/teams': listTeams,
}

const versions = ['2022-11-28', '2026-03-10']

/** Answers a call of the REST API. */
export function answerApi(
  { method, endpoint, headers, parameters }: SocialRequest,
  grantOf: (token: string) => GitHubGrant | undefined,
): Response {
  // https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
  if (!headers.get('user-agent'))
    return new Response('Please make sure your request has a User-Agent', { status: 403 })
  const version = headers.get('x-github-api-version')
  if (version !== null && !versions.includes(version)) return refusal(400, 'unknown API version')
  const grant = grantOf(bearerOf(headers) ?? '')
  if (!grant) return refusal(401, 'Bad credentials')
  const answer = Object.hasOwn(endpoints, endpoint) ? endpoints[endpoint] : undefined
  return answer && method === 'GET' ? answer({ grant, parameters }) : refusal(404, 'Not Found')
}

function refusal(status: number, message: string): Response {
  return json({ message, documentation_url: 'https://docs.github.com/rest', status: String(status) }, status)
}

function userOf({ id, login, name, email }: GitHubAccount): object {
  const avatar_url = `https://avatars.githubusercontent.com/u/${id}?v=4`
  return { login, id, node_id: `U_${id}`, avatar_url, type: 'User', name, company: null, email, bio: null }
}

/** https://docs.github.com/rest/users/emails: an OAuth App without the scope meets nothing, a GitHub App is refused. */
function listAddresses({ grant: { account, application, scopes }, parameters }: Question): Response {
  if (application.permissions && !application.permissions.emails) {
    return refusal(403, 'Resource not accessible by integration')
  }
  const isInScope = scopes.includes('user:email') || scopes.includes('user')
  if (!application.permissions && !isInScope) return refusal(404, 'Not Found')
  return json(pageOf(account.emails, parameters))
}

/** https://docs.github.com/rest/orgs/members#list-organization-memberships-for-the-authenticated-user */
function listMemberships(question: Question): Response {
  const { grant, parameters } = question
  if (!seesOrganizations(grant))
    return refusal(403, 'You need at least read:org scope to list your organizations')
  const wanted = parameters.get('state')
  const found = membershipsOf(grant).filter(({ state }) => wanted === null || state === wanted)
  const memberships = found.map(({ organization, state }) => ({
    state,
    role: 'member',
    organization: { login: organization, id: organization.length, description: null },
    user: { login: grant.account.login, id: grant.account.id },
  }))
  return json(pageOf(memberships, parameters))
}

/** https://docs.github.com/rest/teams/teams#list-teams-for-the-authenticated-user */
function listTeams({ grant, parameters }: Question): Response {
  if (!seesOrganizations(grant)) return refusal(403, 'You need at least read:org scope to list your teams')
  const teams = membershipsOf(grant).flatMap(({ organization, state, teams: names = [] }) =>
    state === 'active' ? names.map((name) => teamOf(name, organization)) : [],
  )
  return json(pageOf(teams, parameters))
}

function teamOf(name: string, organization: string): object {
  return {
    id: name.length,
    name,
    slug: name.toLowerCase().replaceAll(' ', '-'),
    organization: { login: organization },
  }
}

function seesOrganizations({ application, scopes }: GitHubGrant): boolean {
  return application.permissions !== undefined || scopes.includes('read:org') || scopes.includes('user')
}

/** A GitHub App sees organisations where it is installed, an OAuth App those that do not restrict it. */
function membershipsOf({ account, application: { permissions } }: GitHubGrant): readonly GitHubMembership[] {
  return (account.memberships ?? []).filter(({ organization, restricted }) =>
    permissions ? permissions.organizations?.includes(organization) : !restricted,
  )
}

/** https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function pageOf<Item>(items: readonly Item[], parameters: URLSearchParams): readonly Item[] {
  const size = Math.min(Number(parameters.get('per_page') ?? 30), 100)
  const start = (Number(parameters.get('page') ?? 1) - 1) * size
  return items.slice(start, start + size)
}
