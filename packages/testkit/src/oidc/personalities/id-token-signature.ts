import { base64url, exportSPKI } from 'jose'
import { randomToken, utf8 } from '../encoding.ts'
import { hmacJwt, signJwt, unsecuredJwt } from '../jwt.ts'
import { type IdTokenStep, type PersonalityEntry, without } from './personality.ts'

const validation = 'OpenID Connect Core 1.0 section 3.1.3.7'
const confusion =
  "RFC 8725 sections 2.1 and 3.1: the algorithm is the verifier's choice, and each key has one"

/**
 * The forger of HS256 keeps the `kid`, so that a careless verifier finds the public key and uses it as a
 * secret.
 */
function asHmac(step: IdTokenStep, secret: Uint8Array<ArrayBuffer>): Promise<string> {
  return hmacJwt({ ...step.header, alg: 'HS256' }, step.claims, secret)
}

function derOfPem(pem: string): Uint8Array<ArrayBuffer> {
  const body = pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '')
  return Uint8Array.from(atob(body), (character) => character.charCodeAt(0))
}

/** Providers, or people who pose as one, whose ID token is not signed as it must be. The claims are good. */
export const idTokenSignaturePersonalities = {
  'forged-signature': {
    wrong: "the ID token is signed by a stranger's key under the kid of the provider's",
    specification: `${validation} rule 6`,
    login: 'must-fail',
    hooks: { idToken: async (_, step) => signJwt(step.header, step.claims, await step.stranger()) },
  },
  'tampered-payload': {
    wrong: 'a group was added to the ID token after it was signed',
    specification: `${validation} rule 6`,
    login: 'must-fail',
    hooks: {
      idToken(good, { claims }) {
        const [header, , signature] = good.split('.')
        const payload = base64url.encode(JSON.stringify({ ...claims, groups: ['administrators'] }))
        return `${header}.${payload}.${signature}`
      },
    },
  },
  'truncated-signature': {
    wrong: 'the signature of the ID token is cut off, while the header still names the algorithm',
    specification: `${validation} rule 6`,
    login: 'must-fail',
    hooks: { idToken: (good) => good.slice(0, good.lastIndexOf('.') + 1) },
  },
  'alg-none': {
    wrong: 'the ID token says it needs no signature, and has none',
    specification: `${validation} rule 7, RFC 8725 section 3.2`,
    login: 'must-fail',
    hooks: { idToken: (_, { claims }) => unsecuredJwt({ alg: 'none', typ: 'JWT' }, claims) },
  },
  'alg-none-mixed-case': {
    wrong:
      'the ID token says in mixed case that it needs no signature, to slip past a comparison with "none"',
    specification: `${validation} rule 7, RFC 8725 section 3.2`,
    login: 'must-fail',
    hooks: { idToken: (_, { claims, header }) => unsecuredJwt({ ...header, alg: 'nOnE' }, claims) },
  },
  'hs256-with-public-key': {
    wrong: "the ID token is under HMAC keyed with the provider's public key as PEM",
    specification: confusion,
    login: 'must-fail',
    hooks: { idToken: async (_, step) => asHmac(step, utf8(await exportSPKI(step.key.publicKey))) },
  },
  'hs256-with-public-key-der': {
    wrong: "the ID token is under HMAC keyed with the bytes of the provider's SubjectPublicKeyInfo",
    specification: confusion,
    login: 'must-fail',
    hooks: { idToken: async (_, step) => asHmac(step, derOfPem(await exportSPKI(step.key.publicKey))) },
  },
  'hs256-with-public-key-jwk': {
    wrong: "the ID token is under HMAC keyed with the provider's public key as the JSON of its key set",
    specification: confusion,
    login: 'must-fail',
    hooks: { idToken: (_, step) => asHmac(step, utf8(JSON.stringify(step.key.publicJwk))) },
  },
  'hs256-with-client-secret': {
    wrong: 'the ID token is under HMAC keyed with the client secret, which the client did not register for',
    specification: `${validation} rules 7 and 8`,
    login: 'must-fail',
    hooks: {
      idToken: (_, { claims, client }) =>
        hmacJwt({ alg: 'HS256', typ: 'JWT' }, claims, utf8(client.client_secret ?? '')),
    },
  },
  'embedded-jwk': {
    wrong: 'the ID token brings the key it is signed with in its own header',
    specification: 'RFC 8725 section 3.8, RFC 7515 section 10.7: keys from outside prove nothing',
    login: 'must-fail',
    hooks: {
      async idToken(_, { header, claims, stranger }) {
        const key = await stranger()
        return signJwt({ ...header, kid: key.kid, jwk: key.publicJwk }, claims, key)
      },
    },
  },
  'unknown-kid': {
    wrong: 'the ID token names a key that the key set does not have, and is signed by the one it has',
    specification: 'OpenID Connect Core 1.0 section 10.1',
    login: 'must-fail',
    hooks: { idTokenHeader: (good) => ({ ...good, kid: randomToken(8) }) },
  },
  'unknown-critical-header': {
    wrong: 'the header marks an extension as critical that nobody knows',
    specification: 'RFC 7515 section 4.1.11',
    login: 'must-fail',
    hooks: {
      idToken: (_, { header, claims, key }) =>
        signJwt(header, claims, key, ['http://unknown.example/extension']),
    },
  },
  'missing-kid': {
    wrong: 'nothing: the ID token names no key, and the key set has only one',
    specification: 'OpenID Connect Core 1.0 section 10.1: a kid is needed only where there are several keys',
    login: 'must-succeed',
    hooks: { idTokenHeader: (good) => without(good, 'kid') },
  },
} as const satisfies Record<string, PersonalityEntry>
