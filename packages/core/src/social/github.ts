import { openBackChannel } from '../back-channel/back-channel.ts'
import type { GitHubConnection } from '../config/connection.ts'
import { readText } from '../login/facts.ts'
import { verifiedIdentity } from '../login/identity.ts'
import type { ClaimedBefore, VerifiedAnswer } from '../login/protocol.ts'
import type { AuthorizationServer } from '../oauth/authorization-server.ts'
import type { Fetch } from '../ports/fetch.ts'
import { redeemAnswer } from './answered-code.ts'
import { requestCode } from './authorization-request.ts'
import { createGitHubApi, type GitHubApi } from './github-api.ts'
import { readEmail } from './github-email.ts'
import { asksOrganizations, readGroups } from './github-organizations.ts'

/**
 * Logins by GitHub, which is no OpenID Provider: OAuth, and then questions to its API
 * ([web application flow](https://docs.github.com/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps)). An OAuth
 * App and a GitHub App do alike here; the latter takes no notice of scopes.
 */
export function createGitHub(fetch: Fetch): ClaimedBefore<GitHubConnection> {
  return {
    claims: 'before',
    begin({ connection, answerUrl, transactionId, loginHint, forceLogin }) {
      return requestCode({
        server: serverOf(connection),
        clientId: connection.clientId,
        redirectUri: answerUrl,
        state: transactionId,
        scopes: asksOrganizations(connection) ? ['user:email', 'read:org'] : ['user:email'],
        others: { login: loginHint, prompt: forceLogin ? 'select_account' : undefined },
      })
    },
    async complete(input) {
      const { connection, baseUrl } = input
      const backChannel = openBackChannel(fetch, baseUrl)
      const server = serverOf(connection)
      const accessToken = await redeemAnswer(input, server, backChannel)
      return readAnswer(connection, createGitHubApi(connection.apiUrl, accessToken, backChannel))
    },
  }
}

function serverOf({ serverUrl }: GitHubConnection): AuthorizationServer {
  return {
    // As it calls itself in `iss`, which it sends since 2026 without announcing it in any metadata.
    issuer: `${serverUrl}/login/oauth`,
    authorization_endpoint: `${serverUrl}/login/oauth/authorize`,
    token_endpoint: `${serverUrl}/login/oauth/access_token`,
  }
}

async function readAnswer(connection: GitHubConnection, api: GitHubApi): Promise<VerifiedAnswer> {
  const [user, email, groups] = await Promise.all([
    api.getUser(),
    readEmail(api),
    readGroups(connection, api),
  ])
  const identity = verifiedIdentity({
    connection: connection.id,
    protocol: 'social',
    issuer: serverOf(connection).issuer,
    // Names are given up and taken by others; the number stays.
    subject: String(user.id),
    email: email.address,
    emailVerified: email.isVerified,
    username: readText(user.login),
    name: readText(user.name),
    givenName: undefined,
    familyName: undefined,
    picture: readText(user.avatar_url),
    groups,
  })
  const hints = email.hints && { hints: email.hints }
  return { identity, providerSession: { protocol: 'social' }, ...hints }
}
