import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'

/** The key with which Doorward proves who it is, in place of a secret. */
export interface ClientKey {
  /** As `client_private_key` takes it: PEM. */
  readonly privateKey: string
  /** What the provider is told. */
  readonly publicKey: JsonWebKey
}

/** One for all connections that have no secret, as `openssl genpkey` makes it for docs/oidc.md. */
export function makeClientKey(): ClientKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: { ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'doorward' },
  }
}
