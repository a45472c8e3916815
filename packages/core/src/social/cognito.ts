import { openBackChannel } from '../back-channel/back-channel.ts'
import type { CognitoConnection } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import { readText } from '../login/facts.ts'
import { verifiedIdentity } from '../login/identity.ts'
import type { ClaimedBefore } from '../login/protocol.ts'
import type { AuthorizationServer } from '../oauth/authorization-server.ts'
import type { Fetch } from '../ports/fetch.ts'
import { redeemAnswer } from './answered-code.ts'
import { requestCode } from './authorization-request.ts'
import { askProfile, objectOf } from './profile.ts'

/**
 * Logins by a user pool of Amazon Cognito of which only the domain of the login pages is known
 * ([endpoints](https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html)).
 * Where its ID Tokens come from can not be derived from that domain, so none is asked: who it is, is asked of the user
 * pool itself.
 */
export function createCognito(fetch: Fetch): ClaimedBefore<CognitoConnection> {
  return {
    claims: 'before',
    begin({ connection, answerUrl, transactionId, loginHint, forceLogin }) {
      return requestCode({
        server: serverOf(connection),
        clientId: connection.clientId,
        redirectUri: answerUrl,
        state: transactionId,
        scopes: ['openid', 'email', 'profile'],
        others: { login_hint: loginHint, prompt: forceLogin ? 'login' : undefined },
      })
    },
    async complete(input) {
      const { connection, baseUrl } = input
      const server = serverOf(connection)
      const backChannel = openBackChannel(fetch, baseUrl)
      const accessToken = await redeemAnswer(input, server, backChannel)
      const question = { url: `${connection.domain}/oauth2/userInfo`, accessToken }
      const claims = objectOf(await askProfile(question, backChannel), question)
      return { identity: readIdentity(connection, claims), providerSession: { protocol: 'social' } }
    },
  }
}

function serverOf({ domain }: CognitoConnection): AuthorizationServer {
  return {
    issuer: domain,
    authorization_endpoint: `${domain}/oauth2/authorize`,
    token_endpoint: `${domain}/oauth2/token`,
  }
}

/** [userInfo](https://docs.aws.amazon.com/cognito/latest/developerguide/userinfo-endpoint.html) */
function readIdentity({ id, domain }: CognitoConnection, claims: Readonly<Record<string, unknown>>) {
  const subject = readText(claims['sub'])
  if (subject === undefined || subject.length > MAX_SUBJECT_LENGTH) {
    const details = { attribute: 'sub' }
    throw new SsoError('provider_response_invalid', 'the user pool does not say who it is', { details })
  }
  const verified = claims['email_verified']
  return verifiedIdentity({
    connection: id,
    protocol: 'social',
    issuer: domain,
    subject,
    email: readText(claims['email']),
    // A text, as the documentation has it.
    emailVerified: verified === undefined ? undefined : verified === true || verified === 'true',
    username: readText(claims['preferred_username']) ?? readText(claims['username']),
    name: readText(claims['name']),
    givenName: readText(claims['given_name']),
    familyName: readText(claims['family_name']),
    picture: readText(claims['picture']),
    groups: [],
  })
}

/** As of an ID Token's `sub`, in characters. */
const MAX_SUBJECT_LENGTH = 255
