import { exportJWK, type JWK, SignJWT } from 'jose'
import { ALGORITHMS, type Algorithm } from './names.ts'

/** A login that is coming back, and what whoever checks it needs to know. */
export interface Input {
  readonly algorithm: Algorithm
  readonly provider: Provider
  readonly login: Login
  /** What came. */
  readonly callback: Callback
  /** The same, each time with something else altered. All must be refused by who looks at it. */
  readonly altered: readonly Alteration[]
  /** What the ID Token says about the person. */
  readonly person: Person
  /** The key that signed, imported. */
  readonly key: CryptoKey
}

/** An OpenID Provider: what its discovery document says, and what it publishes at `jwks_uri`. */
export interface Provider {
  readonly metadata: {
    readonly issuer: string
    readonly authorization_endpoint: string
    readonly token_endpoint: string
    readonly jwks_uri: string
    readonly token_endpoint_auth_methods_supported: string[]
    readonly id_token_signing_alg_values_supported: string[]
    readonly authorization_response_iss_parameter_supported: true
  }
  readonly keySet: { readonly keys: JWK[] }
}

/** What was sent along when the login began. */
interface Login {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** What comes by the browser, and what the token endpoint then answers. */
export interface Callback {
  readonly url: URL
  /** The body, as it arrives. */
  readonly tokenResponse: string
  readonly idToken: string
}

/** What differs, and in which part. */
export interface Alteration extends Callback {
  readonly what: string
  /** Whether it shows in the address, in the ID Token by itself, or in what the ID Token says of the rest. */
  readonly where: 'address' | 'token' | 'at_hash'
}

/** What an identity is made of. */
export interface Person {
  readonly sub: string
  readonly email: string
  readonly email_verified: true
  readonly preferred_username: string
  readonly name: string
  readonly given_name: string
  readonly family_name: string
  readonly groups: readonly string[]
}

const PERSON: Person = {
  sub: '00u1a2b3c4d5e6f7g8h9',
  email: 'alex.person@acme.example',
  email_verified: true,
  preferred_username: 'alex.person',
  name: 'Alex Person',
  given_name: 'Alex',
  family_name: 'Person',
  groups: ['staff', 'engineering', 'vpn'],
}

const ISSUER = 'https://login.acme.example/realms/acme'

const LOGIN: Login = {
  clientId: '0f6f1b36-3a1c-4ba8-9a53-7d0f3a1d7d64',
  clientSecret: 'a secret of this bench, and of nothing else',
  redirectUri: 'https://sso.example.com/api/auth/oidc/acme/login/callback/',
  state: 'q5Ns0YVvJ3mXcN1rT8bZyg',
  nonce: 'pW0m8hJ4vR2kQ6tX1cB9zLs7dF3gY5aN0eUiO8jKlMw',
  codeVerifier: 'hV3nT9xK2mQ7bL5wR1cZ8dJ4fG6sY0pAeUiO2tNvXyM',
}

/** How the key of each algorithm is made, and whom its signatures are verified with. */
export const keyAlgorithms = {
  RS256: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
  },
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  EdDSA: { name: 'Ed25519' },
} as const satisfies Record<Algorithm, object>

/** Makes new keys, and a login that comes back for each algorithm. */
export async function createInputs(): Promise<readonly Input[]> {
  return Promise.all(ALGORITHMS.map(createInput))
}

async function createInput(algorithm: Algorithm): Promise<Input> {
  const [keys, next] = await Promise.all([createKeys(algorithm), createKeys(algorithm)])
  const signed = await sign(algorithm, keys.privateKey)
  const callback = callbackOf(signed.idToken, signed.accessToken)
  return {
    algorithm,
    provider: {
      metadata: {
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/protocol/openid-connect/auth`,
        token_endpoint: `${ISSUER}/protocol/openid-connect/token`,
        jwks_uri: `${ISSUER}/protocol/openid-connect/certs`,
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
        id_token_signing_alg_values_supported: [algorithm],
        authorization_response_iss_parameter_supported: true,
      },
      // As providers have it: the next key is published before it signs.
      keySet: {
        keys: [
          await publish(next.publicKey, algorithm, 'next'),
          await publish(keys.publicKey, algorithm, 'now'),
        ],
      },
    },
    login: LOGIN,
    callback,
    altered: alterationsOf(callback, signed.accessToken),
    person: PERSON,
    key: keys.publicKey,
  }
}

async function createKeys(algorithm: Algorithm): Promise<CryptoKeyPair> {
  const made = await crypto.subtle.generateKey(keyAlgorithms[algorithm], true, ['sign', 'verify'])
  return made as CryptoKeyPair
}

async function publish(key: CryptoKey, alg: Algorithm, kid: string): Promise<JWK> {
  return { ...(await exportJWK(key)), kid, alg, use: 'sig' }
}

async function sign(
  algorithm: Algorithm,
  key: CryptoKey,
): Promise<{ readonly idToken: string; readonly accessToken: string }> {
  const now = Math.floor(Date.now() / 1000)
  // As long as those of providers that put claims in them.
  const accessToken = encode(crypto.getRandomValues(new Uint8Array(600)))
  const hash = algorithm === 'EdDSA' ? 'SHA-512' : 'SHA-256'
  const digest = new Uint8Array(await crypto.subtle.digest(hash, new TextEncoder().encode(accessToken)))
  const claims = {
    exp: now + 24 * 60 * 60,
    iat: now,
    auth_time: now - 5,
    jti: '5a0f4f0e-9f4f-4f0e-8f0e-5a0f4f0e9f4f',
    iss: ISSUER,
    aud: LOGIN.clientId,
    typ: 'ID',
    azp: LOGIN.clientId,
    nonce: LOGIN.nonce,
    sid: 'c1f4a7e0-2b3d-4c5e-8f60-718293a4b5c6',
    at_hash: encode(digest.subarray(0, digest.length / 2)),
    acr: '1',
    ...PERSON,
  }
  const header = { alg: algorithm, typ: 'JWT', kid: 'now' }
  return { idToken: await new SignJWT(claims).setProtectedHeader(header).sign(key), accessToken }
}

function callbackOf(
  idToken: string,
  accessToken: string,
  changed: Readonly<Record<string, string>> = {},
): Callback {
  const url = new URL(LOGIN.redirectUri)
  const parameters = {
    state: LOGIN.state,
    session_state: '9d1c5a70-0b1f-4a53-a1f4-6e1b9f5b6c1d',
    iss: ISSUER,
    code: '6f0d7d64-1b36-4ba8-9a53-3a1c0f6f7d0f.c1f4a7e0-2b3d-4c5e-8f60-718293a4b5c6.0f6f1b36-3a1c-4ba8-9a53',
    ...changed,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  const tokenResponse = JSON.stringify({
    access_token: accessToken,
    expires_in: 300,
    token_type: 'Bearer',
    id_token: idToken,
    'not-before-policy': 0,
    scope: 'openid email profile',
  })
  return { url, tokenResponse, idToken }
}

/** One character changed: in the state, the issuer, each part of the ID Token, and the access token. */
function alterationsOf({ idToken }: Callback, accessToken: string): readonly Alteration[] {
  const parameter = (name: string, value: string) => ({
    ...callbackOf(idToken, accessToken, { [name]: value }),
    what: name,
    where: 'address' as const,
  })
  const parts = idToken.split('.')
  const token = ['header', 'claims', 'signature'].map((what, index) => ({
    ...callbackOf(parts.map((part, at) => (at === index ? alter(part) : part)).join('.'), accessToken),
    what,
    where: 'token' as const,
  }))
  return [
    parameter('state', alter(LOGIN.state)),
    parameter('iss', `${ISSUER}/`),
    ...token,
    { ...callbackOf(idToken, alter(accessToken)), what: 'access token', where: 'at_hash' },
  ]
}

function alter(text: string): string {
  const at = Math.floor(text.length / 2)
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
}

function encode(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
