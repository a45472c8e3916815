import { type PersonalityEntry, without } from './personality.ts'

const validation = 'OpenID Connect Core 1.0 section 3.1.3.7'
const day = 86_400
/** Ten minutes past is beyond any leeway for clocks that a relying party grants itself. */
const longExpired = 600

/** Providers whose own key signs claims that must not be accepted. */
export const idTokenClaimPersonalities = {
  'wrong-nonce': {
    wrong: 'the ID token carries a nonce other than the one of the request',
    specification: `${validation} rule 11`,
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => ({ ...good, nonce: 'not-the-nonce-of-the-request' }) },
  },
  'missing-nonce': {
    wrong: 'the ID token has no nonce although the request had one',
    specification: `${validation} rule 11`,
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => without(good, 'nonce') },
  },
  'wrong-issuer': {
    wrong: 'the ID token names another issuer',
    specification: `${validation} rule 2`,
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => ({ ...good, iss: 'https://other-issuer.example' }) },
  },
  'issuer-differs-by-slash': {
    wrong: 'the issuer in the ID token has a final slash where the provider has none, or the reverse',
    specification: `${validation} rule 2: "MUST exactly match"`,
    login: 'must-fail',
    hooks: {
      idTokenClaims: (good) => ({
        ...good,
        iss: good.iss.endsWith('/') ? good.iss.slice(0, -1) : `${good.iss}/`,
      }),
    },
  },
  'missing-issuer': {
    wrong: 'the ID token names no issuer',
    specification: 'OpenID Connect Core 1.0 section 2: iss is REQUIRED',
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => without(good, 'iss') },
  },
  'wrong-audience': {
    wrong: 'the ID token was made for another client',
    specification: `${validation} rule 3`,
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => ({ ...good, aud: 'another-client' }) },
  },
  'missing-audience': {
    wrong: 'the ID token has no audience',
    specification: 'OpenID Connect Core 1.0 section 2: aud is REQUIRED',
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => without(good, 'aud') },
  },
  'extra-audience-without-azp': {
    wrong: 'the ID token has a second, unknown audience and does not say for whom it was issued',
    specification: `${validation} rules 3 and 4`,
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => ({ ...good, aud: [good.aud, 'another-client'] }) },
  },
  'wrong-azp': {
    wrong: 'the ID token was issued to another client, though this one is its audience',
    specification: `${validation} rule 5`,
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => ({ ...good, azp: 'another-client' }) },
  },
  expired: {
    wrong: 'the ID token expired ten minutes ago',
    specification: `${validation} rule 9`,
    login: 'must-fail',
    hooks: {
      idTokenClaims: (good, { now }) => {
        const exp = now - longExpired
        return { ...good, exp, iat: exp - (good.exp - good.iat) }
      },
    },
  },
  'issued-in-future': {
    wrong: 'the ID token is issued, and valid, from tomorrow on',
    specification: 'RFC 7519 sections 4.1.5 and 4.1.6',
    login: 'must-fail',
    hooks: {
      idTokenClaims: (good) => ({ ...good, iat: good.iat + day, nbf: good.iat + day, exp: good.exp + day }),
    },
  },
  'missing-subject': {
    wrong: 'the ID token names no subject',
    specification: 'OpenID Connect Core 1.0 section 2: sub is REQUIRED',
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => without(good, 'sub') },
  },
  'empty-subject': {
    wrong: 'the subject of the ID token is the empty string',
    specification: 'OpenID Connect Core 1.0 section 2: sub identifies the End-User',
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => ({ ...good, sub: '' }) },
  },
  'numeric-subject': {
    wrong: 'the subject of the ID token is a number',
    specification: 'OpenID Connect Core 1.0 section 2: sub is a case-sensitive string',
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => ({ ...good, sub: 1 }) },
  },
  'missing-exp': {
    wrong: 'the ID token never expires',
    specification: 'OpenID Connect Core 1.0 section 2: exp is REQUIRED',
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => without(good, 'exp') },
  },
  'missing-iat': {
    wrong: 'the ID token does not say when it was issued',
    specification: 'OpenID Connect Core 1.0 section 2: iat is REQUIRED',
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => without(good, 'iat') },
  },
  'string-exp': {
    wrong: 'the expiry of the ID token is a string of digits',
    specification: 'RFC 7519 section 2: a NumericDate is a JSON number',
    login: 'must-fail',
    hooks: { idTokenClaims: (good) => ({ ...good, exp: String(good.exp) }) },
  },
  'wrong-at-hash': {
    wrong: 'at_hash belongs to another access token',
    specification:
      'OpenID Connect Core 1.0 section 3.1.3.8: checking is a MAY, yet a mismatch has no innocent reading',
    login: 'must-fail',
    hooks: {
      // As long as a right one whatever the algorithm, so that only the value is wrong.
      idTokenClaims: (good) => ({ ...good, at_hash: 'A'.repeat(good.at_hash?.length ?? 22) }),
    },
  },
  'wrong-c-hash': {
    wrong: 'c_hash belongs to another code',
    specification:
      'OpenID Connect Core 1.0 section 3.3.2.10: optional in this flow, yet a mismatch has no innocent reading',
    login: 'must-fail',
    hooks: {
      idTokenClaims: (good) => ({ ...good, c_hash: 'A'.repeat(good.at_hash?.length ?? 22) }),
    },
  },
} as const satisfies Record<string, PersonalityEntry>
