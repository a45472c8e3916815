import { decodeBase64 } from '../encoding/base64.ts'
import type { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'

/** A private key of ours, and what is written into what it signs. */
export interface ClientKey {
  readonly key: CryptoKey
  readonly alg: string
  /** As a JWK names itself. */
  readonly kid: string | undefined
}

/** What an RSA key signs with: either of the two. */
export type RsaAlgorithm = 'RS256' | 'PS256'

/** Shorter RSA keys can be guessed by now, in bits. */
const MIN_RSA_BITS = 2048

/**
 * Imports the key with which we prove who we are: RSA, a curve of NIST's, or Ed25519; as PEM
 * ([PKCS#8](https://www.rfc-editor.org/rfc/rfc5958)) or as a [JWK](https://www.rfc-editor.org/rfc/rfc7517).
 *
 * @param rsaAlgorithm what an RSA key is to sign with, if the JWK itself does not say
 * @throws SsoError `installation_invalid`, which says nothing of what was read
 */
export async function importClientKey(secret: Secret, rsaAlgorithm: RsaAlgorithm): Promise<ClientKey> {
  const text = secret.reveal().trim()
  const imported = text.startsWith('{')
    ? await importJwk(text, rsaAlgorithm)
    : await importPem(text, rsaAlgorithm)
  // Keys of other kinds have none.
  const { modulusLength = MIN_RSA_BITS } = (imported?.key.algorithm ?? {}) as {
    readonly modulusLength?: number
  }
  if (!imported || modulusLength < MIN_RSA_BITS) {
    throw new SsoError('installation_invalid', 'the private key of the client is none that can sign')
  }
  return imported
}

/** In our words: the hosts have no common name for these. */
type Algorithm =
  | { readonly name: string; readonly hash: string }
  | { readonly name: string; readonly namedCurve: string }
  | { readonly name: string }

/** By the name that a JWT has for each. */
const algorithms: Readonly<Record<string, Algorithm>> = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
  ES512: { name: 'ECDSA', namedCurve: 'P-521' },
  EdDSA: { name: 'Ed25519' },
}

/** What a key on a curve signs with, by the name that a JWK has for the curve. */
const algorithmOfCurve: ReadonlyMap<string, string> = new Map([
  ['P-256', 'ES256'],
  ['P-384', 'ES384'],
  ['P-521', 'ES512'],
  ['Ed25519', 'EdDSA'],
])

/** What kind of key it is, its envelope says: the others refuse it. */
async function importPem(text: string, rsaAlgorithm: RsaAlgorithm): Promise<ClientKey | undefined> {
  // In an environment variable the line ends are often written out.
  const [, body] =
    /-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----/.exec(text.replaceAll('\\n', '\n')) ?? []
  const pkcs8 = body === undefined ? undefined : decodeBase64(body)
  if (!pkcs8) return undefined
  for (const alg of [rsaAlgorithm, 'ES256', 'ES384', 'ES512', 'EdDSA']) {
    const algorithm = algorithms[alg]
    const key =
      algorithm &&
      (await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']).catch(() => undefined))
    if (key) return { key, alg, kid: undefined }
  }
  return undefined
}

async function importJwk(text: string, rsaAlgorithm: RsaAlgorithm): Promise<ClientKey | undefined> {
  const jwk = readJwk(text)
  const kid = jwk?.['kid']
  const named = jwk?.['alg'] === 'RS256' || jwk?.['alg'] === 'PS256' ? jwk['alg'] : rsaAlgorithm
  const alg = jwk?.kty === 'RSA' ? named : algorithmOfCurve.get(jwk?.crv ?? '')
  const algorithm = alg && algorithms[alg]
  if (!jwk || !algorithm) return undefined
  // What the key may be used for is said by whoever configured it here, and not always in the words that fit.
  const { use, key_ops, ext, alg: _, ...bare } = jwk
  const key = await crypto.subtle.importKey('jwk', bare, algorithm, false, ['sign']).catch(() => undefined)
  return key && { key, alg, kid: typeof kid === 'string' ? kid : undefined }
}

function readJwk(text: string): (JsonWebKey & Readonly<Record<string, unknown>>) | undefined {
  try {
    return JSON.parse(text) as JsonWebKey & Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
}
