import { acceptedKeyOf } from '../encoding/accepted-key.ts'
import type { Bytes } from '../encoding/bytes.ts'
import type { SignatureMethod } from './algorithms.ts'

/**
 * A key that an identity provider signs with, as it was configured or published in its metadata. A key that comes with a
 * message is never made one of these: this is the only way in.
 */
export interface VerificationKey {
  /** Whether `method` is for this kind of key. */
  fits(method: SignatureMethod): boolean
  /** @returns whether `signature` over `data` was made with this key. Never throws for what is signed. */
  verify(method: SignatureMethod, signature: Bytes, data: Bytes): Promise<boolean>
}

/**
 * Makes a key of a certificate, whose dates and issuer are not looked at: the administrator chose it.
 *
 * @param certificate DER as base64
 * @returns undefined for a kind of key that is not accepted, or an RSA key that is too short
 */
export function createVerificationKey(certificate: string): VerificationKey | undefined {
  const accepted = acceptedKeyOf(certificate)
  if (!accepted) return undefined
  const { key, spki } = accepted
  // A Worker does no cryptography before its first request, so keys are imported when they are first used.
  const imported = new Map<string, CryptoKey>()

  const idOf = ({ name, hash }: SignatureMethod): string => `${name} ${hash}`

  async function importFor(method: SignatureMethod): Promise<CryptoKey | undefined> {
    // What an algorithm has no use for, WebCrypto does not look at.
    const algorithm = { ...method, namedCurve: key.type === 'EC' ? key.curve : '' }
    try {
      const cryptoKey = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify'])
      imported.set(idOf(method), cryptoKey)
      return cryptoKey
    } catch {
      // Such as a point that is not on its curve: nobody has signed with that, and there may be other keys.
      return undefined
    }
  }

  return {
    fits: (method) => method.keyType === key.type,
    async verify(method, signature, data) {
      // Not awaited when it is there: then the verification begins before the caller goes on.
      const cryptoKey = imported.get(idOf(method)) ?? (await importFor(method))
      return cryptoKey !== undefined && crypto.subtle.verify(method, cryptoKey, signature, data)
    },
  }
}
