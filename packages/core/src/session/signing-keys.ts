import { SignJWT } from 'jose'
import type { Secret } from '../encoding/secret.ts'
import { importSigningKey, type PublicSigningKey, parseSigningKeySet } from './signing-key-set.ts'

/**
 * How long a token of ours may live, in milliseconds. A key stays published for one rotation after it signed, and
 * rotations are a day apart: no token outlives its key, by far.
 */
const MAX_TOKEN_LIFETIME = 60 * 60 * 1000

/** A token to be signed. What it is for and whom it is for is always said, so it never passes for another. */
export interface UnsignedToken {
  /** The kind of token, such as `logout+jwt` ([RFC 8725, section 3.11](https://www.rfc-editor.org/rfc/rfc8725#section-3.11)). */
  readonly typ: string
  /** Becomes `iss`: who signs. */
  readonly issuer: string
  /** Becomes `aud`: the only one who may accept it. */
  readonly audience: string
  /** Whatever else it says. What has an argument of its own is not among it. */
  readonly claims: Readonly<Record<string, unknown>> & {
    readonly [name in 'iss' | 'aud' | 'iat' | 'exp']?: never
  }
  /** Becomes `iat`; milliseconds since the epoch. */
  readonly issuedAt: number
  /** Becomes `exp`; milliseconds since the epoch, at most an hour after `issuedAt`. */
  readonly expiresAt: number
}

/** What others verify our tokens with: a JSON Web Key Set ([RFC 7517, section 5](https://www.rfc-editor.org/rfc/rfc7517#section-5)). */
export interface PublishedKeySet {
  readonly keys: readonly PublicSigningKey[]
}

/** The keys with which this installation signs what others verify. */
export interface SigningKeys {
  /** The public part of every key, also of those that do not sign yet or no more. */
  readonly published: PublishedKeySet
  /**
   * Signs a token with the current key, as a JSON Web Token ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519)) with
   * `alg` ES256.
   *
   * @returns the token in its compact form
   * @throws RangeError when the token would expire before it is issued, or live for more than an hour
   * @throws SsoError `installation_invalid` when the current key is not sound, which does not show before it is used
   */
  sign(token: UnsignedToken): Promise<string>
}

/**
 * Takes the signing keys into use. Does no cryptography, which a Worker may not do before its first request.
 *
 * @param secret what `generateSigningKeys` or `rotateSigningKeys` made
 * @throws SsoError `installation_invalid` when it is anything else; the message says what to do
 */
export function parseSigningKeys(secret: Secret): SigningKeys {
  const keys = parseSigningKeySet(secret)
  const [current] = keys
  const { alg, kid } = current.publicKey
  // The key itself, not the promise of one: a Worker's request may not wait for what another request has begun.
  let privateKey: CryptoKey | undefined

  return {
    published: { keys: keys.map(({ publicKey }) => publicKey) },

    async sign({ typ, issuer, audience, claims, issuedAt, expiresAt }) {
      const lifetime = expiresAt - issuedAt
      // Asked this way round, it refuses NaN too.
      if (!(lifetime > 0 && lifetime <= MAX_TOKEN_LIFETIME)) {
        throw new RangeError('a token must expire after it is issued, and within an hour')
      }
      privateKey ??= await importSigningKey(current, 'current')
      // The claims first: what has an argument of its own replaces them.
      return new SignJWT({ ...claims })
        .setProtectedHeader({ alg, kid, typ })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(Math.floor(issuedAt / 1000))
        .setExpirationTime(Math.floor(expiresAt / 1000))
        .sign(privateKey)
    },
  }
}
