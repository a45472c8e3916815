import { base64url, exportSPKI } from 'jose'
import { randomToken, utf8 } from '../encoding.ts'
import { hmacJwt, signJwt, unsecuredJwt } from '../jwt.ts'
import type { SigningKey } from '../keys.ts'
import type { JsonObject } from '../respond.ts'
import type { Client } from '../types.ts'
import { type Awaitable, without } from './personality.ts'

/** What a forger of logout tokens has at hand. */
interface LogoutTokenStep {
  readonly client: Client
  readonly header: JsonObject
  readonly claims: JsonObject
  /** The provider's key. A real forger has its public half only. */
  readonly key: SigningKey
  /** Somebody else's key. */
  stranger(): Promise<SigningKey>
}

/** The steps of a logout token at which a personality can act, in their order. */
interface LogoutHooks {
  /** Header under which the provider's own key signs. */
  header?(good: JsonObject): JsonObject
  /** Claims that the provider's own key signs. */
  claims?(good: JsonObject & { iss: string; iat: number; exp: number }): JsonObject
  /** The finished token, for forgers. */
  token?(good: string, step: LogoutTokenStep): Awaitable<string>
}

/** One way for a logout token to be: a single named change from good. */
export interface LogoutPersonality {
  readonly name: string
  /** What is wrong, in one line. */
  readonly wrong: string
  readonly specification: string
  /** What a correct relying party makes of it. */
  readonly logout: 'must-be-obeyed' | 'may-be-obeyed' | 'must-be-refused'
  readonly hooks: LogoutHooks
}

type LogoutPersonalityEntry = Omit<LogoutPersonality, 'name'>

/** What a logout token is for. OpenID Connect Back-Channel Logout 1.0 section 2.4. */
export const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
const validation = 'OpenID Connect Back-Channel Logout 1.0 section 2.6'
const content = 'OpenID Connect Back-Channel Logout 1.0 section 2.4'
const confusion = 'RFC 8725 sections 2.1, 3.1 and 3.2'
const day = 86_400
const longExpired = 600

function refused(wrong: string, specification: string, hooks: LogoutHooks): LogoutPersonalityEntry {
  return { wrong, specification, logout: 'must-be-refused', hooks }
}

function obeyed(wrong: string, specification: string, hooks: LogoutHooks): LogoutPersonalityEntry {
  return { wrong: `nothing: ${wrong}`, specification, logout: 'must-be-obeyed', hooks }
}

/** Claims that lack one. */
function lacking(claim: string, specification = `${content}: ${claim} is REQUIRED`): LogoutPersonalityEntry {
  return refused(`the logout token has no ${claim}`, specification, {
    claims: (good) => without(good, claim),
  })
}

/** Claims of which one says something else. */
function saying(
  changes: JsonObject | ((good: { iss: string; iat: number; exp: number }) => JsonObject),
): LogoutHooks {
  return {
    claims: (good) => ({ ...good, ...(typeof changes === 'function' ? changes(good) : changes) }),
  }
}

const claimPersonalities = {
  'wrong-issuer': refused(
    'the logout token names another issuer',
    `${validation} rule 3`,
    saying({ iss: 'https://other-issuer.example' }),
  ),
  'issuer-differs-by-slash': refused(
    'the issuer in the logout token has a final slash where the provider has none, or the reverse',
    `${validation} rule 3`,
    saying(({ iss }) => ({ iss: iss.endsWith('/') ? iss.slice(0, -1) : `${iss}/` })),
  ),
  'wrong-audience': refused(
    'the logout token is for another client',
    `${validation} rule 3`,
    saying({ aud: 'another-client' }),
  ),
  'issued-in-future': refused(
    'the logout token was issued tomorrow',
    `${validation} rule 3`,
    saying(({ iat, exp }) => ({ iat: iat + day, exp: exp + day })),
  ),
  expired: refused(
    'the logout token has expired',
    `${validation} rule 3`,
    saying(({ iat, exp }) => ({ iat: iat - longExpired, exp: exp - longExpired })),
  ),
  'string-exp': refused(
    'the time at which the logout token expires is a text',
    'RFC 7519 section 4.1.4: a NumericDate',
    saying(({ exp }) => ({ exp: String(exp) })),
  ),
  'missing-issuer': lacking('iss'),
  'missing-audience': lacking('aud'),
  'missing-iat': lacking('iat'),
  'missing-exp': lacking('exp'),
  'missing-jti': lacking('jti'),
  'empty-jti': refused('the logout token has an empty name', `${content}: jti`, saying({ jti: '' })),
  'missing-subject-and-session': refused(
    'the logout token says neither who nor which session is meant',
    `${validation} rule 4`,
    { claims: (good) => without(good, 'sub', 'sid') },
  ),
  'numeric-subject': refused('the subject is a number', `${content}: sub`, saying({ sub: 1 })),
  'empty-session': refused('the session has an empty name', `${content}: sid`, saying({ sid: '' })),
  'numeric-session': refused('the session is a number', `${content}: sid is a String`, saying({ sid: 1 })),
  'with-nonce': refused('the logout token has a nonce', `${validation} rule 6`, saying({ nonce: 'nonce' })),
  'with-null-nonce': refused(
    'the logout token has a nonce that is null',
    `${validation} rule 6`,
    saying({ nonce: null }),
  ),
} as const satisfies Record<string, LogoutPersonalityEntry>

const eventPersonalities = {
  'missing-events': lacking('events', `${validation} rule 5`),
  'other-event': refused(
    'the event is another one',
    `${validation} rule 5`,
    saying({ events: { 'http://schemas.openid.net/event/another': {} } }),
  ),
  'events-as-list': refused(
    'the events are a list with the name of the right one',
    `${content}: events is a JSON object`,
    saying({ events: [logoutEvent] }),
  ),
  'events-as-text': refused(
    'the events are the name of the right one',
    `${content}: events is a JSON object`,
    saying({ events: logoutEvent }),
  ),
  'event-without-object': refused(
    'the event says true in place of an object',
    `${content}: the member MUST be a JSON object`,
    saying({ events: { [logoutEvent]: true } }),
  ),
} as const satisfies Record<string, LogoutPersonalityEntry>

const signaturePersonalities = {
  'forged-signature': refused(
    "the logout token is signed by a stranger's key under the kid of the provider's",
    `${validation} rule 2`,
    { token: async (_, step) => signJwt(step.header, step.claims, await step.stranger()) },
  ),
  'tampered-payload': refused('the subject was changed after the token was signed', `${validation} rule 2`, {
    token(good, { claims }) {
      const [header, , signature] = good.split('.')
      return `${header}.${base64url.encode(JSON.stringify({ ...claims, sub: 'somebody-else' }))}.${signature}`
    },
  }),
  'alg-none': refused('the logout token says it needs no signature, and has none', confusion, {
    token: (_, { claims }) => unsecuredJwt({ alg: 'none', typ: 'logout+jwt' }, claims),
  }),
  'hs256-with-client-secret': refused(
    'the logout token is under HMAC keyed with the client secret, which the client did not register for',
    `${validation} rule 2`,
    {
      token: (_, { header, claims, client }) =>
        hmacJwt({ ...header, alg: 'HS256' }, claims, utf8(client.client_secret ?? '')),
    },
  ),
  'hs256-with-public-key': refused(
    "the logout token is under HMAC keyed with the provider's public key as PEM",
    confusion,
    {
      token: async (_, { header, claims, key }) =>
        hmacJwt({ ...header, alg: 'HS256' }, claims, utf8(await exportSPKI(key.publicKey))),
    },
  ),
  'embedded-jwk': refused(
    'the logout token brings the key it is signed with in its own header',
    'RFC 8725 section 3.8',
    {
      async token(_, { header, claims, stranger }) {
        const key = await stranger()
        return signJwt({ ...header, kid: key.kid, jwk: key.publicJwk }, claims, key)
      },
    },
  ),
  'unknown-kid': refused('the logout token names a key that is not published', `${validation} rule 2`, {
    header: (good) => ({ ...good, kid: randomToken(8) }),
  }),
  'not-a-jwt': refused('the logout token is none', validation, { token: () => 'logout' }),
  'other-type': refused('the logout token calls itself an access token', 'RFC 8725 section 3.11', {
    header: (good) => ({ ...good, typ: 'at+jwt' }),
  }),
} as const satisfies Record<string, LogoutPersonalityEntry>

/** What is unusual, and no mistake. */
const unusualPersonalities = {
  'without-type': obeyed(
    'the header does not say what the token is',
    `${content}: typ is RECOMMENDED, and older providers send none`,
    { header: (good) => without(good, 'typ') },
  ),
  'type-of-any-jwt': obeyed('the header says JWT', `${content}: older providers send that`, {
    header: (good) => ({ ...good, typ: 'JWT' }),
  }),
  'type-in-full': obeyed('the header has the whole media type, in capitals', 'RFC 7515 section 4.1.9', {
    header: (good) => ({ ...good, typ: 'application/LOGOUT+JWT' }),
  }),
  'audience-as-list': obeyed('the audience is a list of one', 'RFC 7519 section 4.1.3', {
    claims: (good) => ({ ...good, aud: [good['aud']] }),
  }),
  'more-claims': obeyed(
    'there are claims that nobody knows, in the event too',
    `${content}: claims that are not understood MUST be ignored`,
    {
      claims: (good) => ({
        ...good,
        'http://unknown.example/claim': {},
        events: { [logoutEvent]: { why: 'x' } },
      }),
    },
  ),
  'more-events': obeyed('there is another event beside the right one', content, {
    claims: (good) => ({ ...good, events: { [logoutEvent]: {}, 'http://unknown.example/event': {} } }),
  }),
} as const satisfies Record<string, LogoutPersonalityEntry>

const entries = {
  good: { wrong: 'nothing', specification: content, logout: 'must-be-obeyed', hooks: {} },
  ...claimPersonalities,
  ...eventPersonalities,
  ...signaturePersonalities,
  ...unusualPersonalities,
} as const satisfies Record<string, LogoutPersonalityEntry>

/** Every name in the table. */
export type LogoutPersonalityName = keyof typeof entries

/** The names, in the order of the table. */
export const logoutPersonalityNames: readonly LogoutPersonalityName[] = Object.keys(
  entries,
) as LogoutPersonalityName[]

/** Every way for a logout token to be, by name. */
export const logoutPersonalities: Readonly<Record<LogoutPersonalityName, LogoutPersonality>> =
  Object.fromEntries(
    Object.entries<LogoutPersonalityEntry>(entries).map(([name, entry]) => [name, { name, ...entry }]),
  ) as Record<LogoutPersonalityName, LogoutPersonality>
