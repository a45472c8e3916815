import {
  createGitHub,
  type GitHub,
  type GitHubAccount,
  type GitHubApplication,
} from '@doorward/testkit/social'
import { createSocialScenario, type SocialScenario } from './social-scenario.ts'

/** How GitHub knows us. */
export const application: GitHubApplication = {
  client_id: 'Ov23li0123456789abcd',
  client_secret: '0123456789abcdef',
  redirect_uris: ['https://sso.example.com/api/auth/social/github/login/callback/'],
}
/** The address of most tests. */
export const primary = {
  email: 'hub@mail.example',
  primary: true,
  verified: true,
  visibility: 'private',
} as const
/** Somebody who is in no organisation. */
export const account: GitHubAccount = {
  id: 583231,
  login: 'hub-person',
  name: 'Hub Person',
  // As for most: the profile shows none.
  email: null,
  emails: [
    { email: '583231+hub-person@users.noreply.github.com', primary: false, verified: true, visibility: null },
    { email: 'old@mail.example', primary: false, verified: true, visibility: null },
    primary,
  ],
}

/** What a test has otherwise. */
interface Opening {
  readonly account?: Partial<GitHubAccount>
  readonly application?: Partial<GitHubApplication>
  readonly settings?: object
  readonly origin?: string
  /** Stands between us and GitHub. */
  readonly intercept?: (request: Request, answer: () => Promise<Response>) => Promise<Response>
}

/** Doorward with a GitHub button, and GitHub. */
export async function open(opening: Opening = {}): Promise<SocialScenario & { gitHub: GitHub }> {
  const { client_id, client_secret } = application
  const github = { client_id, client_secret, ...opening.settings }
  const gitHub = createGitHub({
    applications: [{ ...application, ...opening.application }],
    account: { ...account, ...opening.account },
    ...(opening.origin && { origin: opening.origin }),
  })
  const { intercept = (_, answer) => answer() } = opening
  const fetch = (request: Request) => intercept(request, () => gitHub.fetch(request))
  const input = { social_account: { enabled: true, github } }
  return { ...(await createSocialScenario('github', input, () => ({ fetch }))), gitHub }
}

/** Answers one question itself. */
export function answering(path: string, body: unknown, status = 200): NonNullable<Opening['intercept']> {
  return async (request, answer) =>
    new URL(request.url).pathname === path ? Response.json(body, { status }) : answer()
}

/** A member of these, and of no team. */
export const memberOf = (...organizations: readonly string[]) => ({
  memberships: organizations.map((organization) => ({ organization, state: 'active' as const })),
})
