import type {
  CognitoConnection,
  GitHubConnection,
  GoogleConnection,
  OidcConnection,
  SocialConnection,
  SocialProvider,
} from '../config/connection.ts'
import type { ClaimedBefore } from '../login/protocol.ts'
import type { Fetch } from '../ports/fetch.ts'
import { createCognito } from './cognito.ts'
import { createGitHub } from './github.ts'
import { createGoogle } from './google.ts'

/** What logins by social accounts need. */
export interface SocialServices {
  readonly fetch: Fetch
  /** What speaks OpenID Connect, for those who do. */
  readonly oidc: ClaimedBefore<OidcConnection>
}

/** Logins by social accounts: each provider in its own way. */
export function createSocialProtocol({ fetch, oidc }: SocialServices): ClaimedBefore<SocialConnection> {
  const providers = {
    google: createGoogle(oidc),
    github: createGitHub(fetch),
    'amazon-cognito': createCognito(fetch),
  } satisfies {
    google: ClaimedBefore<GoogleConnection>
    github: ClaimedBefore<GitHubConnection>
    'amazon-cognito': ClaimedBefore<CognitoConnection>
  }
  // Filed under its name; that the connection's is the same one, the compiler does not see.
  const of = (provider: SocialProvider) => providers[provider] as unknown as ClaimedBefore<SocialConnection>
  return {
    claims: 'before',
    begin: (input) => of(input.connection.provider).begin(input),
    complete: (input) => of(input.connection.provider).complete(input),
  }
}
