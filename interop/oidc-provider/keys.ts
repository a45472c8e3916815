import { generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto'

/**
 * Makes private keys of all kinds that the provider signs ID Tokens with. The RSA key does not say for which algorithm it
 * is: it serves for RS256 and for PS256.
 */
export function makeSigningKeys(): JsonWebKey[] {
  const keys: KeyObject[] = [
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    generateKeyPairSync('ed25519').privateKey,
  ]
  return keys.map((key) => ({ ...key.export({ format: 'jwk' }), use: 'sig' }))
}
