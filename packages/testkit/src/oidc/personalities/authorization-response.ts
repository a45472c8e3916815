import { changed, type PersonalityEntry, type PersonalityHooks } from './personality.ts'

const mixUp = 'RFC 9207 section 2.4'
const errorResponse = 'OpenID Connect Core 1.0 section 3.1.2.6, RFC 6749 section 4.1.2.1'

function failsWith(error: string, description: string): PersonalityHooks {
  return {
    authorizationResponse: (good) =>
      changed(good, (parameters) => {
        parameters.delete('code')
        parameters.set('error', error)
        parameters.set('error_description', description)
      }),
  }
}

function respondsAfter(change: (parameters: URLSearchParams) => void): PersonalityHooks {
  return { authorizationResponse: (good) => changed(good, change) }
}

/** Providers, or attackers between them and the relying party, whose answer through the browser is wrong. */
export const authorizationResponsePersonalities = {
  'wrong-state': {
    wrong: 'the browser comes back with a state that was never sent',
    specification: 'RFC 6749 section 10.12, RFC 9700 section 4.7',
    login: 'must-fail',
    hooks: respondsAfter((parameters) => parameters.set('state', 'not-the-state-of-the-request')),
  },
  'missing-state': {
    wrong: 'the browser comes back without the state',
    specification: 'RFC 6749 sections 4.1.2 and 10.12',
    login: 'must-fail',
    hooks: respondsAfter((parameters) => parameters.delete('state')),
  },
  'wrong-response-issuer': {
    wrong: 'the authorization response says it comes from another issuer',
    specification: mixUp,
    login: 'must-fail',
    hooks: respondsAfter((parameters) => parameters.set('iss', 'https://other-issuer.example')),
  },
  'missing-response-issuer': {
    wrong:
      'the authorization response does not say where it comes from, although the provider advertises that it does',
    specification: mixUp,
    login: 'must-fail',
    hooks: respondsAfter((parameters) => parameters.delete('iss')),
  },
  'duplicate-code-parameters': {
    wrong: 'the authorization response has two codes, the good one first',
    specification: 'RFC 6749 section 3.1: parameters must not be included more than once',
    login: 'must-fail',
    hooks: respondsAfter((parameters) => parameters.append('code', 'a-code-from-somewhere-else')),
  },
  'code-and-error': {
    wrong: 'the authorization response has a good code and an error at once',
    specification: `${errorResponse}: an error response is not a success`,
    login: 'must-fail',
    hooks: respondsAfter((parameters) => parameters.set('error', 'access_denied')),
  },
  'unknown-code': {
    wrong: 'the code is not one that the provider issued',
    specification: 'RFC 6749 section 5.2: invalid_grant',
    login: 'must-fail',
    hooks: respondsAfter((parameters) => parameters.set('code', 'a-code-from-somewhere-else')),
  },
  'no-code': {
    wrong: 'the authorization response has neither code nor error',
    specification: 'RFC 6749 section 4.1.2: code is REQUIRED',
    login: 'must-fail',
    hooks: respondsAfter((parameters) => parameters.delete('code')),
  },
  'access-denied': {
    wrong: 'the user, or a policy, said no',
    specification: errorResponse,
    login: 'must-fail',
    hooks: failsWith('access_denied', 'the user declined'),
  },
  'server-error': {
    wrong: 'the provider broke down while the user was there',
    specification: errorResponse,
    login: 'must-fail',
    hooks: failsWith('server_error', 'something went wrong'),
  },
  'error-with-markup': {
    wrong: 'the description of the error holds markup and a script',
    specification: `${errorResponse}: the text is for a developer and comes from outside`,
    login: 'must-fail',
    hooks: failsWith('access_denied', '<script>document.title="spoilt"</script><b>spoilt</b>'),
  },
} as const satisfies Record<string, PersonalityEntry>
