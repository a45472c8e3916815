import { oauthError } from '../respond.ts'
import { type PersonalityEntry, type PersonalityHooks, without } from './personality.ts'

const successful = 'OpenID Connect Core 1.0 section 3.1.3.3'

function failsWith(answer: () => Response): PersonalityHooks {
  return { response: (good, { endpoint }) => (endpoint === 'token' ? answer() : good) }
}

/** Providers whose token endpoint answers with something other than a usable ID token. */
export const tokenResponsePersonalities = {
  'missing-id-token': {
    wrong: 'the token response has an access token only',
    specification: `${successful}: id_token is REQUIRED`,
    login: 'must-fail',
    hooks: { tokenResponse: (good) => without(good, 'id_token') },
  },
  'not-a-jwt': {
    wrong: 'what is called an ID token is no JWT',
    specification: 'RFC 7519 section 7.2',
    login: 'must-fail',
    hooks: { idToken: () => 'not-a-jwt' },
  },
  'missing-access-token': {
    wrong: 'the token response has an ID token only',
    specification: 'RFC 6749 section 5.1: access_token is REQUIRED',
    login: 'must-fail',
    hooks: { tokenResponse: (good) => without(good, 'access_token') },
  },
  'unknown-token-type': {
    wrong: 'the access token is of a type that the client does not know',
    specification: 'RFC 6749 section 7.1: the client must not use such a token',
    login: 'must-fail',
    hooks: { tokenResponse: (good) => ({ ...good, token_type: 'unknown' }) },
  },
  'invalid-client': {
    wrong: "the provider does not accept the client's credentials",
    specification: 'RFC 6749 section 5.2',
    login: 'must-fail',
    hooks: failsWith(() =>
      oauthError('invalid_client', 'client authentication failed', 401, {
        'www-authenticate': 'Basic realm="token"',
      }),
    ),
  },
  'invalid-grant': {
    wrong: 'the provider does not accept the code that it has just issued',
    specification: 'RFC 6749 section 5.2',
    login: 'must-fail',
    hooks: failsWith(() => oauthError('invalid_grant', 'the code is invalid')),
  },
  'lower-case-token-type': {
    wrong: 'nothing: the token type is written "bearer"',
    specification: 'RFC 6749 section 5.1: the value is case insensitive',
    login: 'must-succeed',
    hooks: { tokenResponse: (good) => ({ ...good, token_type: 'bearer' }) },
  },
  'missing-expires-in': {
    wrong: 'nothing: the token response does not say how long the access token lives',
    specification: 'RFC 6749 section 5.1: expires_in is RECOMMENDED only',
    login: 'must-succeed',
    hooks: { tokenResponse: (good) => without(good, 'expires_in') },
  },
} as const satisfies Record<string, PersonalityEntry>
