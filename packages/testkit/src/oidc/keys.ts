import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose'
import { randomToken } from './encoding.ts'
import type { SigningAlgorithm } from './types.ts'

/** A key pair with the name under which its public half is published. */
export interface SigningKey {
  readonly kid: string
  readonly alg: SigningAlgorithm
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  /** As it appears in the key set. RFC 7517 section 4. */
  readonly publicJwk: JWK
}

/** Makes a fresh key pair. `kid` is for forgers who publish a key under a name that is not theirs. */
async function generateSigningKey(alg: SigningAlgorithm, kid: string = randomToken(8)): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return {
    kid,
    alg,
    privateKey,
    publicKey,
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
  }
}

/** The provider's keys over time. */
export interface KeyRing {
  readonly current: SigningKey
  /** The key of somebody who is not the provider, made when first wanted: RSA key generation is slow. */
  stranger(): Promise<SigningKey>
  rotate(): Promise<void>
}

export async function createKeyRing(alg: SigningAlgorithm): Promise<KeyRing> {
  let current = await generateSigningKey(alg)
  let stranger: Promise<SigningKey> | undefined
  return {
    get current() {
      return current
    },
    stranger() {
      stranger ??= generateSigningKey(alg)
      return stranger
    },
    async rotate() {
      current = await generateSigningKey(alg)
    },
  }
}
