import { client } from '@doorward/hono/testing/providers'
import { createOpenIdProvider, type OpenIdProvider, type Personality, type User } from '@doorward/testkit'

/** Who is to sign in, and under which session of the identity provider. */
export interface Visit {
  readonly sub: string
  readonly sid: string
}

/** A visit as a login hint: that is how a test tells the provider. */
export function hintOf({ sub, sid }: Visit): string {
  return `${sub}/${sid}`
}

function visitOf(parameters: URLSearchParams): Visit {
  const [sub = '', sid = ''] = (parameters.get('login_hint') ?? '').split('/')
  return { sub, sid }
}

function userOf({ sub }: Visit): User {
  return { sub, email: `${sub}@acme.example`, email_verified: true, name: sub }
}

/**
 * A provider that names its own sessions, in `sid`, and gives tokens for a code as often as it is asked: that an answer
 * counts once is ours to see to.
 */
const careless: Personality = {
  name: 'careless-with-sessions',
  wrong: 'a code can be redeemed more than once',
  specification: 'https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2',
  login: 'must-succeed',
  tolerates: ['used-code'],
  hooks: {
    idTokenClaims: (good, { parameters }) => ({ ...good, sid: visitOf(parameters).sid }),
  },
}

/** @param issuer where it is served */
export function createProvider(issuer: string): Promise<OpenIdProvider> {
  return createOpenIdProvider({
    issuer,
    clients: [client],
    personality: careless,
    user: (parameters) => userOf(visitOf(parameters)),
  })
}
